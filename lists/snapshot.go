package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"time"

	"bonafide/record"
)

// Snapshot is one list as it was read: which, of which day, with which hash.
type Snapshot struct {
	List   *List
	Name   string      // in evidence
	File   string      // in its folder; a list of several files names the first
	AsOf   record.Date // "" when nobody knows
	From   string      // where AsOf comes from: manifest, list, file name, folder name, file time, "" when unknown
	SHA256 string      // hex, of the bytes; of several files, of their hashes in order
	Size   int64
	Rows   int
	Bad    int  // rows that were not understood
	Stale  bool // on the day of the run

	content *content
}

// Use is the snapshot as evidence names it.
func (s *Snapshot) Use() record.ListUse {
	return record.ListUse{List: s.Name, AsOf: s.AsOf, Stale: s.Stale}
}

// Parse reads one file of a known list. modified is the file's time, zero when
// unknown; day the day of the run. A page of HTML, a compressed file or one of
// which most rows are something else is an error.
func Parse(l *List, file string, b []byte, modified, day time.Time) (*Snapshot, error) {
	if l.parse == nil || l.Kind != KindGeo {
		if err := notAList(file, b); err != nil {
			return nil, err
		}
	}
	if l.parse == nil {
		return nil, record.Invalid(file, "neither addresses nor domains")
	}
	c, err := l.parse(file, b)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{List: l, Name: l.ID, File: file, SHA256: hashOf(b), Size: int64(len(b)), Rows: c.rows, Bad: c.bad, content: c}
	s.date(c.asOf, "list")
	if isText(b) {
		s.date(dayInside(b), "list")
	}
	s.date(dayIn(stemOf(file)), "file name")
	s.date(dayIn(path.Base(path.Dir(file))), "folder name")
	if !modified.IsZero() && modified.Year() >= 2000 {
		s.date(record.DateOf(modified), "file time")
	}
	s.Stale = Stale(l.Cadence, s.AsOf, day)
	return s, nil
}

// date sets the day once: the first source that knows it wins.
func (s *Snapshot) date(d record.Date, from string) {
	if s.AsOf == "" && d != "" {
		s.AsOf, s.From = d, from
	}
}

// hashOf is the SHA-256 of bytes in hex.
func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
