package main

import (
	"cmp"
	"fmt"
	"slices"

	"bonafide/link"
	"bonafide/record"
)

// pair is two honest people and what was counted between them.
type pair struct {
	a, b     int32 // people
	x, y     uint32
	kind     record.Kind
	strength record.Strength
}

// tally is how many pairs of honest people each kind makes, by strength, a pair at its strongest; and how many people a
// link counts with who are not listed: it names five.
type tally struct {
	pairs    [record.Kinds][record.Conclusive + 1]int
	unlisted [record.Kinds]int
	some     [record.Kinds][]pair // the strongest of them, to be looked at
}

// falsePairs finds them.
func (p *population) falsePairs(g *link.Graph, show int) *tally {
	t := &tally{}
	var all []pair
	g.EachCounted(func(l link.Counted) {
		me := p.person[l.Subject]
		if me < 0 {
			return
		}
		for _, o := range l.Others {
			if you := p.person[o]; you >= 0 && you != me {
				all = append(all, pair{min(me, you), max(me, you), l.Subject, o, l.Kind, l.Strength})
			}
		}
		if more := l.Identities - len(l.Others); more > 0 && l.Strength > record.Weak {
			t.unlisted[l.Kind] += more
		}
	})
	slices.SortFunc(all, func(x, y pair) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(y.strength, x.strength),
			cmp.Compare(x.x, y.x), cmp.Compare(x.y, y.y))
	})
	all = slices.CompactFunc(all, func(x, y pair) bool { return x.kind == y.kind && x.a == y.a && x.b == y.b })
	for _, x := range all {
		t.pairs[x.kind][x.strength]++
		if x.strength > record.Weak && len(t.some[x.kind]) < show {
			t.some[x.kind] = append(t.some[x.kind], x)
		}
	}
	return t
}

// counted is how many pairs of a kind count for something.
func (t *tally) counted(k record.Kind) (n int) {
	for _, some := range t.pairs[k][record.Supporting:] {
		n += some
	}
	return n
}

func (p *population) print(t *tally) {
	for k, some := range t.some {
		for _, x := range some {
			fmt.Printf("    %s %s: p%d (%s) and p%d (%s)\n", record.Kind(k), x.strength, p.person[x.x], p.lives[p.life[x.x]], p.person[x.y], p.lives[p.life[x.y]])
		}
	}
}
