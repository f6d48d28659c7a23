package link

import (
	"fmt"
	"testing"
	"time"

	"bonafide/record"
)

// fleet is people with a work computer each, on days behind lines.
func fleet(t *testing.T, places ...[]record.DayPlace) *Graph {
	t.Helper()
	b := NewBuilder()
	for i, p := range places {
		a := &record.Application{ID: fmt.Sprint(i), Source: "hr", ReceivedAt: time.Date(2026, 3, 1+i, 0, 0, 0, 0, time.UTC)}
		a.Person.Name = []string{"Rita Modelo", "Igor Vorlage", "Nora Sample"}[i]
		a.Computers = []record.Computer{{ID: "c", Managed: true, Gateway: "a1b2c3d4", Places: p}}
		if _, err := b.Add(NewKeyer(nil, false).Profile(a)); err != nil {
			t.Fatal(err)
		}
	}
	return b.Build()
}

func days(n int, ip, allowed string) (all []record.DayPlace) {
	for d := range n {
		all = append(all, record.DayPlace{Day: record.Date(fmt.Sprintf("2026-04-%02d", d+1)), IP: ip, Allowed: allowed})
	}
	return all
}

// TestPremises: five days count and four do not; an address at home is nobody's
// line, the router then tells; declared days are left out; it makes no question.
func TestPremises(t *testing.T) {
	for _, c := range []struct {
		name   string
		a, b   []record.DayPlace
		shared int
	}{
		{"five days", days(5, "203.0.113.7", ""), days(5, "203.0.113.7", ""), 5},
		{"four days", days(4, "203.0.113.7", ""), days(9, "203.0.113.7", ""), 0},
		{"other lines", days(9, "203.0.113.7", ""), days(9, "203.0.113.8", ""), 0},
		{"behind one router", days(6, "192.168.1.5", ""), days(6, "192.168.1.9", ""), 6},
		{"declared", days(9, "203.0.113.7", "co-working"), days(9, "203.0.113.7", "co-working"), 0},
	} {
		g := fleet(t, c.a, c.b)
		for i := range uint32(2) {
			got := 0
			for _, l := range g.Links(i) {
				if l.Kind == record.KindPremises && l.Strength == record.Strong {
					got = l.Shared
				}
			}
			if got != c.shared || g.Cluster(i) != "" {
				t.Errorf("%s, person %d: %d days, cluster %q", c.name, i, got, g.Cluster(i))
			}
		}
	}
}

// TestTells: what no population has taught neither corroborates nor ties.
func TestTells(t *testing.T) {
	for k := record.Kind(1); int(k) < record.Kinds; k++ {
		switch k {
		case record.KindBidText, record.KindPageText, record.KindPageBuild, record.KindPremises, record.KindMergeQuestion, record.KindClosed:
			if tells(k) {
				t.Errorf("%s tells", k)
			}
		default:
			if !tells(k) {
				t.Errorf("%s tells nothing", k)
			}
		}
	}
	if record.Kinds > 31 {
		t.Error("a posting has five bits for the kind")
	}
}
