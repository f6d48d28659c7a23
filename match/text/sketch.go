package text

import (
	"math/bits"
	"slices"

	"bonafide/match"
)

// Sketch is what is kept of a document to find near-equal ones: band hashes for the look-up, a byte a bin for a first
// estimate, and the set of shingles for the exact answer. It holds no word of the text.
type Sketch struct {
	Bands [Bands]uint32
	bins  [Bins / 8]uint64
	// Set is the sorted set of shingles, 32 bits each: two different shingles are taken for one in 1 of 4 billion cases.
	Set []uint32
}

// Sketch reads a text. ok is false when it says too little to be compared (LeastSet).
func (r *Reader) Sketch(text string) (s Sketch, ok bool) {
	r.read(text)
	all := r.allShingles()
	s.Set = make([]uint32, len(all))
	var bins [Bins]uint64
	for i := range bins {
		bins[i] = ^uint64(0)
	}
	// One permutation: the high bits of a shingle's hash choose its bin, the rest competes in it (Li, Owen, Zhang 2012).
	for i, h := range all {
		s.Set[i] = uint32(h)
		b := &bins[h>>(64-7)]
		*b = min(*b, h)
	}
	slices.Sort(s.Set)
	if s.Set = slices.Compact(s.Set); len(s.Set) < LeastSet {
		return Sketch{}, false
	}
	densify(&bins)
	for band := range Bands {
		h := uint64(band)
		for _, v := range bins[band*bandRows : (band+1)*bandRows] {
			h = match.Mix(h*0x9e3779b97f4a7c15 ^ v)
		}
		s.Bands[band] = uint32(h)
	}
	for i, v := range bins {
		s.bins[i/8] |= uint64(uint8(match.Mix(v))) << (8 * (i % 8))
	}
	return s, true
}

// densify fills a bin that no shingle chose from one drawn by a fixed series of its own number, until that one is not empty, so
// that two equal sets fill it alike and two documents agree in it as often as elsewhere (Shrivastava 2017).
func densify(bins *[Bins]uint64) {
	filled := *bins
	for i := range bins {
		if filled[i] != ^uint64(0) {
			continue
		}
		for try := uint64(1); ; try++ {
			from := match.Mix(uint64(i)<<32|try) % Bins
			if filled[from] != ^uint64(0) {
				bins[i] = match.Mix(filled[from] + uint64(i))
				break
			}
		}
	}
}

// allShingles gives the shingles of the text read, doubles included. A short unit of three or four words is one of
// its own.
func (r *Reader) allShingles() []uint64 {
	out := r.shingles[:0]
	for _, u := range r.units {
		w := r.words[u.from:u.to]
		if len(w) == 3 || len(w) == 4 {
			out = append(out, shingle(r.Seed, w))
		}
		for i := 0; i+shingleWords <= len(w); i++ {
			out = append(out, shingle(r.Seed, w[i:i+shingleWords]))
		}
	}
	r.shingles = out
	return out
}

func shingle(seed uint64, words []uint64) uint64 {
	h := seed ^ uint64(len(words))
	for _, w := range words {
		h = h*0x9e3779b97f4a7c15 + w
	}
	return match.Mix(h)
}

// shared counts equal members, or stops and answers less than least when that many cannot be reached. Which of two members
// is smaller cannot be foretold, so the steps are reckoned instead of branched to.
func shared(a, b []uint32, least int) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		if n+min(len(a)-i, len(b)-j) < least {
			return n
		}
		for step := 0; step < 32 && i < len(a) && j < len(b); step++ {
			x, y := int64(a[i]), int64(b[j])
			notAfter, notBefore := int(uint64(x-y-1)>>63), int(uint64(y-x-1)>>63)
			n += notAfter & notBefore
			i += notAfter
			j += notBefore
		}
	}
	return n
}

// agree counts the bins in which two sketches are equal; one byte stands for each, so strangers agree in 1 of 256.
func agree(a, b *[Bins / 8]uint64) int {
	n := 0
	for i := range a {
		x := a[i] ^ b[i]
		x |= x >> 4
		x |= x >> 2
		x |= x >> 1
		n += 8 - bits.OnesCount64(x&0x0101010101010101)
	}
	return n
}
