package index

import (
	"slices"

	"bonafide/link"
)

// What is found in the files and in what came in lately. Files are held by whoever calls, mu here for each look.

// byName is the subject of a record name.
func (x *Index) byName(self uint64) (id uint32, there bool, err error) {
	ids, _, err := x.holders(self, nil)
	if err != nil {
		return 0, false, err
	}
	var p link.Profile
	for _, id := range ids {
		b, err := x.rowOf(id)
		if err != nil {
			return 0, false, err
		}
		if len(b) == 0 {
			continue // gone since
		} else if !readRowOf(b, &p, noValues) {
			return 0, false, damaged(x.dir, "a row cannot be read")
		} else if p.Self == self {
			return id, true, nil
		}
	}
	return 0, false, nil
}

// holders appends the subjects that hold a value and stand. n is how many hold it in all; when it is more than
// len(ids), the value is a crowd's and the subjects are not all there.
func (x *Index) holders(value uint64, to []uint32) (ids []uint32, n int, err error) {
	var room [8][]byte
	words := room[:0]
	for _, s := range x.segs {
		w, err := s.bucket(tableKeys, bucketOf(value))
		if err != nil {
			return to, 0, err
		}
		words = append(words, w)
	}
	return x.holdersIn(words, value, crowdMost, to)
}

// holdersIn is holders where the words of each segment's bucket are at hand, and nobody asks who more than some are.
func (x *Index) holdersIn(words [][]byte, value uint64, most int, to []uint32) (ids []uint32, n int, err error) {
	from, more := len(to), uint64(0)
	for i, s := range x.segs {
		var count uint64
		if to, count, err = s.find(tableKeys, value, words[i], to); err != nil {
			return to, 0, err
		}
		more += count
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.dead.n > 0 {
		kept := to[:from]
		for _, id := range to[from:] {
			if !x.dead.has(id) {
				kept = append(kept, id)
			}
		}
		to = kept
	}
	at := len(to)
	to, count := x.delta.keys.find(value, most, to)
	slices.Sort(to[at:])
	return to, at - from + count + int(more), nil
}

func (x *Index) segmentOf(id uint32) *segment {
	i, _ := slices.BinarySearchFunc(x.segs, id, func(s *segment, id uint32) int {
		if s.to() <= id {
			return -1
		}
		return 1
	})
	if i == len(x.segs) {
		return nil
	}
	return x.segs[i]
}

// buried says whether a subject of a segment was deleted or replaced.
func (x *Index) buried(id uint32) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.dead.has(id)
}

// rowOf is the bytes of a subject's row; empty when it is gone.
func (x *Index) rowOf(id uint32) ([]byte, error) {
	if id >= x.delta.from {
		x.mu.RLock()
		defer x.mu.RUnlock()
		if id >= x.delta.to() {
			return nil, damaged(x.dir, "a subject is asked for that it does not hold")
		}
		return x.delta.row(id), nil
	}
	return x.segmentOf(id).row(id)
}
