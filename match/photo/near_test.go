package photo

import (
	"math/rand/v2"
	"testing"
)

// The set finds what comparing with all finds, small or large, at every distance.
func TestSetIsComplete(t *testing.T) {
	for _, n := range []int{0, 500, 3 * linear} {
		r := rand.New(rand.NewPCG(uint64(n), 6))
		hashes := make([]PDQ, n)
		flip := func(h PDQ, k int) PDQ {
			for _, b := range r.Perm(256)[:k] {
				h[b/64] ^= 1 << (b % 64)
			}
			return h
		}
		for i := range hashes {
			hashes[i] = PDQ{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
			if i%3 == 1 {
				hashes[i] = flip(hashes[r.IntN(i)], r.IntN(40))
			}
		}
		s := NewSet(hashes)
		total := 0
		for q := range 600 {
			ask := PDQ{}
			if n > 0 {
				ask = flip(hashes[r.IntN(n)], q%34)
			}
			limit := q % (Near + 1)
			got := map[int]int{}
			s.Near(ask, limit, func(i, d int) bool { got[i] = d; return true })
			want := 0
			for i := range hashes {
				if d := hashes[i].Distance(ask); d <= limit {
					want++
					if got[i] != d {
						t.Fatalf("%d hashes: one at distance %d of %d was not found", n, d, limit)
					}
				}
			}
			if len(got) != want {
				t.Fatalf("%d found, %d are near", len(got), want)
			}
			total += want
			calls := 0
			s.Near(ask, limit, func(int, int) bool { calls++; return false })
			if calls > 1 {
				t.Fatal("it did not stop when told to")
			}
		}
		if n > 0 && total < 300 {
			t.Errorf("%d hashes: only %d near ones: the test asks for nothing", n, total)
		}
	}
}

func BenchmarkSetNear(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 6))
	hashes := make([]PDQ, 1_000_000)
	for i := range hashes {
		hashes[i] = PDQ{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	}
	s := NewSet(hashes)
	for i := 0; b.Loop(); i++ {
		s.Near(hashes[i*7919%len(hashes)], Near, func(int, int) bool { return true })
	}
}
