package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/record"
)

// evaluation weighs shared values. It is the work of one Build.
type evaluation struct {
	b         *Builder
	g         *Graph
	groups    []group
	doors     doors
	rate      []float64          // by stratum: how many strangers share a value by chance
	density   []float64          // by stratum: how many people there are for a value
	crowding  map[uint64]float64 // by block of numbers that several have: how many strangers stand in a block there
	common    [record.Kinds]float64
	daily     [record.Kinds]bool   // kinds that strangers here share every day
	homes     [record.Kinds]int    // up to how many of one home share a kind as families do
	halls     [record.Kinds]bool   // kinds that residences share
	vain      [record.Kinds]uint16 // by soft kind: stories that so often come with it that they add nothing
	pairs     map[uint64]evidence  // by pair of identities: what links them
	ties      []tie                // the same, kind by kind, for the model of operators
	persona   *Persona             // learned here
	learned   Climate              // the same with all else
	group     *groupModel          // learned in the first round
	proven    map[uint32]bool      // identities with a document proven by chip, wallet or in person
	anyProven map[uint32]bool      // questions with one
	live      map[uint32][]Live    // by identity
	named     []edge               // who names whose contact as a referee's
	referred  []edge               // who says that whom referred them
	shown     []tie                // stock that drew somebody in, to be shown beside the ties
	parted    map[uint64]bool      // pairs that a person's split keeps apart, by way of whatever they share
	found     []found
	others    []uint32
	scratch
}

// evidence is what links one pair of identities, direction left aside.
type evidence struct {
	families uint16 // a bit per story
	firm     uint16 // those of them that are no daily life
	typed    uint16 // families of strong values that anybody could have typed
	held     bool   // one of the values only its holder can put there
	anchor   bool   // … and strong by itself: a device, an account, answers
}

// found is one link of one subject, small enough for millions.
type found struct {
	subject    uint32
	firstOther uint32 // others[firstOther:][:otherCount]
	identities uint32
	value      uint64
	shared     uint16
	otherCount uint8
	kind       record.Kind
	otherKind  record.Kind
	index      uint8
	otherIndex uint8
	strength   record.Strength
	excuse     record.Excuse
	flags      uint8
}

const (
	foundLater = 1 << iota
	foundCorroborated
	foundMutual
	foundOtherName
	foundPart
)

// member is one identity in a group.
type member struct {
	ident      uint32
	at         int64 // when it first gave the value
	first      posting
	door, flat uint64
	home, left uint64 // the home now, and the one left behind
	agency     uint64
	flags      uint8
	proven     bool
	house      uint32 // 1 + the first of the members it shares a home with, if that home is one of at most three
	posts      []posting
}

type scratch struct {
	members []member
	posts   []posting
}

func newEvaluation(b *Builder, g *Graph, groups []group) *evaluation {
	return &evaluation{b: b, g: g, groups: groups, doors: doorsOf(b, g), rate: make([]float64, len(b.space)), density: make([]float64, len(b.space)), pairs: map[uint64]evidence{}}
}

// membersOf gathers the identities that carry a value as one kind, in the
// order of their first claim. The slice is valid until the next call.
func (e *evaluation) membersOf(gr group, kind record.Kind) []member {
	return e.membersOfEither(gr, kind, kind)
}

func (e *evaluation) membersOfEither(gr group, kind, or record.Kind) []member {
	e.members, e.posts = e.members[:0], e.posts[:0]
	for _, p := range e.b.of(gr) {
		if k := p.of(); k == kind || k == or {
			e.posts = append(e.posts, p)
		}
	}
	ident := func(p posting) uint32 { return e.g.ident.find(p.subject()) }
	slices.SortFunc(e.posts, func(x, y posting) int {
		return cmp.Or(cmp.Compare(ident(x), ident(y)), cmp.Compare(e.b.subjects[x.subject()].at, e.b.subjects[y.subject()].at),
			cmp.Compare(e.b.subjects[x.subject()].name, e.b.subjects[y.subject()].name), cmp.Compare(x.index, y.index))
	})
	for i := 0; i < len(e.posts); {
		j := i + 1
		s := &e.b.subjects[e.posts[i].subject()]
		m := member{ident: ident(e.posts[i]), at: s.at, first: e.posts[i], door: s.door, flat: s.flat, home: s.home, left: s.before, agency: s.agency, flags: e.posts[i].flags(), proven: s.proven}
		for j < len(e.posts) && ident(e.posts[j]) == m.ident {
			t := &e.b.subjects[e.posts[j].subject()]
			m.agency = cmp.Or(m.agency, t.agency)
			if m.door == 0 {
				m.door, m.flat, m.home = t.door, t.flat, t.home
			}
			m.left = cmp.Or(m.left, t.before)
			m.flags |= e.posts[j].flags()
			m.proven = m.proven || t.proven
			j++
		}
		m.posts = e.posts[i:j]
		e.members = append(e.members, m)
		i = j
	}
	slices.SortFunc(e.members, func(x, y member) int {
		return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(e.b.subjects[x.first.subject()].name, e.b.subjects[y.first.subject()].name))
	})
	e.houseMates(e.members, kind)
	return e.members
}

