package link

import (
	"cmp"
	"slices"

	"bonafide/match"
	"bonafide/record"
)

// Population is what weighing one pair must know of everybody else: how many
// there are and how common a value is. An index fills it from its counts; a
// missing function counts the two at hand and nobody else.
type Population struct {
	Records int                                   // applications under different record names
	Persona *Persona                              // ShippedPersona when nil
	Holders func(value uint64) int                // how many records carry a key
	Writers func(kind record.Kind, v uint64) int  // how many have a sentence or an item of a career
	AtHome  func(door, flat uint64) int           // how many live in a building, in that flat or in one unknown
	Chance  func(k record.Kind, key *Key) float64 // strangers who share a key because its numbers are dense
	Photos  int                                   // perceptual hashes compared: says how near is near
}

// Weighed is one pair, weighed.
type Weighed struct {
	record.Waterfall
	Same bool // the two claim one identity: a question of merging, not of operators
	// First says who held what anybody can type: -1 the first profile, +1 the
	// second, 0 nothing typed is shared or both on one second. Typed values are
	// no reason against whoever held them first.
	First int
}

// Weigh weighs one pair of profiles: every kind they share with its bits, what
// a family told already taken off, the prior, the total. It says what the two
// share, not what follows: direction, crowds of one operator and clusters are
// the business of Build.
func (p *Population) Weigh(a, b *Profile) Weighed {
	w := Weighed{Waterfall: record.Waterfall{With: b.Name}}
	persona := p.Persona
	if persona == nil {
		persona = ShippedPersona()
	}
	how := distant
	steps := p.sharedKeys(a, b, &how)
	steps = p.sharedTexts(a, b, steps)
	steps = p.sharedPhotos(a, b, steps)
	if w.Same = slices.ContainsFunc(steps, func(s record.Step) bool { return theirs(s.Kind) }) && sameIdentity(&a.Person, &b.Person, how); w.Same {
		w.Steps = steps
		return w
	}
	x := member{door: a.Door, flat: a.Flat, home: a.Home, left: a.Before, agency: a.Agency}
	y := member{door: b.Door, flat: b.Flat, home: b.Home, left: b.Before, agency: b.Agency}
	weighed := make([]weighedStep, len(steps))
	for i := range steps {
		s := &steps[i]
		s.Held = s.Kind.Held()
		s.Excuse = p.excuse(a, b, s)
		level := levelOf(s.Kind, s.Holders)
		if oneRoof(&x, &y) {
			level = atOneDoor
		}
		if s.Excuse == record.NoExcuse || s.Excuse == record.Reissued {
			s.Bits, s.M, s.U = persona.bits(s.Kind, level, p.Records, p.chanceOf(a, s))
		}
		if !s.Held && a.At != b.At {
			w.First = cmp.Compare(a.At, b.At)
		}
		weighed[i] = weighedStep{*s, storyAt(s.Kind, level)}
	}
	persona.sum(&w.Waterfall, weighed, p.Records)
	return w
}

func (p *Population) holders(v uint64) int {
	if p.Holders == nil {
		return 2
	}
	return max(2, p.Holders(v))
}

func (p *Population) sharedKeys(a, b *Profile, how *closeness) (steps []record.Step) {
	for i := range a.Keys {
		x := &a.Keys[i]
		for j := range b.Keys {
			y := &b.Keys[j]
			if x.Value != y.Value {
				continue
			}
			k := crossKind(x.Kind, y.Kind)
			if k == record.KindNone || slices.ContainsFunc(steps, func(s record.Step) bool { return s.Kind == k && s.Value == x.Value }) {
				continue
			}
			if x.Kind == y.Kind && theirs(k) {
				*how = max(*how, closenessOf(x.Kind))
			}
			steps = append(steps, record.Step{Kind: k, Value: x.Value, Holders: p.holders(x.Value)})
		}
	}
	return steps
}

// crossKind is what it means that a value stands as one kind here and as
// another there.
func crossKind(x, y record.Kind) record.Kind {
	if x > y {
		x, y = y, x
	}
	switch {
	case x == y && x != record.KindReplyOrigin:
		return x
	case y == record.KindReferee && (x == record.KindEmail || x == record.KindPhone):
		return record.KindRefereeSelf
	case x == record.KindNetwork && y == record.KindReplyOrigin:
		return record.KindReplyOrigin
	case x == record.KindAddress && y == record.KindDelivery:
		return record.KindDelivery
	}
	return record.KindNone
}

