package index

import (
	"slices"

	"bonafide/link"
	"bonafide/record"
)

// questionMost bounds how many records one operator question is followed to; an operator was reported with forty personas.
const questionMost = 500

// sure is the odds, in bits, from which on a pair is joined: ninety-nine in a hundred such pairs are one operator's.
const sure = 6.6

// joins says whether a weighed pair belongs to one operator question. Bits are not enough: two families must speak for it
// by values that are somebody's own, and one of these must be such that only who controls it can place it; else somebody
// who planted a victim's phone and photo would draw the victim in. Homes, networks, neighbouring numbers, referees and
// employers are met by honest people every day, a single sentence too, and an account of a couple, a company or an
// employer of record is not one person's.
//
// own says that at least one family does by such a value: then the pair is worth a look.
func joins(p, q *link.Profile, w *link.Weighed) (joins, own bool) {
	if w.Same || w.Total < sure {
		return false, false
	}
	held, families := false, map[record.Family]bool{}
	for i := range w.Steps {
		s := &w.Steps[i]
		if s.Kept <= 0 {
			continue
		}
		switch s.Kind {
		case record.KindDocument, record.KindTaxID, record.KindDocumentImage, record.KindPhoto, record.KindEmail, record.KindPhone,
			record.KindHandle, record.KindDelivery, record.KindDevice, record.KindResumeFile:
		case record.KindPayout, record.KindWallet:
			if flagged(p, s.Value) || flagged(q, s.Value) {
				continue
			}
		case record.KindResumeText, record.KindAnswerText, record.KindReferenceText:
			if s.Shared < 2 {
				continue
			}
		default:
			continue
		}
		families[s.Family] = true
		held = held || s.Held
	}
	return held && len(families) >= 2, len(families) > 0
}

// flagged says that a profile holds an account together with others: a second holder, a company, an employer of record.
func flagged(p *link.Profile, value uint64) bool {
	for i := range p.Keys {
		if p.Keys[i].Value == value && p.Keys[i].Flags != 0 {
			return true
		}
	}
	return false
}

// samePerson finds, beyond what weighing finds in digests, who applied again under a changed name: an equal birth date, a
// part of the name kept, and a paper, mailbox, handle or phone of their own.
func samePerson(p, q *link.Profile, w *link.Weighed) bool {
	if p.Person.Day == 0 || p.Person.Day != q.Person.Day ||
		!slices.ContainsFunc(p.Person.Tokens, func(t uint64) bool { return slices.Contains(q.Person.Tokens, t) }) {
		return false
	}
	return slices.ContainsFunc(w.Steps, func(s record.Step) bool {
		switch s.Kind {
		case record.KindDocument, record.KindTaxID, record.KindEmail, record.KindHandle, record.KindPhone:
			return true
		}
		return false
	})
}

// Question gives the records that look like one operator's together with a profile, sorted, with its own name. It is a
// view of what the index holds now: only records that lead to one another are looked at, nothing about them is stored, so
// the order in which they came cannot show. whole is false when it was not followed to its end.
func (x *Index) Question(p *link.Profile) (names []string, whole bool, err error) {
	l := lean(p)
	x.files.RLock()
	defer x.files.RUnlock()
	return x.question(&l)
}

func (x *Index) question(p *link.Profile) (names []string, whole bool, err error) {
	seen := map[string]bool{p.Name: true}
	names = append(names, p.Name)
	todo := []*link.Profile{p}
	joined := false
	if x.climate != nil {
		return x.questionAround(p)
	}
	for len(todo) > 0 {
		next := todo[0]
		todo = todo[1:]
		ans, profiles, err := x.whoWith(next, true)
		if err != nil {
			return nil, false, err
		}
		take := func(name string) {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
				todo = append(todo, profiles[name])
			}
		}
		for i := range ans.Links {
			if ans.Links[i].Joins {
				joined = true
				take(ans.Links[i].With)
			}
		}
		for _, name := range ans.Same {
			take(name)
		}
		if len(names) > questionMost {
			return nil, false, nil
		}
	}
	if !joined {
		return nil, true, nil // alone, or one person who applied more than once
	}
	slices.Sort(names)
	return names, true, nil
}

// Lookup is the profile kept of a record, by the digest of its name.
func (x *Index) Lookup(self uint64) (p link.Profile, there bool, err error) {
	x.files.RLock()
	defer x.files.RUnlock()
	id, there, err := x.byName(self)
	if err != nil || !there {
		return p, false, err
	}
	b, err := x.rowOf(id)
	if err != nil || len(b) == 0 {
		return p, false, err
	}
	p, ok := readRow(b)
	if !ok {
		return p, false, damaged(x.dir, "a row cannot be read")
	}
	return p, true, nil
}