// ofVeryMany reports whether more identities carry a value than say anything, without gathering them all.
func (e *evaluation) ofVeryMany(gr group, k record.Kind) bool {
	if gr.hi-gr.lo <= crowd {
		return false
	}
	var seen [crowd]uint32
	n := 0
	for _, p := range e.b.of(gr) {
		x := e.g.ident.find(p.subject())
		if p.of() != k || slices.Contains(seen[:n], x) {
			continue
		}
		if n == crowd {
			return true
		}
		seen[n] = x
		n++
	}
	return false
}

// kindsOf lists the kinds with rules that occur in a group more than once.
func (e *evaluation) kindsOf(gr group, to []record.Kind) []record.Kind {
	to = to[:0]
	var n [record.Kinds]int
	for _, p := range e.b.of(gr) {
		n[p.of()]++
	}
	for k, count := range n {
		if count > 1 && rules[k].strength != 0 {
			to = append(to, record.Kind(k))
		}
	}
	return to
}

func pairKey(x, y uint32) uint64 {
	if x > y {
		x, y = y, x
	}
	return uint64(x)<<32 | uint64(y)
}

// gather notes what links each pair of identities, direction left aside.
func (e *evaluation) gather(pairs []pairLink) {
	kinds := make([]record.Kind, 0, 8)
	counts := func(k record.Kind, n int, stratum uint32) bool {
		return tells(k) && n > rules[k].others && n <= rules[k].crowd && !e.chance(k, stratum, n-1)
	}
	note := func(x, y uint32, k record.Kind, s record.Strength, holders int) {
		key := pairKey(x, y)
		ev := e.pairs[key]
		ev.families |= bitOf(k)
		if !rules[k].soft || !e.daily[k] {
			ev.firm |= bitOf(k)
		}
		switch {
		case k == record.KindNetwork && holders > ownNetwork:
			// An exit or an office: whoever frames somebody may sit there too.
		case k.Held():
			ev.held, ev.anchor = true, ev.anchor || s >= record.Strong
		case s >= record.Strong:
			ev.typed |= bitOf(k)
		}
		e.pairs[key] = ev
	}
	for pass := range 2 { // networks only say more about pairs that something else links
		for _, gr := range e.groups {
			for _, k := range e.kindsOf(gr, kinds) {
				if (k == record.KindNetwork) != (pass == 1) || e.ofVeryMany(gr, k) {
					continue
				}
				ms := e.membersOf(gr, k)
				if !counts(k, len(ms), ms[0].first.stratum()) || institution(ms, &rules[k], k) != record.NoExcuse || e.houses(ms, k) {
					continue
				}
				if k != record.KindReferee || !e.applicants(gr) {
					e.tieMembers(ms, k)
				}
				for i := range ms {
					for j := range i {
						if e.excused(k, &ms[i], &ms[j]) != record.NoExcuse || e.bigHouse(k, &ms[i], &ms[j]) {
							continue
						}
						if pass == 1 && e.pairs[pairKey(ms[i].ident, ms[j].ident)].families&^bitPlace == 0 {
							continue
						}
						note(ms[i].ident, ms[j].ident, k, e.between(k, &ms[i], &ms[j]), len(ms))
					}
				}
			}
		}
		if pass == 0 {
			for _, p := range pairs {
				if p.strength >= record.Supporting && tells(p.kind) {
					note(e.g.ident.find(p.a), e.g.ident.find(p.b), p.kind, p.strength, 2)
				}
			}
		}
	}
}

