// Package fingerprint says whether a file is one of ours: by its SHA-256, and for
// text by how much of it stands in a file of ours. An index of fingerprints is
// made by whoever holds the files, before anything happens; it holds paths,
// digests and hashes of passages, never content.
//
// It opens no file and knows no person. Likeness is estimated by fractional
// sketching (Irber and others, 2022): of the hashes of all runs of five words
// those below a bound are kept, so that containment can be told between files
// of very different size.
//
// To read another kind of text, extend words.
package fingerprint

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"math"
	"slices"
)

// Bounds of one fingerprint.
const (
	run        = 5         // words of one passage
	most       = 128       // hashes kept of one file
	LeastWords = 40        // below, a text is too short to be told apart by its words
	Largest    = 256 << 20 // bytes of a file of which text is read; larger ones go by SHA-256
	longWord   = 64
)

// Print is the fingerprint of one file.
type Print struct {
	SHA256 string
	Size   int64
	Words  int      // of text; 0 for what is no text
	Scale  uint8    // hashes below 2^(64-Scale) were kept
	Hashes []uint64 // ascending, each once
}

// Of reads a file to its end.
func Of(r io.Reader) (Print, error) {
	in := &counted{r: r, sum: sha256.New()}
	b := bufio.NewReaderSize(in, 1<<16)
	head, err := b.Peek(8 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return Print{}, err
	}
	s := sketch{}
	if bytes.IndexByte(head, 0) < 0 {
		s.read(io.LimitReader(b, Largest))
	}
	if _, err := io.Copy(io.Discard, b); err != nil {
		return Print{}, err
	}
	if s.err != nil {
		return Print{}, s.err
	}
	p := Print{SHA256: hex.EncodeToString(in.sum.Sum(nil)), Size: in.n}
	if in.n <= Largest && s.words >= LeastWords {
		p.Words, p.Scale, p.Hashes = s.words, s.scale, s.kept()
	}
	return p, nil
}

type counted struct {
	r   io.Reader
	n   int64
	sum hash.Hash
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	c.sum.Write(b[:n])
	return n, err
}

// sketch keeps the hashes below a bound, and halves the bound when they are
// too many.
type sketch struct {
	words int
	scale uint8
	set   map[uint64]bool
	err   error
}

func (s *sketch) read(r io.Reader) {
	s.set = map[uint64]bool{}
	var ring [run]uint64
	var word []byte
	end := func() {
		if len(word) == 0 {
			return
		}
		ring[s.words%run] = fnv(word)
		s.words++
		word = word[:0]
		if s.words >= run {
			var b [8 * run]byte
			for i := range run {
				binary.LittleEndian.PutUint64(b[8*i:], ring[(s.words+i)%run])
			}
			s.add(mix(fnv(b[:])))
		}
	}
	b := bufio.NewReaderSize(r, 1<<16)
	for {
		c, err := b.ReadByte()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			end()
			return
		}
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
			fallthrough
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '_', c >= 0x80:
			if len(word) < longWord {
				word = append(word, c)
			}
		default:
			end()
		}
	}
}

func (s *sketch) add(h uint64) {
	if h > bound(s.scale) {
		return
	}
	s.set[h] = true
	for len(s.set) > most {
		s.scale++
		for x := range s.set {
			if x > bound(s.scale) {
				delete(s.set, x)
			}
		}
	}
}

func (s *sketch) kept() []uint64 {
	all := make([]uint64, 0, len(s.set))
	for h := range s.set {
		all = append(all, h)
	}
	slices.Sort(all)
	return all
}

func bound(scale uint8) uint64 { return math.MaxUint64 >> min(scale, 63) }

func fnv(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// mix spreads a hash over all bits (the finisher of SplitMix64), because the
// bound looks at the upper ones.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Likeness of a sample to one file of ours.
type Likeness struct {
	Path  string
	Same  bool    // the same bytes
	Share float64 // of the sample's passages, how many stand in the file; an estimate
}

// leastShared hashes must agree: fewer may be chance.
const leastShared = 4

// Share is how much of a stands in b, 0 to 1; ok is false where too little is
// kept of either to say.
func Share(a, b *Print) (share float64, ok bool) {
	limit := bound(max(a.Scale, b.Scale))
	all, shared := 0, 0
	for _, h := range a.Hashes {
		if h > limit {
			break
		}
		all++
		if _, in := slices.BinarySearch(b.Hashes, h); in {
			shared++
		}
	}
	if all == 0 || shared < leastShared {
		return 0, all > 0
	}
	return float64(shared) / float64(all), true
}

// LeastShare is from where on a likeness is told.
const LeastShare = 0.25

// Find says which files of an index a sample is, or is like: the same bytes
// first, then the likest, at most n. Nothing is like what is empty.
func (x *Index) Find(p *Print, n int) (all []Likeness) {
	if p.Size == 0 {
		return nil
	}
	for i := range x.Files {
		f := &x.Files[i]
		if f.SHA256 == p.SHA256 {
			all = append(all, Likeness{f.Path, true, 1})
			continue
		}
		if share, ok := Share(p, &f.Print); ok && share >= LeastShare {
			all = append(all, Likeness{f.Path, false, share})
		}
	}
	slices.SortFunc(all, func(a, b Likeness) int {
		if a.Same != b.Same {
			if a.Same {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Path, b.Path))
	})
	return all[:min(len(all), n)]
}
