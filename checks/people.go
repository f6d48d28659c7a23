package checks

import (
	"strings"

	"bonafide/match/name"
	"bonafide/record"
)

// nameMatch is how a name stands to the names a person gives as their own. A
// name is never judged, only compared with the same person's own papers.
type nameMatch uint8

const (
	nameUnknown nameMatch = iota // nothing to compare, or a script that cannot be read
	nameAgrees                   // one person may well bear both
	nameGiven                    // the given name agrees, the family name does not: as after a marriage
	nameFamily                   // the family name agrees, the given name does not: a relative, a name in daily use
	nameOther                    // nothing agrees
)

// ownNames are all names the person claims, the main one first.
func ownNames(a *record.Application) []string {
	own := make([]string, 0, 4)
	if a.Person.Name != "" {
		own = append(own, a.Person.Name)
	}
	for _, n := range a.Person.OtherNames {
		if n != "" {
			own = append(own, n)
		}
	}
	return own
}

// compareName takes the kindest answer over all of a person's own names.
func compareName(own []string, other string) nameMatch {
	best := nameUnknown
	for _, n := range own {
		var got nameMatch
		switch name.SamePerson(n, other) {
		case name.Same, name.Compatible:
			return nameAgrees
		case name.Unknown:
			continue
		default:
			got = sharedPart(n, other)
		}
		if best == nameUnknown || got < best {
			best = got
		}
	}
	return best
}

// sharedPart says which part two different names have in common. Where the
// given name stands is not known for certain: a shared part that begins either
// name is taken for the given name, which is the kinder reading.
func sharedPart(own, other string) nameMatch {
	if len(other) > 200 {
		return nameOther
	}
	words := strings.Fields(other)
	best := nameOther
	for i, w := range words {
		if len(w) < 2 || i > 7 {
			continue
		}
		if a := name.SamePerson(w, own); a != name.Same && a != name.Compatible {
			continue
		}
		if i == 0 {
			return nameGiven
		}
		best = nameFamily
	}
	return best
}

// fullName reports whether a text has the shape of a person's full name: two
// words or more, letters only. A handle or a single word says nothing.
func fullName(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) < 120 && strings.Contains(s, " ") && !strings.ContainsAny(s, "0123456789@_/\\|<>")
}
