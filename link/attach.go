package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/record"
)

// approach is what ties one identity to one operator question it is not in.
type approach struct {
	x, root uint32
	pattern
}

// A group as one profile has signs of its own: the level says how many besides
// its own members have the value, and whether at least two of its members do.
const fromMany = 4 // added to the level

// groupModel is the model of "x belongs to this question": how often a hidden
// member shows a sign, with how many strangers one member shares it. Learned
// from all questions together.
type groupModel struct {
	m, strangers [groupSigns]float64
	hidden       float64 // hidden members per member shown
	people       float64
	together     [groupSigns]float64 // how many showed a sign and another story
}

const groupSigns = 1 + int(record.Kinds)*8

func groupSign(k record.Kind, outside, inside int) sign {
	level := 3
	switch {
	case hard(k):
		return sign(1 + int(k)*8)
	case outside <= 1:
		level = 0
	case outside <= 4:
		level = 1
	case outside <= 11:
		level = 2
	}
	if inside > 1 {
		level += fromMany
	}
	return sign(1 + int(k)*8 + level)
}

func groupKind(s sign) record.Kind { return record.Kind((s - 1) / 8) }

func (p *pattern) addGroup(s sign, rank *[groupSigns]float64) {
	if at := &p[storyOf(groupKind(s))]; *at == 0 || rank[s] < rank[*at] || rank[s] == rank[*at] && s < *at {
		*at = s
	}
}

// thin reports whether all that leads here is one soft value that one member
// alone has in common with this person: a hotel's network, a phrase of a
// reference. What somebody does themselves, naming a member as referee or
// referrer, is not thin; nor is what this population has shown in company often
// enough to know it for an operator's.
func (g *groupModel) thin(a approach) bool {
	if a.families() > 1 {
		return false
	}
	for _, s := range a.pattern {
		if s == 0 {
			continue
		}
		k, one := groupKind(s), (s-1)%8 < fromMany
		return !hard(k) && g.together[s] < knownFrom && one && k != record.KindRefereeSelf && k != record.KindReferral
	}
	return true
}

// knownFrom is how many of those who show a sign must have shown another story
// too for the sign to be known.
const knownFrom = 3

// dailyLife is from how many strangers on, that one person shares a sign with,
// it is part of daily life where one lives: two such signs may be one town.
const dailyLife = 0.02

// daily reports whether all that leads here is daily life.
func (g *groupModel) daily(a approach) bool {
	for _, s := range a.pattern {
		if s != 0 && g.strangers[s] <= dailyLife {
			return false
		}
	}
	return true
}

// drawnIn is the log2 odds from which on somebody is shown with a question that
// stands on evidence of its own: four of five such at least belong to it.
const drawnIn = 2

// attach draws in whom the questions, each taken as one profile, tie to
// themselves, and returns how many.
func (e *evaluation) attach(one sets) (drawn int) {
	size := e.sizes()
	first := e.group == nil
	if first {
		e.group = e.groupPrior()
	}
	model := e.group
	list := e.approaches(size, model)
	if first { // later rounds see who is left over, and would learn from them that nobody hides
		model.learn(list, size)
	}
	best := map[uint32]approach{}
	score := map[uint32]float64{}
	for _, a := range list {
		s := model.score(a, size[a.root])
		if s < drawnIn || e.g.clusterOf(a.x) != 0 || model.thin(a) || model.daily(a) || e.provenIn(a.x, a.root) {
			continue
		}
		b, ok := best[a.x]
		if !ok || s > score[a.x] || s == score[a.x] && e.b.subjects[a.root-1].name < e.b.subjects[b.root-1].name {
			best[a.x], score[a.x] = a, s
		}
	}
	provenTo := map[uint32]int{}
	for x, a := range best {
		if e.proven[x] {
			provenTo[a.root]++
		}
	}
	for x, a := range best {
		if e.proven[x] && provenTo[a.root] > 1 {
			continue
		}
		one.union(a.x, e.g.ident.find(a.root-1))
		drawn++
	}
	return drawn
}

// groupPrior takes over what the pairs taught.
func (e *evaluation) groupPrior() *groupModel {
	g := &groupModel{hidden: 0.3, people: float64(len(e.g.firstSeen))}
	for k := range record.Kind(record.Kinds) {
		of := &e.persona.Kinds[k]
		if hard(k) {
			g.m[1+int(k)*8], g.strangers[1+int(k)*8] = of[0].M, of[0].Strangers
			continue
		}
		m := 0.0
		for l := range atOneDoor {
			m += of[l].M
		}
		for l := range atOneDoor {
			if m > 0 {
				g.m[1+int(k)*8+l], g.strangers[1+int(k)*8+l] = m/4, of[l].Strangers
				g.m[1+int(k)*8+l+fromMany], g.strangers[1+int(k)*8+l+fromMany] = m/4, of[l].Strangers*alsoOthers[l]
			}
		}
	}
	return g
}

// alsoOthers is how much seldomer a stranger shares a value that two members of
// one operator have, by how many besides them do: a value that only they and one
// more have is theirs, an exit that many have is nobody's.
var alsoOthers = [atOneDoor]float64{1. / 16, 1. / 8, 1. / 4, 1. / 2}

