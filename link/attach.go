package link

import (
	"cmp"
	"slices"

	"bonafide/record"
)

// approach is what ties one identity to one operator question it is not in.
type approach struct {
	x, root uint32
	pattern
	leads bool // a value leads here that may do so alone
}

// drawnIn is the log2 odds from which on somebody is shown with a question that
// stands on evidence of its own: four of five such at least belong to it. Two of
// three were right at a hundred thousand people and not at a million, where
// alumni of one manager came in beside a persona who names him too.
const drawnIn = 2

// surest is from which odds on one soft value that one member alone has leads
// somewhere, if it is this person's own doing.
const surest = 8

// attach draws in whom the questions, each taken as one profile, tie to
// themselves, and returns how many.
func (e *evaluation) attach(one sets) (drawn int) {
	size := e.sizes()
	first := e.group == nil
	if first {
		e.group = e.groupPrior()
	}
	model := e.group
	if first && e.b.climate == nil {
		model.blocks = e.blocksWorth(size)
	}
	list, stocks := e.approaches(size, model)
	if first { // later rounds see who is left over, and would learn from them that nobody hides
		model.learn(list, size, e.strangersOutside())
	}
	best := map[uint32]approach{}
	score := map[uint32]float64{}
	for _, a := range list {
		s := model.score(a, size[a.root])
		if s < drawnIn || e.g.clusterOf(a.x) != 0 || model.thin(a) && (s < surest || model.others(a)) || model.daily(a) || a.families() == 1 && !a.leads || e.provenIn(a.x, a.root) {
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
		e.show(stocks[uint64(a.x)<<32|uint64(a.root)])
		drawn++
	}
	return drawn
}

// approaches lists who is tied to which question from outside, sorted, and
// what of its stock each has, by x and question.
func (e *evaluation) approaches(size map[uint32]int, model *groupModel) ([]approach, map[uint64][]stocked) {
	found := map[uint64]*approach{}
	rank := model.strangers
	add := func(x, root uint32, s sign) *approach {
		if root == 0 || size[root] < 2 || e.g.clusterOf(x) == root || model.m[s] == 0 {
			return nil
		}
		key := uint64(x)<<32 | uint64(root)
		a := found[key]
		if a == nil {
			a = &approach{x: x, root: root}
			found[key] = a
		}
		a.pattern.addGroup(s, &rank)
		return a
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
		others := holders[w] - 1 - n
		if w.kind == record.KindPhoneBlock && n < others {
			continue // a block of numbers leads only where at least half of the others in it do
		}
		if inside[w] == 0 && !held[uint64(w.x)<<32|uint64(w.root)] {
			continue
		}
		a := add(w.x, w.root, groupSign(w.kind, others+1, n))
		if a == nil {
			continue
		}
		switch {
		case w.kind == record.KindPhoneBlock:
			a.leads = a.leads || e.blockLeads(w.value, n, others, size[w.root])
		case storyOf(w.kind) == storyPlace && !hard(w.kind):
			a.leads = a.leads || n >= others // else it is an exit
		default:
			a.leads = true
		}
	}
	stocks := map[uint64][]stocked{}
	e.stock(func(t stocked) {
		if a := add(t.x, t.root, groupSign(t.kind, t.outside, t.inside)); a != nil {
			a.leads = true // most who have it are members
		}
		key := uint64(t.x)<<32 | uint64(t.root)
		stocks[key] = append(stocks[key], t)
	})
	list := make([]approach, 0, len(found))
	for _, a := range found {
		list = append(list, *a)
	}
	slices.SortFunc(list, func(x, y approach) int {
		return cmp.Compare(uint64(x.x)<<32|uint64(x.root), uint64(y.x)<<32|uint64(y.root))
	})
	return list, stocks
}
