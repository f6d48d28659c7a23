package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/record"
)

// evaluation weighs shared values. It is the work of one Build.
type evaluation struct {
	b      *Builder
	g      *Graph
	groups []group
	homes  map[uint64]int // identities per home, where there are several
	rate   []float64      // by stratum: how many strangers share a value by chance
	common [record.Kinds]float64
	pairs  map[uint64]evidence // by pair of identities: what links them
	joined [][]uint32          // identities that later claimed one value of somebody else
	found  []found
	others []uint32
	scratch
}

// evidence is what links one pair of identities, direction left aside.
type evidence struct {
	families uint16 // bit per family
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
)

// member is one identity in a group.
type member struct {
	ident  uint32
	at     int64 // when it first gave the value
	first  posting
	home   uint64
	agency uint64
	flags  uint8
	proven bool
	posts  []posting
}

type scratch struct {
	members []member
	posts   []posting
}

func newEvaluation(b *Builder, g *Graph, groups []group) *evaluation {
	return &evaluation{b: b, g: g, groups: groups, homes: map[uint64]int{}, rate: make([]float64, len(b.space)), pairs: map[uint64]evidence{}}
}

// membersOf gathers the identities that carry a value as one kind, in the
// order of their first claim. The slice is valid until the next call.
func (e *evaluation) membersOf(gr group, kind record.Kind) []member {
	e.members, e.posts = e.members[:0], e.posts[:0]
	for _, p := range e.b.of(gr) {
		if p.of() == kind {
			e.posts = append(e.posts, p)
		}
	}
	ident := func(p posting) uint32 { return e.g.ident.find(p.subject) }
	slices.SortFunc(e.posts, func(x, y posting) int {
		return cmp.Or(cmp.Compare(ident(x), ident(y)), cmp.Compare(e.b.subjects[x.subject].at, e.b.subjects[y.subject].at),
			cmp.Compare(e.b.subjects[x.subject].name, e.b.subjects[y.subject].name), cmp.Compare(x.index, y.index))
	})
	for i := 0; i < len(e.posts); {
		j := i + 1
		s := &e.b.subjects[e.posts[i].subject]
		m := member{ident: ident(e.posts[i]), at: s.at, first: e.posts[i], home: s.home, agency: s.agency, flags: e.posts[i].flags(), proven: s.proven}
		for j < len(e.posts) && ident(e.posts[j]) == m.ident {
			t := &e.b.subjects[e.posts[j].subject]
			m.home, m.agency = cmp.Or(m.home, t.home), cmp.Or(m.agency, t.agency)
			m.flags |= e.posts[j].flags()
			m.proven = m.proven || t.proven
			j++
		}
		m.posts = e.posts[i:j]
		e.members = append(e.members, m)
		i = j
	}
	slices.SortFunc(e.members, func(x, y member) int {
		return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(e.b.subjects[x.first.subject].name, e.b.subjects[y.first.subject].name))
	})
	return e.members
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

