package link

import (
	"slices"

	"bonafide/match/name"
	"bonafide/record"
)

// edge says that one applicant named another: as a referee, or as the one who
// referred them.
type edge struct {
	from, to       uint32 // identities
	subject, other uint32
	index, at      uint8
	value          uint64
	otherName      bool // the referee's name is not that of the one who holds the contact
	taken          bool // somebody else held the contact before the one it leads to
}

// nameReferees finds referees whose contact belongs to another applicant.
func (e *evaluation) nameReferees() {
	for _, gr := range e.groups {
		ps := e.b.of(gr)
		for _, p := range ps {
			if p.of() == record.KindReferee {
				from := len(e.named)
				e.named = e.holders(e.named, ps, p)
				for i := from; i < len(e.named); i++ {
					e.named[i].otherName = e.namesAnother(ps, &e.named[i])
				}
			}
		}
	}
}

// namesAnother reports whether a referee is stated under a name that is none of
// those under which whoever holds the contact applied: who married has two.
func (e *evaluation) namesAnother(ps []posting, n *edge) bool {
	stated := e.b.subjects[n.subject].referees
	if int(n.index) >= len(stated) {
		return false
	}
	for _, q := range ps {
		if k := q.of(); (k == record.KindEmail || k == record.KindPhone) && e.g.ident.find(q.subject()) == n.to {
			who := &e.b.subjects[q.subject()].person
			for _, holder := range append([]string{who.Name}, who.Others...) {
				if name.SamePerson(stated[n.index], holder) != name.Different {
					return false
				}
			}
		}
	}
	return true
}

// refer weighs who names whom, and replies that came from a network an
// applicant uses.
func (e *evaluation) refer() {
	for _, gr := range e.groups {
		if slices.ContainsFunc(e.b.of(gr), isReply) {
			e.replies(gr)
		}
	}
	named := e.named
	out := neighbours(named)
	both := map[uint32]int{} // how many referees name this identity back
	circle := make([]int, len(named))
	for i, n := range named {
		circle[i] = circleLength(out, n.to, n.from)
		if circle[i] == 2 {
			both[n.from]++
		}
	}
	if e.b.climate == nil {
		e.daily[record.KindRefereeSelf] = e.circlesDaily(named, circle, func(i int) bool { return circle[i] > 2 || both[named[i].from] > 2 })
	}
	for i, n := range named {
		another, _ := e.corroborated(n.from, n.to, record.KindRefereeSelf)
		f := found{subject: n.subject, identities: 1, value: n.value, shared: 1, kind: record.KindRefereeSelf, otherKind: record.KindEmail,
			index: n.index, otherIndex: n.at, excuse: record.Colleagues}
		switch {
		case n.otherName: // a contact under a name that is not its holder's is more than a colleague's
			f.strength, f.excuse = record.Strong, 0
			f.flags |= foundOtherName
		case circle[i] > 2 || both[n.from] > 2: // two channels of one referee are one naming
			f.strength, f.excuse = record.Supporting, 0
			if another {
				f.strength = record.Strong
			} else if e.daily[record.KindRefereeSelf] {
				f.strength = record.Weak
			}
		case another && circle[i] == 2:
			f.strength, f.excuse = record.Strong, 0
		case another:
			f.strength, f.excuse = record.Supporting, 0
		}
		if circle[i] > 0 {
			f.flags |= foundMutual
		}
		if another {
			f.flags |= foundCorroborated
		}
		f.firstOther, f.otherCount = uint32(len(e.others)), 1
		e.others = append(e.others, n.other)
		e.found = append(e.found, f)
	}
}

// circlesDaily reports whether circles of people whom nothing else links are more
// here than a kind of evidence may make: former colleagues who name each other. Where
// there are pairs of them, there are three.
func (e *evaluation) circlesDaily(named []edge, circle []int, in func(int) bool) bool {
	mutual, pairs, joined := 0, 0, map[uint32]uint32{} // to whom of one circle
	first := func(x uint32) uint32 {
		for joined[x] != x {
			x = joined[x]
		}
		return x
	}
	for i, n := range named {
		if another, _ := e.corroborated(n.from, n.to, record.KindRefereeSelf); another || n.otherName {
			continue
		}
		if !in(i) {
			if circle[i] == 2 {
				mutual++
			}
			continue
		}
		pairs++
		for _, x := range [...]uint32{n.from, n.to} {
			if _, ok := joined[x]; !ok {
				joined[x] = x
			}
		}
		joined[first(n.from)] = first(n.to)
	}
	circles := 0
	for x, y := range joined {
		if x == y {
			circles++
		}
	}
	return (circles >= habit || mutual >= 2*homesLeast) && float64(pairs) > falsePairs*float64(e.people())
}

// holdersMost is up to how many applicants may hold one contact for it to be
// anybody's in particular.
const holdersMost = 3