// approaches lists who is tied to which question from outside, sorted.
func (e *evaluation) approaches(size map[uint32]int, model *groupModel) []approach {
	found := map[uint64]*approach{}
	rank := model.strangers
	add := func(x, root uint32, s sign) {
		if root == 0 || size[root] < 2 || e.g.clusterOf(x) == root || model.m[s] == 0 {
			return
		}
		key := uint64(x)<<32 | uint64(root)
		a := found[key]
		if a == nil {
			a = &approach{x: x, root: root}
			found[key] = a
		}
		a.pattern.addGroup(s, &rank)
	}
	// Ties of one value (or one kind of text) of x with a question, counted.
	type through struct {
		x, root uint32
		kind    record.Kind
		value   uint64
	}
	inside, all := map[through]int{}, map[through]int{}
	holders := map[through]int{}
	held := map[uint64]bool{}
	note := func(x, y uint32, t *tie, drawn bool) {
		root := e.g.clusterOf(y)
		if root == 0 || e.g.clusterOf(x) == root || t.level == atOneDoor {
			return // what is shared at home draws nobody in
		}
		if t.kind.Held() && heldBetween([]tie{*t}) {
			held[uint64(x)<<32|uint64(root)] = true
		}
		w := through{x, root, t.kind, t.value}
		if drawn {
			inside[w]++
		}
		all[w]++
		holders[w] = max(holders[w], int(t.holders))
	}
	for i := range e.ties {
		t := &e.ties[i]
		note(t.a, t.b, t, t.draws&drawsA != 0)
		note(t.b, t.a, t, t.draws&drawsB != 0)
	}
	for w, n := range all {
		if w.kind == record.KindPhoneBlock && 5*n < 4*holders[w] {
			continue // a block of numbers leads only where four in five of it do
		}
		if inside[w] == 0 && !held[uint64(w.x)<<32|uint64(w.root)] {
			continue
		}
		add(w.x, w.root, groupSign(w.kind, max(1, holders[w]-n), n))
	}
	list := make([]approach, 0, len(found))
	for _, a := range found {
		list = append(list, *a)
	}
	slices.SortFunc(list, func(x, y approach) int {
		return cmp.Compare(uint64(x.x)<<32|uint64(x.root), uint64(y.x)<<32|uint64(y.root))
	})
	return list
}

// priorMembers is how much the pairs' model counts, as so many members of
// questions; priorHidden, as so many hidden members.
const (
	priorMembers = 30
	priorHidden  = 10
)

// learn fits the model as Persona.learn does: strangers by how often a sign
// stands in company, then m by expectation and maximisation.
func (g *groupModel) learn(list []approach, size map[uint32]int) {
	members := 0.0
	for _, n := range size {
		members += float64(n)
	}
	var count, alone, of [groupSigns]float64 // of: what part of those who approach belong
	together, firm := priorHidden*shippedCompany, float64(priorHidden)
	for _, a := range list {
		for _, s := range a.pattern {
			if s != 0 {
				count[s]++
				if a.families() == 1 {
					alone[s]++
				}
			}
		}
	}
	for s := range count {
		if g.strangers[s] <= hardlyEver {
			together, firm = together+count[s]-alone[s], firm+count[s]
		}
	}
	company := max(together/firm, 0.1)
	for s := range count {
		g.together[s] = count[s] - alone[s]
	}
	m0, h0 := g.m, g.hidden
	for s := range count {
		if m0[s] == 0 {
			continue
		}
		doubt := 1.0
		if hard(groupKind(sign(s))) {
			doubt = 3
		}
		of[s] = share(count[s], alone[s], company, doubt)
		honest := count[s] * (1 - of[s])
		g.strangers[s] = max(honest/max(members, 1), (honest+priorMembers*g.strangers[s])/(members+priorMembers))
	}
	all := 0.0
	for _, a := range list {
		most := 0.0
		for _, s := range a.pattern {
			if s != 0 {
				most = max(most, of[s])
			}
		}
		if a.families() > 1 {
			most = 1
		}
		all += most
	}
	all /= company
	g.hidden = min(max((all+priorHidden*h0)/(members+priorHidden), 0.01), 1)
	for s := range g.m {
		g.m[s] = (count[s]*of[s] + priorHidden*m0[s]) / (all + priorHidden)
	}
	for range emRounds {
		var fromM [groupSigns]float64
		for _, a := range list {
			theirs := 1 / (1 + math.Exp2(-g.score(a, size[a.root])))
			for _, s := range a.pattern {
				if s != 0 {
					fromM[s] += theirs
				}
			}
		}
		for s := range g.m {
			g.m[s] = min(0.95, (fromM[s]+priorHidden*m0[s])/(all+priorHidden))
		}
	}
}

// score is the log2 odds that x is a hidden member of a question of so many.
// One story: the size cancels, a large group has more hidden members and
// touches more strangers. Each story more would be chance among all people.
func (g *groupModel) score(a approach, size int) float64 {
	n := float64(size)
	total := math.Log2(g.hidden * n / g.people)
	for _, s := range a.pattern {
		if s != 0 {
			total += math.Log2(g.m[s] * g.people / (n * g.strangers[s]))
		}
	}
	return total
}