// measure learns how common each kind of sharing is in this population: who
// lives together, how dense the strata are, how often two strangers meet in
// one value although nobody operates both.
func (e *evaluation) measure() {
	kinds := make([]record.Kind, 0, 8)
	for _, gr := range e.groups {
		if kinds = e.kindsOf(gr, kinds); slices.Contains(kinds, record.KindAddress) {
			if m := e.membersOf(gr, record.KindAddress); len(m) > 1 {
				e.homes[e.b.of(gr)[0].value] = len(m)
			}
		}
	}
	type tally struct{ carriers, pairs float64 }
	strata := make([]tally, len(e.b.space))
	var single, double [record.Kinds]float64
	for i := range e.b.postings {
		ps := e.b.postings[i]
		for j := range ps {
			if j == 0 || ps[j].value != ps[j-1].value || ps[j].subject != ps[j-1].subject {
				strata[ps[j].stratum].carriers++
			}
			if j == 0 || ps[j].value != ps[j-1].value {
				single[ps[j].of()]++
			}
		}
	}
	for _, gr := range e.groups {
		for _, k := range e.kindsOf(gr, kinds) {
			ms := e.membersOf(gr, k)
			if len(ms) < 2 || len(ms) > crowd {
				continue
			}
			if len(ms) <= 5 {
				n := 0.0
				for i := range ms {
					for j := range i {
						if e.excused(k, &ms[i], &ms[j]) == record.NoExcuse {
							n++
						}
					}
				}
				strata[ms[0].first.stratum].pairs += n
				if len(ms) == 2 && n == 1 {
					double[k]++
				}
			}
			single[k]--
		}
	}
	// Where so many values are drawn from so small a set that strangers meet,
	// and the sharing seen is of that size, chance explains it. Numbers that are
	// given to one person each are dense too, but then nothing is shared.
	const explains = 0.4
	all := tally{}
	expected := func(n float64, bits float32) float64 { return n * n / 2 / math.Exp2(float64(bits)) }
	expectedAll := 0.0
	for i := 1; i < len(strata); i++ {
		expectedAll += expected(strata[i].carriers, e.b.space[i])
		all.carriers += strata[i].carriers
		all.pairs += strata[i].pairs
	}
	dense := expectedAll >= 5 && expectedAll >= all.carriers*falsePairs && all.pairs >= explains*expectedAll
	for i := 1; i < len(strata); i++ {
		want := expected(strata[i].carriers, e.b.space[i])
		if dense || want >= 5 && strata[i].pairs >= explains*want {
			e.rate[i] = strata[i].carriers / math.Exp2(float64(e.b.space[i]))
		}
	}
	// The same without knowing the set: if one value in fifty is shared by
	// exactly two strangers, being shared by two says nothing (Poisson).
	const coincidental = 0.02
	for k := range e.common {
		if single[k] >= 500 {
			if rate := 2 * double[k] / single[k]; rate >= coincidental {
				e.common[k] = rate
			}
		}
	}
}

// excused is the honest reason for two identities to share a value, if one is in sight.
func (e *evaluation) excused(k record.Kind, x, y *member) record.Excuse {
	r := &rules[k]
	if r.agency && x.agency != 0 && x.agency == y.agency {
		return record.Agency
	}
	if r.household && x.home != 0 && x.home == y.home && e.homes[x.home] <= householdMost {
		return record.Household
	}
	if (k == record.KindPayout || k == record.KindWallet) && x.flags&y.flags&flagCompany != 0 {
		return record.Agency
	}
	return record.NoExcuse
}

func pairKey(x, y uint32) uint64 {
	if x > y {
		x, y = y, x
	}
	return uint64(x)<<32 | uint64(y)
}

var familyBit = map[record.Family]uint16{record.Ident: 1, record.Contact: 2, record.Net: 4, record.CV: 8, record.Ref: 16, record.Pay: 32}

// chance reports whether strangers alone make groups of this size.
func (e *evaluation) chance(k record.Kind, stratum uint16, others int) bool {
	return poissonTail(others, max(e.rate[stratum], e.common[k])) > falsePairs
}

// weigh turns groups and pairs into links: first what links each pair of
// identities, then what that means for each of the two.
func (e *evaluation) weigh(pairs []pairLink) {
	kinds := make([]record.Kind, 0, 8)
	counts := func(k record.Kind, n int, stratum uint16) bool {
		return n > rules[k].others && n <= rules[k].crowd && !e.chance(k, stratum, n-1)
	}
	note := func(x, y uint32, k record.Kind, s record.Strength) {
		key := pairKey(x, y)
		ev := e.pairs[key]
		ev.families |= familyBit[k.Family()]
		switch {
		case k.Held():
			ev.held, ev.anchor = true, ev.anchor || s >= record.Strong
		case s >= record.Strong:
			ev.typed |= familyBit[k.Family()]
		}
		e.pairs[key] = ev
	}
	for pass := range 2 { // networks only say more about pairs that something else links
		for _, gr := range e.groups {
			for _, k := range e.kindsOf(gr, kinds) {
				if (k == record.KindNetwork) != (pass == 1) {
					continue
				}
				ms := e.membersOf(gr, k)
				if !counts(k, len(ms), ms[0].first.stratum) {
					continue
				}
				for i := range ms {
					for j := range i {
						if e.excused(k, &ms[i], &ms[j]) != record.NoExcuse {
							continue
						}
						if pass == 1 && e.pairs[pairKey(ms[i].ident, ms[j].ident)].families == 0 {
							continue
						}
						note(ms[i].ident, ms[j].ident, k, rules[k].strength)
					}
				}
				e.claimants(ms, k)
			}
		}
		if pass == 0 {
			for _, p := range pairs {
				if p.strength >= record.Supporting {
					note(e.g.ident.find(p.a), e.g.ident.find(p.b), p.kind, p.strength)
				}
			}
		}
	}
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
	return ev.families&^familyBit[k.Family()] != 0, ev.held
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
	for i := range ms {
		e.weighMember(ms, i, k, r)
	}
}