// weigh says what all that means for each subject.
func (e *evaluation) weigh(pairs []pairLink) {
	kinds := make([]record.Kind, 0, 8)
	for _, gr := range e.groups {
		for _, k := range e.kindsOf(gr, kinds) {
			e.weighGroup(gr, k)
		}
	}
	e.weighPairs(pairs)
	e.mergeQuestions()
}

// corroborated says that another family links the two, held that a value does
// which only its holder can put there.
func (e *evaluation) corroborated(x, y uint32, k record.Kind) (another, held bool) {
	ev := e.pairs[pairKey(x, y)]
	return ev.families&^sameStory(k)&^(e.vain[k]&^ev.firm) != 0, ev.held
}

func (e *evaluation) weighGroup(gr group, k record.Kind) {
	ms := e.membersOf(gr, k)
	if len(ms) < 2 {
		return
	}
	r := &rules[k]
	if len(ms) > r.crowd {
		e.crowded(ms, k)
		return
	}
	whose, houses := institution(ms, r, k), e.houses(ms, k)
	for i := range ms {
		e.weighMember(ms, i, k, r, whose, houses)
	}
}

// crowded says of everyone in a crowd that the value is not counted.
func (e *evaluation) crowded(ms []member, k record.Kind) {
	from := uint32(len(e.others))
	var list []uint32
	for i := range ms {
		list = e.smallest(list, ms[i].first.subject(), othersNamed+1)
	}
	e.others = append(e.others, list...)
	for i := range ms {
		for _, p := range ms[i].posts {
			f := found{subject: p.subject(), firstOther: from, otherCount: uint8(len(list)), identities: uint32(len(ms) - 1), value: p.value,
				shared: 1, kind: k, otherKind: k, index: p.index, excuse: record.Crowd}
			e.found = append(e.found, f)
		}
	}
}

// othersNamed is how many others a link names.
const othersNamed = 5

// smallest keeps the n smallest record names.
func (e *evaluation) smallest(list []uint32, s uint32, n int) []uint32 {
	at, _ := slices.BinarySearchFunc(list, s, func(x, y uint32) int { return cmp.Compare(e.b.subjects[x].name, e.b.subjects[y].name) })
	if at == n {
		return list
	}
	if list = slices.Insert(list, at, s); len(list) > n {
		list = list[:n]
	}
	return list
}

func (e *evaluation) weighMember(ms []member, i int, k record.Kind, r *rule, whose record.Excuse, houses bool) {
	me := &ms[i]
	var counted, excused []uint32 // subjects
	excuse := record.NoExcuse
	var theirs []uint32 // subjects something else leads to, or of the question whose value it mostly is
	whoever := e.operators(ms, me, r)
	of := 0
	n, earlier, another, beyond, held, provenOther := 0, 0, false, false, false, false
	joint, company, oneHouse, atHome := true, true, true, true
	var gap int64 = math.MaxInt64
	for j := range ms {
		if i == j {
			continue
		}
		o := &ms[j]
		why := whose
		if why == record.NoExcuse {
			why = e.excused(k, me, o)
		}
		if why != record.NoExcuse {
			excuse = why
			excused = e.smallest(excused, o.first.subject(), othersNamed)
			continue
		}
		n++
		counted = e.smallest(counted, o.first.subject(), othersNamed)
		a, h := e.corroborated(me.ident, o.ident, k)
		another, held = another || a, held || h
		if a || whoever != 0 && e.g.clusterOf(o.ident) == whoever {
			theirs = e.smallest(theirs, o.first.subject(), othersNamed)
			of++
		}
		beyond = beyond || e.pairs[pairKey(me.ident, o.ident)].families&^homeStory != 0
		if o.at <= me.at {
			earlier++
		}
		provenOther = provenOther || o.proven
		joint = joint && me.flags&o.flags&flagJoint != 0
		oneHouse = oneHouse && e.bigHouse(k, me, o)
		atHome = atHome && oneRoof(me, o)
		company = company && me.flags&o.flags&flagCompany != 0
		gap = min(gap, abs(o.at-me.at))
	}
	f := found{value: me.first.value, shared: 1, kind: k, otherKind: k, identities: uint32(n)}
	if n == 0 {
		f.excuse, f.identities = excuse, uint32(len(ms)-1)
		e.emit(me, f, excused)
		return
	}
	operators := whoever != 0
	if r.soft && e.daily[k] && of > 0 {
		counted, f.identities = theirs, uint32(of) // bystanders are no evidence, and are not named
	}
	f.strength = e.strengthOf(k, r, n, another || operators)
	if earlier > 0 {
		f.flags |= foundLater
	}
	if another {
		f.flags |= foundCorroborated
	}
	switch {
	case n < r.others:
		f.strength = 0
	case !operators && e.chance(k, me.first.stratum(), n):
		f.strength, f.excuse = 0, record.Chance
	case !k.Held() && !held && (earlier == 0 || me.proven && !provenOther):
		// Typed by somebody later: it may have been planted on this person.
		f.strength, f.excuse = 0, record.EarlierOwner
	case !beyond && !operators && (atHome && e.homely(k, me, n) || (houses || oneHouse) && e.halls[k]):
		f.strength = record.Weak
	case k == record.KindPhoneBlock && !another && e.bystander(me, whoever):
		f.strength = record.Weak
	case k == record.KindPhone && gap > reissueDays*86400:
		f.strength, f.excuse = record.Weak, record.Reissued
		if another {
			f.strength = record.Supporting
		}
	case k == record.KindNetwork && atHome:
		f.strength = record.Weak // the home has said it already
	case houses || oneHouse || r.household && k.Family() != record.Pay && atHome:
		f.strength = min(f.strength, record.Supporting) // as between has it
	case k.Family() == record.Pay && joint && n == 1 && atHome:
		f.strength = record.Weak // the two of one home who hold it say so
	case k.Family() == record.Pay && (joint && n == 1 || company):
		f.strength = record.Supporting // two holders, or partners in one company: to be shown, not assumed
	}
	e.emit(me, f, counted)
}

