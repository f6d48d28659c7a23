package photo

import (
	"fmt"
	"math/bits"
	"strconv"
)

// PDQ is the 256-bit hash: bit 16·u+v stands for wave u+1 down and v+1 across. In print the last word comes first, as the
// published tools write it.
type PDQ [4]uint64

// DCT is the 64-bit hash: bit 63-(8·u+v) stands for wave u down and v across.
type DCT uint64

// Distance is the number of bits that differ. Pictures that have nothing to do with each other are 128 apart, and under 90
// almost never.
func (h PDQ) Distance(o PDQ) int {
	return bits.OnesCount64(h[0]^o[0]) + bits.OnesCount64(h[1]^o[1]) + bits.OnesCount64(h[2]^o[2]) + bits.OnesCount64(h[3]^o[3])
}

// Distance is the number of bits that differ; 32 between strangers.
func (h DCT) Distance(o DCT) int { return bits.OnesCount64(uint64(h ^ o)) }

func (h PDQ) String() string { return fmt.Sprintf("%016x%016x%016x%016x", h[3], h[2], h[1], h[0]) }

func (h DCT) String() string { return fmt.Sprintf("%016x", uint64(h)) }

// ParsePDQ reads 64 hexadecimal digits.
func ParsePDQ(s string) (PDQ, bool) {
	var h PDQ
	if len(s) != 64 {
		return h, false
	}
	for i := range h {
		word, ok := hex16(s[48-16*i : 64-16*i])
		if !ok {
			return PDQ{}, false
		}
		h[i] = word
	}
	return h, true
}

func hex16(s string) (uint64, bool) {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(s, 16, 64)
	return n, err == nil
}

// Laid is the hash of the picture laid another way, reckoned from the bits alone, for records that bring a hash and no
// picture. A wave that changes its sign changes sides of the median, which lies near zero: the answer differs from the
// hash of the turned picture in a few bits (measured in docs/speed-photo-text.md).
func (h PDQ) Laid(w Way) PDQ {
	swap, across, down := w.lay()
	if !swap { // whole words: v counts bits, u groups of sixteen
		turned := uint64(0)
		if across {
			turned ^= 0x5555555555555555
		}
		if down {
			turned ^= 0x0000ffff0000ffff
		}
		return PDQ{h[0] ^ turned, h[1] ^ turned, h[2] ^ turned, h[3] ^ turned}
	}
	var out PDQ
	for u := range 16 {
		for v := range 16 {
			i := 16*v + u
			bit := h[i/64] >> (i % 64) & 1
			if (across && v&1 == 0) != (down && u&1 == 0) { // bit v stands for wave v+1
				bit ^= 1
			}
			out[(16*u+v)/64] |= bit << ((16*u + v) % 64)
		}
	}
	return out
}

// Even reports whether a hash carries nothing to recognise although no quality came with it: sides with far more
// or fewer set bits than a median leaves come from empty pictures or from another program's error.
func (h PDQ) Even() bool {
	n := bits.OnesCount64(h[0]) + bits.OnesCount64(h[1]) + bits.OnesCount64(h[2]) + bits.OnesCount64(h[3])
	return n < 96 || n > 160
}
