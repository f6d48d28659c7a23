package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/record"
)

// mergeGroups joins questions that are one: parts of one operator that only soft
// ties hold together. Between two given groups strangers tie hardly ever, because
// each would have to meet just these few; so a tie says more than between two
// people out of all. One soft value alone joins no two groups, an exit may be
// behind it: two stories do, a value strangers hardly ever share, a member of one
// who names a member of the other, or a block of numbers in which both have rented. A group with a proven
// person joins no other, so that two such never meet by way of a third. Judged
// against the groups as they stood; returns how many pairs of groups it joined.
func (e *evaluation) mergeGroups(one sets) (joined int) {
	size := e.sizes()
	questions := len(size)
	if c := e.b.climate; c != nil {
		questions = c.Questions
	}
	type through struct {
		kind  record.Kind
		value uint64
	}
	between := map[uint64]map[through]*ends{}
	for i := range e.ties {
		t := &e.ties[i]
		x, y := e.g.clusterOf(t.a), e.g.clusterOf(t.b)
		if x == 0 || y == 0 || x == y || t.draws == 0 || t.level == atOneDoor || t.kind == record.KindMailPattern {
			continue
		}
		key := pairKey(x, y)
		if between[key] == nil {
			between[key] = map[through]*ends{}
		}
		w := through{t.kind, t.value}
		n := between[key][w]
		if n == nil {
			n = &ends{members: map[uint32]bool{}}
			between[key][w] = n
		}
		n.members[t.a], n.members[t.b] = true, true
		n.holders = max(n.holders, int(t.holders))
	}
	keys := make([]uint64, 0, len(between)) // sorted: the order of a map must not show
	for k := range between {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp.Compare)
	for _, k := range keys {
		x, y := uint32(k>>32), uint32(k)
		n, m := float64(size[x]), float64(size[y])
		var p pattern
		firm := false
		for w, to := range between[k] {
			block := w.kind == record.KindPhoneBlock
			if block && !(to.several(e.g) && e.blockLeads(w.value, len(to.members), to.holders-len(to.members), min(size[x], size[y]))) {
				continue // two operators may rent neighbouring numbers
			}
			s := groupSign(w.kind, max(1, to.holders-len(to.members)+1), len(to.members)-1)
			p.addGroup(s, &e.group.strangers)
			firm = firm || block || hard(w.kind) || names(w.kind) || to.exclusive(e.g)
		}
		total := math.Log2(1 / float64(max(questions, 2)))
		for _, s := range p {
			if s != 0 {
				meet := n * m * e.group.strangers[s] / e.group.people
				total += math.Log2(min(0.9, e.group.m[s]*min(n, m)) / meet)
			}
		}
		if total >= surer && (p.acts() > 1 || firm) && !e.anyProven[x] && !e.anyProven[y] {
			one.union(e.g.ident.find(x-1), e.g.ident.find(y-1))
			joined++
		}
	}
	return joined
}

// acts is how many families tell it, a copied résumé and its career taken as one.
func (p pattern) acts() int {
	n := p.families()
	if p[storyText] != 0 && p[storyWork] != 0 && groupKind(p[storyWork]) == record.KindCareer {
		n--
	}
	return n
}

// ends are the members of two groups that one value ties.
type ends struct {
	members map[uint32]bool
	holders int
}

// several reports whether at least two of each group have a value: one may be a stranger to the other group.
func (n *ends) several(g *Graph) bool {
	sides := map[uint32]int{}
	for x := range n.members {
		sides[g.clusterOf(x)]++
	}
	for _, k := range sides {
		if k < 2 {
			return false
		}
	}
	return true
}

// exclusive reports whether at least two of each group have a value and nobody
// else does: were it an exit, others would be behind it too.
func (n *ends) exclusive(g *Graph) bool { return n.several(g) && n.holders <= len(n.members) }

// surer: a wrong join of two groups makes many wrong pairs.
const surer = 6

// sizes is how many identities each question has.
func (e *evaluation) sizes() map[uint32]int {
	size := map[uint32]int{}
	for x, c := range e.g.clusters {
		if _, ok := e.g.firstSeen[x]; ok {
			size[c]++
		}
	}
	return size
}
