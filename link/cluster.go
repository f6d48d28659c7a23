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
		roof := rules[k].household && oneRoof(&ms[i], &ms[0])
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
	for range attachRounds {
		e.attach(one)
		e.nameClusters(one)
	}
}

// attachRounds: once for what leads to the question itself, once for what
// leads to those just drawn in, and no further.
const attachRounds = 2

// attach draws in those whom soft ties lead to an operator question: a value
// whose holders are mostly its personas, or two different stories that lead to
// the same question. One network, one referee, one block of numbers is
// everybody's; two of them with one operator are not. Whoever gave a value
// before all of them is left out, as ever. All are judged against the clusters
// as they stood, so that the order does not show.
func (e *evaluation) attach(one sets) {
	ties := ties{e: e, size: map[uint32]int{}, stories: map[uint64]uint16{}}
	for _, c := range e.g.clusters {
		ties.size[c]++
	}
	kinds := make([]record.Kind, 0, 8)
	for _, gr := range e.groups {
		for _, k := range e.kindsOf(gr, kinds) {
			if k == record.KindNetwork || softTyped(k) {
				ties.group(e.membersOf(gr, k), k)
			}
		}
		ties.replies(gr)
	}
	for _, n := range e.named {
		ties.add(n.from, e.g.clusterOf(n.to), tieVouching)
	}
	for _, r := range e.referred {
		ties.add(r.from, e.g.clusterOf(r.to), tieReferral)
	}
	for key, ev := range e.pairs {
		if ev.typed != 0 {
			x, y := uint32(key>>32), uint32(key)
			if e.g.firstSeen[x] > e.g.firstSeen[y] {
				x, y = y, x
			}
			ties.add(x, e.g.clusterOf(y), tieOwned)
		}
	}
	for key, stories := range ties.stories {
		if x, root := uint32(key>>32), uint32(key); stories&(stories-1) != 0 && stories != tieOwned|tieNetwork {
			one.union(x, e.g.ident.find(root-1))
		}
	}
}

// The stories of which two make a tie that counts.
const (
	tieNetwork = 1 << iota
	tieReferee
	tieContact // a block of numbers, a pattern of mailboxes
	tieDelivery
	tieVouching
	tieReferral
	tieReply
	tieOwned                                         // held first what the operator claims now: a victim's tie, unless an act of their own stands beside it
	tieMostly = tieNetwork | tieReferee | tieContact // a value that is mostly one operator's counts at once
)

var tieOf = [record.Kinds]uint16{record.KindNetwork: tieNetwork, record.KindReferee: tieReferee, record.KindPhoneBlock: tieContact,
	record.KindMailPattern: tieContact, record.KindDelivery: tieDelivery}

// tieCrowd is from how many holders on a soft value leads nowhere by itself.
const tieCrowd = 12

type ties struct {
	e       *evaluation
	size    map[uint32]int    // of each question
	stories map[uint64]uint16 // by identity and question
}

// add notes a story that leads from an identity to a question it is not in.
// Two who share much may still be a couple: they draw nobody in.
func (t *ties) add(x, root uint32, story uint16) {
	if root != 0 && t.size[root] > 2 && t.e.g.clusterOf(x) != root {
		t.stories[uint64(x)<<32|uint64(root)] |= story
	}
}

func (t *ties) group(ms []member, k record.Kind) {
	if len(ms) > crowd || institution(ms, &rules[k], k) != record.NoExcuse {
		return
	}
	most, n := t.e.g.mostly(ms)
	if n < 2 || n < 3 && tieOf[k] == tieContact {
		most = 0
	}
	for i := range ms {
		for j := range ms {
			root := t.e.g.clusterOf(ms[j].ident)
			switch {
			case root == 0 || i == j || !k.Held() && ms[j].at >= ms[i].at:
			case root == most && (tieOf[k] != tieContact || t.e.g.clusterOf(ms[i].ident) == 0): // neighbouring numbers join no two questions
				t.add(ms[i].ident, root, tieMostly)
			case len(ms) <= tieCrowd && !t.e.chance(k, ms[i].first.stratum, len(ms)-1) && t.e.excused(k, &ms[i], &ms[j]) == record.NoExcuse:
				t.add(ms[i].ident, root, tieOf[k])
			}
		}
	}
}

// replies: a referee of one who answered from a network of the other.
func (t *ties) replies(gr group) {
	for _, p := range t.e.b.of(gr) {
		if p.of() != record.KindReplyOrigin {
			continue
		}
		users := t.e.membersOf(gr, record.KindNetwork)
		if len(users) > tieCrowd {
			return
		}
		for i := range users {
			t.add(t.e.g.ident.find(p.subject), t.e.g.clusterOf(users[i].ident), tieReply)
		}
	}
}

// softTyped are values that say little alone, and that anybody can type.
func softTyped(k record.Kind) bool {
	return k == record.KindReferee || k == record.KindPhoneBlock || k == record.KindMailPattern || k == record.KindDelivery
}

// mostly is the operator question to which three in five holders of a
// value belong, or half of them when that is three or more, and how many do; 0
// when there is none.
func (g *Graph) mostly(ms []member) (root uint32, n int) {
	counts := map[uint32]int{}
	for i := range ms {
		if c := g.clusterOf(ms[i].ident); c != 0 {
			counts[c]++
		}
	}
	for c, m := range counts {
		if 5*m >= 3*len(ms) || m >= 3 && 2*m > len(ms) || m >= 3 && 2*m == len(ms) && len(counts) == 1 {
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
