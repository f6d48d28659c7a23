package intake

import (
	"bytes"
	"io"

	"bonafide/match/fingerprint"
	"bonafide/record"
)

// Ours is the fingerprints of our own files: what was found in the open is held
// against them. It holds paths and hashes, no content.
type Ours struct{ index *fingerprint.Index }

// OpenOurs reads an index that bonafide fingerprint wrote.
func OpenOurs(r io.Reader) (*Ours, error) {
	x, err := fingerprint.ReadIndex(r)
	if err != nil {
		return nil, record.Invalid("fingerprints", err.Error())
	}
	return &Ours{x}, nil
}

// Files is how many files it knows.
func (o *Ours) Files() int { return len(o.index.Files) }

// Match says what a publication is of ours: by its bytes when they are given, else
// by the SHA-256 of the copy that somebody kept. The bytes are not kept.
func (o *Ours) Match(p *record.Publication, found []byte) error {
	print := fingerprint.Print{SHA256: p.SHA256, Size: 1}
	if len(found) > 0 {
		var err error
		if print, err = fingerprint.Of(bytes.NewReader(found)); err != nil {
			return record.Invalid("text", "cannot be read")
		}
		p.SHA256 = print.SHA256
	}
	p.Match, p.Share, p.Path = "none", 0, ""
	for _, l := range o.index.Find(&print, 1) {
		p.Match, p.Path, p.Share = "like", l.Path, int(100*l.Share+0.5)
		if l.Same {
			p.Match = "same"
		}
	}
	return nil
}