// holders adds an edge to every other identity whose own contact this is.
func (e *evaluation) holders(to []edge, ps []posting, p posting) []edge {
	from := len(to)
	me := e.g.ident.find(p.subject())
	first := uint32(maxCount) // who held the contact first
	for _, q := range ps {
		if k := q.of(); k != record.KindEmail && k != record.KindPhone {
			continue
		}
		if first == maxCount || e.b.subjects[q.subject()].at < e.b.subjects[first].at {
			first = q.subject()
		}
	}
	for _, q := range ps {
		if k := q.of(); k != record.KindEmail && k != record.KindPhone {
			continue
		}
		o := e.g.ident.find(q.subject())
		known := slices.ContainsFunc(to[from:], func(n edge) bool { return n.to == o })
		if o == me || known {
			continue
		}
		if len(to)-from == holdersMost {
			return to[:from]
		}
		to = append(to, edge{from: me, to: o, subject: p.subject(), other: q.subject(), index: p.index, at: q.index, value: p.value,
			taken: e.g.ident.find(first) != o && e.b.subjects[first].at < e.b.subjects[q.subject()].at})
	}
	return to
}

func isReply(p posting) bool { return p.of() == record.KindReplyOrigin }

// replies looks at each reply from one network. Who uses it is gathered once: from an exit of very many come many replies.
func (e *evaluation) replies(gr group) {
	users := e.membersOf(gr, record.KindNetwork)
	if len(users) == 0 {
		return
	}
	by, first := map[uint32]uint32{}, []uint32(nil) // subjects, by identity
	for i := range users {
		by[users[i].ident] = users[i].first.subject()
		first = e.smallest(first, users[i].first.subject(), othersNamed+1) // one may be whose referee it is
	}
	for _, p := range e.b.of(gr) {
		if !isReply(p) {
			continue
		}
		mine, own := by[e.g.ident.find(p.subject())]
		others := make([]uint32, 0, othersNamed)
		for _, o := range first {
			if len(others) < othersNamed && !(own && o == mine) {
				others = append(others, o)
			}
		}
		e.replied(p, users, others, own)
	}
}

// replied looks at the network a referee answered from: the applicant's own,
// or that of few others. A network of many says nothing.
func (e *evaluation) replied(p posting, users []member, others []uint32, own bool) {
	me := e.g.ident.find(p.subject())
	n := len(users)
	if own {
		n--
	}
	f := found{subject: p.subject(), identities: uint32(n), value: p.value, shared: 1, kind: record.KindReplyOrigin, otherKind: record.KindNetwork, index: p.index}
	switch {
	case e.b.subjects[p.subject()].agency != 0:
		f.excuse = record.Agency
	case n > householdMost || e.chance(record.KindNetwork, p.stratum(), n+1):
		f.excuse = record.Crowd
	case own:
		f.strength = record.Strong
		f.flags |= foundMutual
	case !e.daily[record.KindNetwork]:
		f.strength = record.Supporting
	default:
		f.strength = record.Weak // colleagues' offices; more where something else links the two
		for i := range users {
			if another, _ := e.corroborated(me, users[i].ident, record.KindReplyOrigin); another {
				f.strength = record.Supporting
				f.flags |= foundCorroborated
			}
		}
	}
	f.firstOther, f.otherCount = uint32(len(e.others)), uint8(len(others))
	e.others = append(e.others, others...)
	e.found = append(e.found, f)
}

// nameReferrers finds the record behind each referral.
func (e *evaluation) nameReferrers() {
	const unknown = ^uint32(0)
	self := map[uint64]uint32{}
	for i := range e.b.subjects {
		if r := e.b.subjects[i].referrer; r != 0 {
			self[r] = unknown
		}
	}
	for i := range e.b.subjects {
		if _, asked := self[e.b.subjects[i].self]; asked {
			self[e.b.subjects[i].self] = uint32(i)
		}
	}
	for i := range e.b.subjects {
		r := e.b.subjects[i].referrer
		if by, ok := self[r]; ok && r != 0 && by != unknown {
			if x, y := e.g.ident.find(uint32(i)), e.g.ident.find(by); x != y {
				e.referred = append(e.referred, edge{from: x, to: y, subject: uint32(i), other: by, value: r})
			}
		}
	}
}

// referrals weighs who referred whom. Referrals are how honest hiring works:
// only a small circle, or a referrer who stands in an operator question, says
// something.
func (e *evaluation) referrals() {
	referred := e.referred
	out := neighbours(referred)
	for _, r := range referred {
		f := found{subject: r.subject, identities: 1, value: r.value, shared: 1, kind: record.KindReferral, otherKind: record.KindReferral}
		circle := circleLength(out, r.to, r.from)
		if circle > 0 {
			f.flags |= foundMutual
		}
		if circle > 0 || e.g.clusters[r.to] != 0 {
			f.strength = record.Supporting
		}
		f.firstOther, f.otherCount = uint32(len(e.others)), 1
		e.others = append(e.others, r.other)
		e.found = append(e.found, f)
	}
}

func neighbours(edges []edge) map[uint32][]uint32 {
	out := map[uint32][]uint32{}
	for _, n := range edges {
		if !slices.Contains(out[n.from], n.to) {
			out[n.from] = append(out[n.from], n.to)
		}
	}
	return out
}

// circleLength is how many identities the smallest circle of at most four has
// that leads from one identity back to another by way of their edge; 0 if none.
func circleLength(out map[uint32][]uint32, from, to uint32) int {
	front, seen := []uint32{from}, map[uint32]bool{from: true}
	for length := 2; length <= 4; length++ {
		var next []uint32
		for _, x := range front {
			for _, y := range out[x] {
				if y == to {
					return length
				}
				if !seen[y] && len(seen) < 1000 {
					seen[y] = true
					next = append(next, y)
				}
			}
		}
		front = next
	}
	return 0
}
