package index

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestFirstFrom: the guess by the first bits gives what plain search gives, for digests, for bunched values and for none.
func TestFirstFrom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for round := range 400 {
		n := r.IntN(300)
		all := make([]uint64, n)
		for i := range all {
			switch round % 4 {
			case 0:
				all[i] = r.Uint64()
			case 1:
				all[i] = r.Uint64() >> 40 << 8
			case 2:
				all[i] = ^uint64(0) - uint64(r.IntN(9))
			case 3:
				all[i] = uint64(r.IntN(3))<<62 | uint64(r.IntN(5))
			}
		}
		slices.Sort(all)
		var words []byte
		for _, w := range all {
			words = binary.LittleEndian.AppendUint64(words, w)
		}
		asked := append([]uint64{0, ^uint64(0), r.Uint64()}, all...)
		for _, w := range asked {
			if want, _ := slices.BinarySearch(all, w); firstFrom(words, w) != want {
				t.Fatalf("round %d: %d is not %d of %d", round, firstFrom(words, w), want, n)
			}
		}
	}
}
