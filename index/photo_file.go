package index

import (
	"encoding/binary"
	"slices"
)

// photoFile finds near-equal pictures by their long hash: the third file of a segment, written once. What came in since
// stands in photoDelta. Memory: 136 bytes a picture and 3 MB, of which a mapped file keeps in memory what is used.
//
//	hashes, sorted · start of each one's subjects · subjects; when they are more than photoFlat: by slot · bucket starts · other halves · numbers
type photoFile struct {
	from   *sealed
	n      uint64 // different hashes
	posted uint64 // pairs of hash and subject
}

const (
	metaHashes = iota + 2 // behind metaFrom and metaTo
	metaPosted

	photoFlat    = 1 << 12 // hashes up to which each is compared
	photosAtMost = 1 << 31
)

func openPhotos(path string) (*photoFile, error) {
	s, err := openSealed(path, holdsPhotos)
	if err != nil {
		return nil, err
	}
	f := &photoFile{from: s, n: s.Meta[metaHashes], posted: s.Meta[metaPosted]}
	if f.n > f.posted || f.posted > photosAtMost || f.end() != s.size {
		s.Close()
		return nil, damaged(path, "its counts do not fit its length")
	}
	return f, nil
}

func (f *photoFile) subjectsAt() uint64 { return f.n*32 + (f.n+1)*4 }

// slotAt is where the bucket starts of a slot stand.
func (f *photoFile) slotAt(slot int) uint64 {
	at := f.subjectsAt() + 4*f.posted
	for s := range slot {
		at += uint64(codesOf(s)+1)*4 + f.n*(2+4)
	}
	return at
}

func (f *photoFile) end() uint64 {
	if f.n <= photoFlat {
		return f.subjectsAt() + 4*f.posted
	}
	return f.slotAt(photoSlots)
}

// near appends the numbers of the hashes that are near, ascending. spent counts the entries looked at; beyond photoScans
// the search ends.
func (f *photoFile) near(h *longHash, to []uint32, spent *int) ([]uint32, error) {
	if f.n <= photoFlat {
		return f.nearFlat(h, to)
	}
	from, mine := len(to), h.halves()
	at := f.slotAt(0)
	for s := range photoSlots {
		codes := uint64(codesOf(s))
		starts, err := f.from.view(at, (codes+1)*4)
		if err != nil {
			return to, err
		}
		halves := at + (codes+1)*4
		numbers := halves + 2*f.n
		at = numbers + 4*f.n
		for e := -1; e < 16; e++ {
			half, left := mine[s], pairRadius
			if e >= 0 {
				half, left = half^1<<e, pairRadius-1
			}
			code := codeOf(s, half)
			lo := uint64(binary.LittleEndian.Uint32(starts[4*int(code):]))
			hi := uint64(binary.LittleEndian.Uint32(starts[4*int(code)+4:]))
			if lo > hi || hi > f.n {
				return to, damaged(f.from.path, "a bucket lies outside")
			}
			if *spent += int(hi - lo); *spent > photoScans {
				return to, nil
			}
			if to, err = f.bucket(h, mine[otherHalf(s)], left, halves, numbers, lo, hi, to); err != nil {
				return to, err
			}
			if len(to)-from > photoScans {
				slices.Sort(to[from:])
				to = append(to[:from], slices.Compact(to[from:])...)
			}
		}
	}
	slices.Sort(to[from:])
	return append(to[:from], slices.Compact(to[from:])...), nil
}

// bucket goes through one bucket of a slot.
func (f *photoFile) bucket(h *longHash, other uint16, left int, halves, numbers, lo, hi uint64, to []uint32) ([]uint32, error) {
	half, err := f.from.view(halves+2*lo, 2*(hi-lo))
	if err != nil {
		return to, err
	}
	for i := 0; i+1 < len(half); i += 2 {
		if tooFar(binary.LittleEndian.Uint16(half[i:]), other, left) {
			continue
		}
		b, err := f.from.view(numbers+4*(lo+uint64(i/2)), 4)
		if err != nil {
			return to, err
		}
		id := binary.LittleEndian.Uint32(b)
		o, err := f.hash(id)
		if err != nil {
			return to, err
		}
		if o.apart(h) <= photoNear {
			to = append(to, id)
		}
	}
	return to, nil
}

func (f *photoFile) nearFlat(h *longHash, to []uint32) ([]uint32, error) {
	for id := range uint32(f.n) {
		o, err := f.hash(id)
		if err != nil {
			return to, err
		}
		if o.apart(h) <= photoNear {
			to = append(to, id)
		}
	}
	return to, nil
}

func (f *photoFile) hash(id uint32) (h longHash, err error) {
	if uint64(id) >= f.n {
		return h, damaged(f.from.path, "a number lies outside")
	}
	b, err := f.from.view(uint64(id)*32, 32)
	if err != nil {
		return h, err
	}
	for w := range h {
		h[w] = binary.LittleEndian.Uint64(b[8*w:])
	}
	return h, nil
}

// subjects is who has a hash: words of 32 bits, ascending.
func (f *photoFile) subjects(id uint32) ([]byte, error) {
	b, err := f.from.view(f.n*32+4*uint64(id), 8)
	if err != nil {
		return nil, err
	}
	lo, hi := uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[4:]))
	if lo > hi || hi > f.posted {
		return nil, damaged(f.from.path, "a list of subjects lies outside")
	}
	return f.from.view(f.subjectsAt()+4*lo, 4*(hi-lo))
}

// each gives every picture and who has it.
func (f *photoFile) each(take func(photoRow)) error {
	for id := range uint32(f.n) {
		h, err := f.hash(id)
		if err != nil {
			return err
		}
		subjects, err := f.subjects(id)
		if err != nil {
			return err
		}
		for ; len(subjects) >= 4; subjects = subjects[4:] {
			take(photoRow{h, binary.LittleEndian.Uint32(subjects)})
		}
	}
	return nil
}
