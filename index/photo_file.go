package index

import (
	"encoding/binary"
	"slices"
)

// photoFile finds near-equal pictures by their long hash: the third file of a segment, written once. What came in since
// stands in photoDelta. It holds the hashes of whole pictures, then those of their parts; files written before there were
// parts end after the first.
type photoFile struct {
	from          *sealed
	whole, partly photoList
}

// photoList is hashes that are looked for together. Memory: 136 bytes a picture and 3 MB, of which a mapped file keeps in memory
// what is used.
//
//	hashes, sorted · start of each one's subjects · subjects; when they are more than photoFlat: by slot · bucket starts · other halves · numbers
type photoList struct {
	from   *sealed
	at     uint64 // where it begins
	n      uint64 // different hashes
	posted uint64 // pairs of hash and subject
	parts  bool   // of parts of pictures
}

const (
	metaHashes = iota + 2 // behind metaFrom and metaTo
	metaPosted
	metaParts
	metaPartsPosted

	photoFlat    = 1 << 12 // hashes up to which each is compared
	photosAtMost = 1 << 31
)

func openPhotos(path string) (*photoFile, error) {
	s, err := openSealed(path, holdsPhotos)
	if err != nil {
		return nil, err
	}
	f := &photoFile{from: s, whole: photoList{from: s, n: s.Meta[metaHashes], posted: s.Meta[metaPosted]}}
	f.partly = photoList{from: s, n: s.Meta[metaParts], posted: s.Meta[metaPartsPosted], parts: true}
	sound := func(a *photoList) bool { return a.n <= a.posted && a.posted <= photosAtMost }
	if sound(&f.whole) {
		f.partly.at = f.whole.end()
	}
	if !sound(&f.whole) || !sound(&f.partly) || s.size != f.partly.end() && (s.size != f.partly.at || f.partly.n > 0) {
		s.Close()
		return nil, damaged(path, "its counts do not fit its length")
	}
	return f, nil
}

func (f *photoList) subjectsAt() uint64 { return f.at + f.n*32 + (f.n+1)*4 }

// slotAt is where the bucket starts of a slot stand.
func (f *photoList) slotAt(slot int) uint64 {
	at := f.subjectsAt() + 4*f.posted
	for s := range slot {
		at += uint64(codesOf(s)+1)*4 + f.n*(2+4)
	}
	return at
}

func (f *photoList) end() uint64 {
	if f.n <= photoFlat {
		return f.subjectsAt() + 4*f.posted
	}
	return f.slotAt(photoSlots)
}

// probe is one bucket to go through.
type probe struct {
	lo, hi uint64
	slot   int
	left   int // bits by which the other halves may differ
}

// near appends the numbers of the hashes that are near, ascending. Where either is of a part, those that meet it. spent counts the entries looked at; beyond photoScans
// nothing is. It goes step by step through all buckets, as warm says why.
func (f *photoList) near(h *longHash, part bool, to []uint32, spent *int, w *warm) ([]uint32, error) {
	part = part || f.parts
	if f.n <= photoFlat {
		return f.nearFlat(h, part, to)
	}
	probes, err := f.probes(h, part)
	if err != nil {
		return to, err
	}
	for i := range probes {
		*spent += int(probes[i].hi - probes[i].lo)
	}
	if *spent > photoScans {
		return to, nil
	}
	left, err := f.ruleOut(h, probes, w)
	if err != nil {
		return to, err
	}
	from := len(to)
	for _, at := range left {
		b, err := f.from.view(at, 4)
		if err != nil {
			return to, err
		}
		to = append(to, binary.LittleEndian.Uint32(b))
	}
	slices.Sort(to[from:])
	n := from
	for _, id := range slices.Compact(to[from:]) {
		o, err := f.hash(id)
		if err != nil {
			return to, err
		}
		if o.apart(h) <= photoNear {
			to[n] = id
			n++
		}
	}
	return to[:n], nil
}

// probes finds the buckets of a hash in every slot, exact and, for whole pictures, with one bit changed.
func (f *photoList) probes(h *longHash, part bool) ([]probe, error) {
	changes := 16
	if part {
		changes = 0
	}
	out := make([]probe, 0, photoSlots*(1+changes))
	mine := h.halves()
	at := f.slotAt(0)
	for s := range photoSlots {
		codes := uint64(codesOf(s))
		starts, err := f.from.view(at, (codes+1)*4)
		if err != nil {
			return nil, err
		}
		for e := -1; e < changes; e++ {
			half, left := mine[s], pairRadius
			if e >= 0 {
				half, left = half^1<<e, pairRadius-1
			}
			code := int(codeOf(s, half))
			p := probe{lo: uint64(binary.LittleEndian.Uint32(starts[4*code:])), hi: uint64(binary.LittleEndian.Uint32(starts[4*code+4:])), slot: s, left: left}
			if p.lo > p.hi || p.hi > f.n {
				return nil, damaged(f.from.path, "a bucket lies outside")
			}
			out = append(out, p)
		}
		at += (codes+1)*4 + f.n*(2+4)
	}
	return out, nil
}

// ruleOut goes through the other halves in each bucket and gives where the numbers stand that are left.
func (f *photoList) ruleOut(h *longHash, probes []probe, w *warm) (left []uint64, err error) {
	var halves [photoSlots]uint64 // where they begin
	at := f.slotAt(0)
	for s := range halves {
		halves[s] = at + uint64(codesOf(s)+1)*4
		at = halves[s] + f.n*(2+4)
	}
	parts := make([][]byte, len(probes))
	for i, p := range probes {
		if parts[i], err = f.from.view(halves[p.slot]+2*p.lo, 2*(p.hi-p.lo)); err != nil {
			return nil, err
		}
		w.touch(parts[i], 128)
	}
	mine := h.halves()
	left = make([]uint64, 0, 512)
	for i, p := range probes {
		other, part := mine[otherHalf(p.slot)], parts[i]
		numbers := halves[p.slot] + 2*f.n + 4*p.lo
		for k := 0; k+1 < len(part); k += 2 {
			if !tooFar(p.slot, binary.LittleEndian.Uint16(part[k:]), other, p.left) {
				left = append(left, numbers+2*uint64(k))
			}
		}
	}
	return left, nil
}

func (f *photoList) nearFlat(h *longHash, part bool, to []uint32) ([]uint32, error) {
	for id := range uint32(f.n) {
		o, err := f.hash(id)
		if err != nil {
			return to, err
		}
		if o.near(h, part) {
			to = append(to, id)
		}
	}
	return to, nil
}

func (f *photoList) hash(id uint32) (h longHash, err error) {
	if uint64(id) >= f.n {
		return h, damaged(f.from.path, "a number lies outside")
	}
	b, err := f.from.view(f.at+uint64(id)*32, 32)
	if err != nil {
		return h, err
	}
	for w := range h {
		h[w] = binary.LittleEndian.Uint64(b[8*w:])
	}
	return h, nil
}

// subjects is who has a hash: words of 32 bits, ascending.
func (f *photoList) subjects(id uint32) ([]byte, error) {
	b, err := f.from.view(f.at+f.n*32+4*uint64(id), 8)
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
func (f *photoList) each(take func(photoRow)) error {
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
