package link

import (
	"cmp"
	"slices"

	"bonafide/record"
)

// tie is one kind of value that two identities share without an honest reason
// in sight: what the model of operators counts.
type tie struct {
	a, b    uint32 // identities, a < b
	value   uint64 // digest, 0 for texts and portraits
	kind    record.Kind
	level   uint8
	draws   uint8
	holders uint8 // of the value, both included; 2 for texts and portraits
	part    bool  // pictures: by parts of them alone
}

// Whom a tie may draw into the question the other stands in. What only its
// holder can place draws both. What anybody can type draws whoever typed it
// later, and two who took it from one third person draw each other: the first
// holder may be a victim. Naming somebody who was there draws who names, and
// never to one who took the contact from its holder.
const (
	drawsA = 1 << iota
	drawsB
	drawsBoth = drawsA | drawsB
)

// tieMost is from how many holders on a soft value of daily life leads nowhere
// and its pairs are not even looked at.
const tieMost = 12

func (e *evaluation) tie(x, y uint32, k record.Kind, level, draws uint8, holders int, value uint64) {
	if x != y {
		e.ties = append(e.ties, tied(x, y, k, level, draws, holders, value))
	}
}

func tied(x, y uint32, k record.Kind, level, draws uint8, holders int, value uint64) tie {
	if x > y {
		x, y = y, x
		draws = draws>>1 | draws<<1&drawsBoth
	}
	return tie{a: x, b: y, value: value, kind: k, level: level, draws: draws, holders: uint8(holders)}
}

// tieMembers ties the holders of one value, in the order of their first claim.
func (e *evaluation) tieMembers(ms []member, k record.Kind) {
	if rules[k].soft && e.daily[k] && len(ms) > tieMost {
		return
	}
	level := uint8(levelOf(k, len(ms)))
	owner := 0 // who held it first; a number that was given out again has a new one
	for i := range ms {
		if k == record.KindPhone && i > 0 && ms[i].at-ms[i-1].at > reissueDays*86400 {
			owner = i
		}
		for j := owner; j < i; j++ {
			x, y := &ms[j], &ms[i]
			if e.excused(k, x, y) != record.NoExcuse || e.bigHouse(k, x, y) || partners(k, x, y) {
				continue
			}
			if k == record.KindDelivery && x.first.of() != k && y.first.of() != k {
				continue // two at home
			}
			at := level
			if oneRoof(x, y) {
				at = atOneDoor
			}
			e.tie(x.ident, y.ident, k, at, e.draws(k, x, y, &ms[owner]), len(ms), x.first.value)
		}
	}
}

// applicants reports whether a referee's contact is an applicant's own: then who
// names whom says it, and others who name the same person say nothing of each other.
func (e *evaluation) applicants(gr group) bool {
	return slices.ContainsFunc(e.b.of(gr), func(p posting) bool { return p.of() == record.KindEmail || p.of() == record.KindPhone })
}

// partners are two holders of one account, or partners in one company.
func partners(k record.Kind, x, y *member) bool {
	return k.Family() == record.Pay && x.flags&y.flags&(flagJoint|flagCompany) != 0
}

// draws says whom a value draws: x claimed it before y, owner before both. Whoever had
// applied before somebody else claimed it is not drawn to them, however late they gave it
// themselves: it may have been taken from them elsewhere.
func (e *evaluation) draws(k record.Kind, x, y, owner *member) (d uint8) {
	if k.Held() {
		return drawsBoth
	}
	if e.g.firstSeen[y.ident] > x.at && !(y.proven && !x.proven) {
		d |= drawsB
	}
	if x != owner && owner.at < e.g.firstSeen[x.ident] && !(x.proven && !owner.proven) {
		d |= drawsA
	}
	return d
}

// tieDeliveries ties whose equipment goes to one door, also when it is the home
// of one of them.
func (e *evaluation) tieDeliveries(gr group) {
	homes, others := 0, 0
	for _, p := range e.b.of(gr) {
		switch p.of() {
		case record.KindAddress:
			homes++
		case record.KindDelivery:
			others++
		}
	}
	if homes == 0 || others == 0 || homes+others > crowd {
		return // all deliveries: tied as one kind
	}
	ms := e.membersOfEither(gr, record.KindDelivery, record.KindAddress)
	if len(ms) > 1 && institution(ms, &rules[record.KindDelivery], record.KindDelivery) == record.NoExcuse && !e.houses(ms, record.KindDelivery) {
		e.tieMembers(ms, record.KindDelivery)
	}
}