// operators is the operator question to which the others who share a soft value
// mostly belong: then it is no longer any network or any referee. 0 for none.
func (e *evaluation) operators(ms []member, me *member, r *rule) uint32 {
	if !r.soft {
		return 0
	}
	root, n := e.g.mostly(ms)
	if n > 1 && (e.g.clusterOf(me.ident) != root || n > 2) {
		return root
	}
	return 0
}

// strengthOf applies what the table cannot say in one word.
func (e *evaluation) strengthOf(k record.Kind, r *rule, others int, corroborated bool) record.Strength {
	switch {
	case r.soft && e.daily[k] && !corroborated:
		return record.Weak
	case k == record.KindDelivery && others == 1 && !corroborated:
		return record.Supporting
	}
	return r.strength
}

func (e *evaluation) emit(m *member, f found, others []uint32) {
	f.firstOther, f.otherCount = uint32(len(e.others)), uint8(len(others))
	e.others = append(e.others, others...)
	if len(others) > 0 {
		f.otherIndex = e.indexOf(others[0], f.value, f.otherKind)
	}
	for _, p := range m.posts {
		f.subject, f.index = p.subject(), p.index
		e.found = append(e.found, f)
	}
}

// indexOf is which of the other subject's values is meant.
func (e *evaluation) indexOf(subject uint32, value uint64, k record.Kind) uint8 {
	for i := range e.members {
		for _, p := range e.members[i].posts {
			if p.subject() == subject && p.value == value && p.of() == k {
				return p.index
			}
		}
	}
	return 0
}

// mergeQuestions notes every identity that applied more than once.
func (e *evaluation) mergeQuestions() {
	byIdent := map[uint32][]uint32{}
	for s := range e.g.ident.up {
		if r := e.g.ident.find(uint32(s)); r != uint32(s) {
			byIdent[r] = append(byIdent[r], uint32(s))
		}
	}
	roots := make([]uint32, 0, len(byIdent))
	for r := range byIdent {
		roots = append(roots, r)
	}
	slices.Sort(roots)
	for _, r := range roots {
		all := append([]uint32{r}, byIdent[r]...)
		for _, s := range all {
			var others []uint32
			for _, o := range all {
				if o != s {
					others = e.smallest(others, o, othersNamed)
				}
			}
			from := uint32(len(e.others))
			e.others = append(e.others, others...)
			e.found = append(e.found, found{subject: s, firstOther: from, otherCount: uint8(len(others)), identities: uint32(len(all) - 1),
				shared: 1, kind: record.KindMergeQuestion, otherKind: record.KindMergeQuestion})
		}
	}
}

func abs(x int64) int64 {
	if x < 0 {
		return -x
	}
	return x
}