// crowded says of everyone in a crowd that the value is not counted.
func (e *evaluation) crowded(ms []member, k record.Kind) {
	from := uint32(len(e.others))
	var list []uint32
	for i := range ms {
		list = e.smallest(list, ms[i].first.subject, 6)
	}
	e.others = append(e.others, list...)
	for i := range ms {
		for _, p := range ms[i].posts {
			f := found{subject: p.subject, firstOther: from, otherCount: uint8(len(list)), identities: uint32(len(ms) - 1), value: p.value,
				shared: 1, kind: k, otherKind: k, index: p.index, excuse: record.Crowd}
			e.found = append(e.found, f)
		}
	}
}

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

func (e *evaluation) weighMember(ms []member, i int, k record.Kind, r *rule) {
	me := &ms[i]
	var counted, excused []uint32 // subjects
	excuse := record.NoExcuse
	n, earlier, another, held, provenOther := 0, 0, false, false, false
	joint := true
	var gap int64 = math.MaxInt64
	for j := range ms {
		if i == j {
			continue
		}
		o := &ms[j]
		if why := e.excused(k, me, o); why != record.NoExcuse {
			excuse = why
			excused = e.smallest(excused, o.first.subject, 5)
			continue
		}
		n++
		counted = e.smallest(counted, o.first.subject, 5)
		a, h := e.corroborated(me.ident, o.ident, k)
		another, held = another || a, held || h
		if o.at < me.at || o.at == me.at {
			earlier++
		}
		provenOther = provenOther || o.proven
		joint = joint && me.flags&o.flags&flagJoint != 0
		gap = min(gap, abs(o.at-me.at))
	}
	f := found{value: me.first.value, shared: 1, kind: k, otherKind: k, identities: uint32(n)}
	if n == 0 {
		f.excuse, f.identities = excuse, uint32(len(ms)-1)
		e.emit(me, f, excused)
		return
	}
	f.strength = e.strengthOf(k, r, n, another)
	if earlier > 0 {
		f.flags |= foundLater
	}
	if another {
		f.flags |= foundCorroborated
	}
	switch {
	case n < r.others:
		f.strength = 0
	case e.chance(k, me.first.stratum, n):
		f.strength, f.excuse = 0, record.Chance
	case !k.Held() && !held && (earlier == 0 || me.proven && !provenOther):
		// Typed by somebody later: it may have been planted on this person.
		f.strength, f.excuse = 0, record.EarlierOwner
	case k == record.KindPhone && gap > reissueDays*86400:
		f.strength, f.excuse = min(f.strength, record.Supporting), record.Reissued
	case joint && n == 1 && (k == record.KindPayout || k == record.KindWallet):
		f.strength = record.Supporting
	}
	e.emit(me, f, counted)
}

// strengthOf applies what the table cannot say in one word.
func (e *evaluation) strengthOf(k record.Kind, r *rule, others int, corroborated bool) record.Strength {
	switch k {
	case record.KindNetwork:
		// A network of more than three strangers is mostly an institution's,
		// unless something else links them too.
		if !corroborated && others > 2 {
			return record.Weak
		}
	case record.KindDelivery:
		if others == 1 && !corroborated {
			return record.Supporting
		}
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
		f.subject, f.index = p.subject, p.index
		e.found = append(e.found, f)
	}
}

// indexOf is which of the other subject's values is meant.
func (e *evaluation) indexOf(subject uint32, value uint64, k record.Kind) uint8 {
	for i := range e.members {
		for _, p := range e.members[i].posts {
			if p.subject == subject && p.value == value && p.of() == k {
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
					others = e.smallest(others, o, 5)
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
