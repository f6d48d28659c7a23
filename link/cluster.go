package link

import (
	"cmp"
	"slices"

	"bonafide/record"
)

// claimants remembers who, after somebody else, claimed one paper, portrait,
// mailbox or phone: the first may be a victim, the later ones took it.
func (e *evaluation) claimants(ms []member, k record.Kind) {
	switch k {
	case record.KindDocument, record.KindTaxID, record.KindDocumentImage, record.KindPhoto, record.KindEmail, record.KindPhone, record.KindHandle:
	default:
		return
	}
	var later []uint32
	for i := range ms {
		roof := ms[i].door != 0 && ms[i].door == ms[0].door && rules[k].household
		if ms[i].at > ms[0].at && !roof && e.excused(k, &ms[0], &ms[i]) == record.NoExcuse {
			later = append(later, ms[i].ident)
		}
	}
	if len(later) > 1 {
		e.joined = append(e.joined, later)
	}
}

// cluster joins identities that look like one operator: by a value only its
// holder can place, or a network together with another family; then those who
// later claimed a value of such a group; and those who took one value of the
// same third person. Somebody who held a value first is never drawn in by it.
func (e *evaluation) cluster() {
	g := e.g
	one := newSets(len(e.b.subjects))
	type claim struct {
		later, earlier uint32
		at             int64
	}
	first := func(x uint32) int64 { return g.firstSeen[x] }
	g.firstSeen = map[uint32]int64{}
	for i := range e.b.subjects {
		if e.b.dropped[uint32(i)] {
			continue
		}
		r := g.ident.find(uint32(i))
		if at, ok := g.firstSeen[r]; !ok || e.b.subjects[i].at < at {
			g.firstSeen[r] = e.b.subjects[i].at
		}
	}
	var claims []claim
	for key, ev := range e.pairs {
		x, y := uint32(key>>32), uint32(key)
		switch {
		case ev.anchor || ev.held && ev.typed != 0:
			one.union(x, y)
		case ev.typed != 0:
			if first(x) < first(y) {
				x, y = y, x
			}
			if first(x) > first(y) {
				claims = append(claims, claim{x, y, first(x)})
			}
		}
	}
	for _, later := range e.joined {
		for _, x := range later[1:] {
			one.union(later[0], x)
		}
	}
	size := map[uint32]int{}
	for x := range g.firstSeen {
		size[one.find(x)]++
	}
	// Whoever gives a persona's contact out as a referee's, under another name,
	// speaks for its operator.
	for _, n := range e.named {
		if n.otherName {
			claims = append(claims, claim{n.from, n.to, max(first(n.from), first(n.to))})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(e.b.subjects[a.later].name, e.b.subjects[b.later].name),
			cmp.Compare(e.b.subjects[a.earlier].name, e.b.subjects[b.earlier].name))
	})
	for _, c := range claims {
		x, y := one.find(c.later), one.find(c.earlier)
		if x == y || size[y] < 2 {
			continue
		}
		n := size[x] + size[y]
		one.union(x, y)
		size[one.find(x)] = n
	}
	e.nameClusters(one)
	e.attach(one)
	e.nameClusters(one)
}

// attach draws in those who share a network or a referee with a group that is
// mostly one operator's: nobody else's means. Whoever named a referee before
// all of them is left out, as ever. All are judged against the clusters as
// they stood, so that the order does not show.
func (e *evaluation) attach(one sets) {
	type join struct{ x, root uint32 }
	var joins []join
	size := map[uint32]int{}
	for _, c := range e.g.clusters {
		size[c]++
	}
	kinds := make([]record.Kind, 0, 8)
	for _, gr := range e.groups {
		for _, k := range e.kindsOf(gr, kinds) {
			if k != record.KindNetwork && !softTyped(k) {
				continue
			}
			ms := e.membersOf(gr, k)
			if len(ms) < 3 || len(ms) > crowd || institution(ms, &rules[k], k) != record.NoExcuse {
				continue
			}
			root, n := e.g.mostly(ms)
			if n < 2 || size[root] < 3 {
				continue // two who share much may still be a couple
			}
			led := false // somebody of the group came before
			for i := range ms {
				switch {
				case e.g.clusterOf(ms[i].ident) == root:
					led = true
				case led || k.Held():
					joins = append(joins, join{ms[i].ident, root})
				}
			}
		}
	}
	for _, j := range joins {
		one.union(j.x, e.g.ident.find(j.root-1))
	}
}

// softTyped are values that say little alone, and that anybody can type.
func softTyped(k record.Kind) bool {
	return k == record.KindReferee || k == record.KindPhoneBlock || k == record.KindMailPattern || k == record.KindDelivery
}

// mostly is the operator question to which at least three in five holders of a
// value belong, and how many do; 0 when there is none.
func (g *Graph) mostly(ms []member) (root uint32, n int) {
	counts := map[uint32]int{}
	for i := range ms {
		if c := g.clusterOf(ms[i].ident); c != 0 {
			counts[c]++
		}
	}
	for c, m := range counts {
		if 5*m >= 3*len(ms) {
			return c, m
		}
	}
	return 0, 0
}

func (g *Graph) clusterOf(ident uint32) uint32 { return g.clusters[ident] }

// nameClusters: a cluster's name is the smallest record name in it.
func (e *evaluation) nameClusters(one sets) {
	g := e.g
	size := map[uint32]int{}
	for x := range g.firstSeen {
		size[one.find(x)]++
	}
	names := map[uint32]uint32{} // root → subject
	for i := range e.b.subjects {
		r := one.find(g.ident.find(uint32(i)))
		if size[r] < 2 || e.b.dropped[uint32(i)] {
			continue
		}
		if s, ok := names[r]; !ok || e.b.subjects[i].name < e.b.subjects[s].name {
			names[r] = uint32(i)
		}
	}
	g.clusters = map[uint32]uint32{}
	for i := range e.b.subjects {
		x := g.ident.find(uint32(i))
		if s, ok := names[one.find(x)]; ok {
			g.clusters[x] = s + 1
		}
	}
}
