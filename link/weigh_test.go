package link

import (
	"math"
	"testing"

	"bonafide/record"
)

// TestWeigh: the sum of a pair adds up, families add, one family does not
// corroborate itself, and order changes nothing but who was first.
func TestWeigh(t *testing.T) {
	k := NewKeyer(nil, false)
	a := k.Profile(person("a", "Tobias Muster", "1990-01-01", 1, device("3f9a77c2b1d04e58aa"), phone("+351910000001"), mail("one@example.org"), text(bullet1+"\n"+bullet2)))
	b := k.Profile(person("b", "Nora Sample", "1988-02-02", 2, device("3f9a77c2b1d04e58aa"), phone("+351910000001"), mail("one@example.org"), text(bullet2+"\n"+bullet1)))
	c := k.Profile(person("c", "Nora Sample", "1988-02-02", 9, phone("+351910000001")))
	pop := &Population{Records: 100_000}
	w, v := pop.Weigh(&a, &b), pop.Weigh(&b, &a)
	if w.Total != v.Total || len(w.Steps) != len(v.Steps) || w.First != -1 || v.First != 1 {
		t.Fatalf("the order of two shows: %+v and %+v", w, v)
	}
	sum := w.Prior
	for _, s := range w.Steps {
		sum += s.Kept
		if s.Kept > s.Bits || s.Bits <= 0 || math.Abs(s.Bits-math.Log2(s.M/s.U)) > 1e-9 && s.Shared < 2 {
			t.Errorf("step %+v does not add up", s)
		}
	}
	if math.Abs(sum-w.Total) > 1e-9 || w.Total < 10 || w.Families() != 3 {
		t.Errorf("total %.1f of %d families, steps %+v", w.Total, w.Families(), w.Steps)
	}
	if one := pop.Weigh(&a, &c); one.Total >= w.Total || one.Same {
		t.Errorf("one phone weighs %.1f", one.Total)
	}
	if same := pop.Weigh(&b, &c); !same.Same || len(same.Steps) == 0 {
		t.Errorf("one person who applies twice: %+v", same)
	}
	pop.Holders = func(uint64) int { return crowd + 1 }
	for _, s := range pop.Weigh(&a, &c).Steps {
		if s.Bits != 0 || s.Excuse != record.Crowd {
			t.Errorf("a crowd counts: %+v", s)
		}
	}
}