// tieReplies ties an applicant with those on whose network a referee answered:
// nobody but the one who answers can place that. A network on which referees of
// many answer is an exit.
func (e *evaluation) tieReplies(gr group) {
	var from []posting
	for _, p := range e.b.of(gr) {
		if p.of() == record.KindReplyOrigin && e.b.subjects[p.subject()].agency == 0 {
			from = append(from, p)
		}
	}
	if len(from) == 0 || len(from) > tieMost {
		return
	}
	users := e.membersOf(gr, record.KindNetwork)
	holders := len(users) + len(from)
	if len(users) == 0 || holders > tieMost || institution(users, &rules[record.KindNetwork], record.KindNetwork) != record.NoExcuse {
		return
	}
	for _, p := range from {
		me := e.g.ident.find(p.subject())
		s := &e.b.subjects[p.subject()]
		x := member{ident: me, door: s.door, flat: s.flat, home: s.home, left: s.before, agency: s.agency}
		for i := range users {
			if e.excused(record.KindNetwork, &x, &users[i]) == record.NoExcuse && !oneRoof(&x, &users[i]) {
				e.tie(me, users[i].ident, record.KindReplyOrigin, uint8(levelOf(record.KindReplyOrigin, holders)), drawsBoth, holders, p.value)
			}
		}
	}
}

// tieEdges ties who names whom.
func (e *evaluation) tieEdges() {
	for _, n := range e.named {
		level := uint8(0)
		if n.otherName {
			level = 1
		}
		x, y := &e.b.subjects[n.subject], &e.b.subjects[n.other]
		switch {
		case x.agency != 0 && x.agency == y.agency:
		case n.taken: // they named the one who held it before
		case e.g.firstSeen[n.to] > x.at: // the contact of somebody's referee was claimed later: by whoever claims it
			e.tie(n.from, n.to, record.KindRefereeSelf, level, drawsB, 2, n.value)
		default:
			e.tie(n.from, n.to, record.KindRefereeSelf, level, drawsA, 2, n.value)
		}
	}
	for _, r := range e.referred {
		e.tie(r.from, r.to, record.KindReferral, 0, drawsA, 2, r.value)
	}
}

// tiePairs ties those with near-equal texts, careers and portraits. Of three
// who share one, the two later ones draw each other.
func (e *evaluation) tiePairs(pairs []pairLink) {
	type side struct {
		x    uint32
		kind record.Kind
	}
	near := map[side][]uint32{}
	ident := e.g.ident.find
	seen := func(x uint32) int64 { return e.g.firstSeen[x] }
	for _, p := range pairs {
		a, b := ident(p.a), ident(p.b)
		near[side{a, p.kind}] = append(near[side{a, p.kind}], b)
		near[side{b, p.kind}] = append(near[side{b, p.kind}], a)
	}
	for _, p := range pairs {
		x, y := ident(p.a), ident(p.b)
		s, t := &e.b.subjects[p.a], &e.b.subjects[p.b]
		if seen(x) > seen(y) {
			x, y, s, t = y, x, t, s
		}
		if p.kind.Family() == record.CV && s.agency != 0 && s.agency == t.agency {
			continue
		}
		d := uint8(drawsBoth)
		if !p.kind.Held() {
			d = 0
			if seen(y) > seen(x) && !(t.proven && !s.proven) {
				d |= drawsB
			}
			for _, z := range near[side{x, p.kind}] {
				if seen(z) < seen(x) && slices.Contains(near[side{y, p.kind}], z) && !s.proven {
					d |= drawsA
					break
				}
			}
		}
		level := uint8(0)
		if !hard(p.kind) {
			level = min(2*uint8(record.Strong-min(p.strength, record.Strong)), atOneDoor-1)
		}
		if hard(p.kind) && p.strength < record.Strong {
			continue // one phrase in common is no copied answer
		}
		if x != y {
			near := tied(x, y, p.kind, level, d, 2, 0)
			near.part = p.part
			e.ties = append(e.ties, near)
		}
	}
}

// tieAll adds what gather did not tie, and sorts.
func (e *evaluation) tieAll(pairs []pairLink) {
	for _, gr := range e.groups {
		e.tieDeliveries(gr)
		e.tieReplies(gr)
	}
	e.tieEdges()
	e.tiePairs(pairs)
	e.sortTies()
}

// sortTies orders them by pair and keeps one of each kind: the rarest, with all
// it may draw.
func (e *evaluation) sortTies() {
	slices.SortFunc(e.ties, func(x, y tie) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.kind, y.kind), cmp.Compare(x.level, y.level),
			cmp.Compare(y.holders, x.holders), cmp.Compare(x.value, y.value))
	})
	kept := e.ties[:0]
	for _, t := range e.ties {
		if n := len(kept); n > 0 && kept[n-1].a == t.a && kept[n-1].b == t.b && kept[n-1].kind == t.kind {
			kept[n-1].draws |= t.draws
			kept[n-1].part = kept[n-1].part && t.part
			continue
		}
		kept = append(kept, t)
	}
	e.ties = kept
}
