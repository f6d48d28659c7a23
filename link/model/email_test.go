package model

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// plainEmail is compareEmail without its shortcuts.
func plainEmail(a, b []byte) uint8 {
	x, y := localPart(a), localPart(b)
	switch {
	case edits(a, b, 2) <= 2:
		return 4
	case len(x) == 0 || len(y) == 0:
		return levelElse
	case string(x) == string(y):
		return 3
	case min(len(x), len(y)) >= 5 && edits(x, y, 2) <= 2:
		return 2
	case a[0] == b[0] && (jaroWinkler(a, b) >= 880 || jaroWinkler(x, y) >= 880):
		return 1
	}
	return levelElse
}

func TestEmailShortcutsChangeNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"ada", "dorn", "a", "d", ".", "_", "77", "1980", "boris", "hasel", "info", "aada", "addo"}
	ends := []string{"@example.org", "@example.com", "@mail.example.net", "@a.example", "", "@exmaple.org", "@very-long-name-of-a-company-in-a-far-away-port.example"}
	one := func() []byte {
		s := ""
		for range r.IntN(5) {
			s += parts[r.IntN(len(parts))]
		}
		v := []byte(s + ends[r.IntN(len(ends))])
		if len(v) > 1 && r.IntN(2) == 0 {
			i := r.IntN(len(v) - 1)
			v[i], v[i+1] = v[i+1], v[i]
		}
		return v
	}
	seen := map[uint8]int{}
	for range 200_000 {
		a, b := one(), one()
		if len(a) == 0 || len(b) == 0 || string(a) == string(b) {
			continue
		}
		want := plainEmail(a, b)
		if got := compareEmail(a, b, bits.OnesCount64(bagOf(a)^bagOf(b))); got != want {
			t.Fatal(fmt.Sprintf("%s and %s: level %d, without shortcuts %d", a, b, got, want))
		}
		seen[want]++
	}
	for l := range uint8(5) {
		if seen[l] == 0 {
			t.Errorf("no pair of level %d was tried", l)
		}
	}
}
