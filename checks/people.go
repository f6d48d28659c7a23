package checks

import (
	"strings"
	"unicode/utf8"

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
			if initialsAgree(n, other) {
				return nameAgrees
			}
			continue
		default:
			if initialsAgree(n, other) {
				return nameAgrees
			}
			got = sharedPart(n, other)
		}
		if best == nameUnknown || got < best {
			best = got
		}
	}
	return best
}

// initialsAgree reports whether one name is the other with some words shortened
// to initials or left out, at least one word being whole: "P. Do" and "Phuong
// Do". Family names that are particles elsewhere (Do, Le, Van) are whole words
// here: a short family name must not count less than a long one. A middle
// initial stands for a middle name: "Patricia M. Clark" is not "Patricia Martin".
func initialsAgree(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 || len(x) > 8 || len(y) > 8 {
		return false
	}
	var used [8]bool
	whole, middle := 0, false
	for _, initials := range [...]bool{false, true} { // whole words find their partners first
		for i, w := range x {
			if w == "" {
				continue
			}
			for j, v := range y {
				if used[j] || !(strings.EqualFold(w, v) || initials && isInitialOf(w, v)) {
					continue
				}
				if !initials {
					whole++
				}
				middle = middle || initials && j > 0 && utf8.RuneCountInString(v) == 1
				used[j] = true
				x[i] = ""
				break
			}
		}
	}
	for _, w := range x {
		if w != "" {
			return false
		}
	}
	for j, v := range y {
		if middle && whole == 1 && !used[j] && utf8.RuneCountInString(v) > 1 {
			return false
		}
	}
	return whole > 0
}

func nameWords(s string) []string {
	if len(s) > 200 {
		return nil
	}
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' || r == ',' || r == '-' || r == '\t' || r == 0xA0 })
}

func isInitialOf(a, b string) bool {
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	if utf8.RuneCountInString(a) != 1 {
		return false
	}
	_, n := utf8.DecodeRuneInString(b)
	return strings.EqualFold(a, b[:n])
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
		atEnd := i == 0 || i == len(words)-1
		if a := name.SamePerson(w, own); a != name.Same && a != name.Compatible && !(atEnd && endsWith(own, w)) {
			continue
		}
		if i == 0 {
			return nameGiven
		}
		best = nameFamily
	}
	return best
}

// endsWith reports whether a word begins or ends a name: a family name that is
// a particle elsewhere ("Do", "Le") stands there, a particle ("da") does not.
func endsWith(own, word string) bool {
	w := nameWords(own)
	return len(w) > 0 && (strings.EqualFold(w[0], word) || strings.EqualFold(w[len(w)-1], word))
}

// fullName reports whether a text has the shape of a person's full name: two
// words or more, letters only. A handle or a single word says nothing.
func fullName(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) < 120 && strings.Contains(s, " ") && !strings.ContainsAny(s, "0123456789@_/\\|<>")
}
