package photo

import "math/bits"

// Set answers which of many hashes lie near one, in memory, for callers that hold all of them anyway; index keeps the same
// structure on disk. It finds everything up to Near (31 bits): a hash is eight pairs of slots of 16 bits, and of two
// hashes that near one pair differs in at most 3 bits, one half of it in at most 1 (multi-index hashing, Norouzi, Punjani,
// Fleet 2012, nested once). 96 bytes a hash and 4 MB besides the hashes; it may be asked by many at once.
type Set struct {
	hashes []PDQ
	slots  []slotTable // none: so few hashes are compared one by one
}

type slotTable struct {
	starts []uint32 // where each code's entries begin
	halves []uint16 // the other half of the pair
	ids    []uint32
}

const (
	slots  = 16
	linear = 4096 // up to so many hashes
)

// NewSet keeps the slice; it must not change afterwards.
func NewSet(hashes []PDQ) *Set {
	s := &Set{hashes: hashes}
	if len(hashes) <= linear {
		return s
	}
	s.slots = make([]slotTable, slots)
	next := make([]uint32, 1<<16)
	for k := range s.slots {
		t := slotTable{make([]uint32, 1<<16+1), make([]uint16, len(hashes)), make([]uint32, len(hashes))}
		for i := range hashes {
			t.starts[int(hashes[i].slot(k))+1]++
		}
		for c := range 1 << 16 {
			t.starts[c+1] += t.starts[c]
		}
		copy(next, t.starts)
		for i := range hashes {
			at := &next[hashes[i].slot(k)]
			t.halves[*at], t.ids[*at] = hashes[i].slot(k^1), uint32(i)
			*at++
		}
		s.slots[k] = t
	}
	return s
}

func (h *PDQ) slot(k int) uint16 { return uint16(h[k/4] >> (16 * (k % 4))) }

// Near calls found with the number and distance of each hash within limit bits, at most Near; one hash may come more than
// once. It stops when found answers false, as it should where a crowd shares one picture.
func (s *Set) Near(h PDQ, limit int, found func(i, distance int) bool) {
	s.search(h, limit, 16, found)
}

// Meet is Near for hashes of which there are several of each picture, as of its parts: a sixteenth of the work, and of hashes
// 15 bits apart every one is found, 31 apart 86 in a hundred.
func (s *Set) Meet(h PDQ, limit int, found func(i, distance int) bool) { s.search(h, limit, 0, found) }

// search looks with so many bits changed in turn.
func (s *Set) search(h PDQ, limit, changes int, found func(i, distance int) bool) {
	limit = min(limit, Near)
	if s.slots == nil {
		for i := range s.hashes {
			if d := s.hashes[i].Distance(h); d <= limit && !found(i, d) {
				return
			}
		}
		return
	}
	radius := limit / (slots / 2) // of the nearest pair
	for k := range s.slots {
		t := &s.slots[k]
		other := h.slot(k ^ 1)
		for e := -1; e < changes*min(1, radius/2); e++ {
			code, left := h.slot(k), radius
			if e >= 0 {
				code, left = code^1<<e, radius-1
			}
			lo, hi := t.starts[code], t.starts[int(code)+1]
			for i, half := range t.halves[lo:hi] {
				if bits.OnesCount16(half^other) > left {
					continue
				}
				id := int(t.ids[int(lo)+i])
				if d := s.hashes[id].Distance(h); d <= limit && !found(id, d) {
					return
				}
			}
		}
	}
}