func (p *Population) sharedTexts(a, b *Profile, steps []record.Step) []record.Step {
	if len(a.Sentences) == 0 || len(b.Sentences) == 0 {
		return steps
	}
	mine := map[Sentence]bool{}
	for _, s := range a.Sentences {
		mine[s] = true
	}
	var n, rarest [record.Kinds][2]int
	for _, s := range b.Sentences {
		if !mine[s] {
			continue
		}
		delete(mine, s)
		writers := 2
		if p.Writers != nil {
			writers = max(2, p.Writers(s.Kind, s.Value))
		}
		if writers > dfMost {
			continue
		}
		f := 0
		if s.Second {
			f = 1
		}
		n[s.Kind][f]++
		if r := &rarest[s.Kind][f]; *r == 0 || writers < *r {
			*r = writers
		}
	}
	for k := range n {
		f := 0
		if n[k][1] > n[k][0] {
			f = 1
		}
		if n[k][f] > 0 {
			steps = append(steps, record.Step{Kind: record.Kind(k), Holders: rarest[k][f], Shared: n[k][f]})
		}
	}
	return steps
}

func (p *Population) sharedPhotos(a, b *Profile, steps []record.Step) []record.Step {
	if len(a.Photos) == 0 || len(b.Photos) == 0 {
		return steps
	}
	most := photoDistance(max(p.Photos, 2))
	for _, x := range a.Photos {
		for _, y := range b.Photos {
			if x.Kind == y.Kind && nearPhotos(&x, &y, most) {
				return append(steps, record.Step{Kind: x.Kind, Holders: 2, Value: match.Mix(min(x.Hash, y.Hash))})
			}
		}
	}
	for _, x := range a.Photos { // after every whole: that two pictures are one says more
		for _, y := range b.Photos {
			if x.Kind == y.Kind && nearParts(&x, &y) {
				return append(steps, record.Step{Kind: x.Kind, Holders: 2, Value: match.Mix(min(x.Hash, y.Hash)), Part: true})
			}
		}
	}
	return steps
}

// nearPhotos says whether two hashes are one picture, or its mirror image.
func nearPhotos(x, y *Photo, most int) bool {
	if nearWholes(x, y) {
		return true
	}
	if x.Hash == 0 || y.Hash == 0 {
		return false
	}
	d := x.Hash ^ y.Hash
	if popcount(d) <= most {
		return true
	}
	return x.Kind == record.KindPhoto && (popcount(d^0x5555555555555555) <= min(3, most) || popcount(d^0xaaaaaaaaaaaaaaaa) <= min(3, most))
}

// excuse is the honest reason in sight for a pair to share a value.
func (p *Population) excuse(a, b *Profile, s *record.Step) record.Excuse {
	r := &rules[s.Kind]
	x := member{door: a.Door, flat: a.Flat, home: a.Home, left: a.Before, agency: a.Agency}
	y := member{door: b.Door, flat: b.Flat, home: b.Home, left: b.Before, agency: b.Agency}
	cv := s.Kind.Family() == record.CV || s.Kind.Family() == record.Ref
	switch {
	case (r.agency || cv) && a.Agency != 0 && a.Agency == b.Agency:
		return record.Agency
	case r.household && oneRoof(&x, &y) && (a.Flat == b.Flat || a.Flat == 0 || b.Flat == 0):
		if p.AtHome == nil || p.AtHome(cmp.Or(a.Door, b.Door), cmp.Or(a.Flat, b.Flat)) <= householdMost {
			return record.Household
		}
	case s.Kind == record.KindPhone && abs(a.At-b.At) > reissueDays*86400:
		return record.Reissued
	}
	if s.Holders > crowd {
		return record.Crowd
	}
	return record.NoExcuse
}

func (p *Population) chanceOf(a *Profile, s *record.Step) float64 {
	if p.Chance == nil {
		return 0
	}
	for i := range a.Keys {
		if k := &a.Keys[i]; k.Value == s.Value {
			return p.Chance(s.Kind, k)
		}
	}
	return 0
}
