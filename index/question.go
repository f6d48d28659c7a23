package index

import (
	"slices"

	"bonafide/link"
)

// questionMost bounds how many records one operator question is followed to; an operator was reported with forty personas.
const questionMost = 500

// Joins says whether a weighed pair belongs to one operator question: the odds are for it, two families that do not
// tell the same story speak for it, and one of the values is such that only who controls it can place it. Without that
// last part somebody who planted a victim's phone and photo would draw the victim in.
func Joins(w *link.Weighed) bool {
	held := false
	for i := range w.Steps {
		held = held || w.Steps[i].Held && w.Steps[i].Kept > 0
	}
	return !w.Same && held && w.Total >= 0 && w.Families() >= 2
}

// Question gives the records that look like one operator's together with a profile, sorted, with its own name. It is a
// view of what the index holds now: only records that lead to one another are looked at, nothing about them is stored, so
// the order in which they came cannot show. whole is false when it was not followed to its end.
func (x *Index) Question(p *link.Profile) (names []string, whole bool, err error) {
	l := lean(p)
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.question(&l)
}

func (x *Index) question(p *link.Profile) (names []string, whole bool, err error) {
	seen := map[string]bool{p.Name: true}
	names = append(names, p.Name)
	todo := []*link.Profile{p}
	joined := false
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
			if Joins(&ans.Links[i].Weighed) {
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
	x.mu.RLock()
	defer x.mu.RUnlock()
	id, there, err := x.byName(self)
	if err != nil || !there {
		return p, false, err
	}
	b, err := x.rowOf(id)
	if err != nil {
		return p, false, err
	}
	p, ok := readRow(b)
	if !ok {
		return p, false, damaged(x.dir, "a row cannot be read")
	}
	return p, true, nil
}
