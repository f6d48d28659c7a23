package photo

import (
	"math/rand/v2"
	"testing"
)

// Meet finds every hash 15 bits away, most at 31, none beyond the limit, in a set too large to be compared one by one.
func TestMeet(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 6))
	hashes := make([]PDQ, 2*linear)
	for i := range hashes {
		hashes[i] = PDQ{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	}
	s := NewSet(hashes)
	for distance, least := range map[int]int{0: 500, 15: 500, 20: 470, 31: 400} {
		found := 0
		for range 500 {
			i := r.IntN(len(hashes))
			h := hashes[i]
			for _, b := range r.Perm(256)[:distance] {
				h[b/64] ^= 1 << (b % 64)
			}
			hit := false
			s.Meet(h, Near, func(k, d int) bool {
				if d > Near {
					t.Fatal("beyond the limit")
				}
				hit = hit || k == i && d == distance
				return true
			})
			if hit {
				found++
			}
		}
		t.Logf("%d bits apart: %d of 500", distance, found)
		if found < least {
			t.Errorf("%d bits apart: only %d of 500 are found", distance, found)
		}
	}
}
