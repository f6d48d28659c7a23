package link

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bonafide/match/name"
	"bonafide/record"
)

// Person is the identity an application claims: names as written and a birth
// date. Only ever compared with another Person, never looked at for itself. A
// person out of a key file has digests in place of names.
type Person struct {
	Name   string
	Others []string
	Birth  string
	Tokens []uint64 // digests of the parts of the name, sorted
	Day    uint64   // digest of the birth date, 0 when not given
}

func (k *Keyer) person(a *record.Application) Person {
	p := Person{Name: a.Person.Name, Others: a.Person.OtherNames, Birth: string(a.Person.BirthDate)}
	if p.Birth == "" {
		for _, d := range a.Documents {
			if d.BirthDate != "" {
				p.Birth = string(d.BirthDate)
				break
			}
		}
	}
	if k.sealed {
		for _, t := range nameParts(p.Name) {
			p.Tokens = append(p.Tokens, k.digest("name", t))
		}
		if p.Birth != "" {
			p.Day = k.digest("birth", p.Birth)
		}
	}
	return p
}

// nameParts folds case and marks and cuts at everything that is no letter.
func nameParts(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// closeness is what kind of value two applications share, and so how much
// tolerance their names and birth dates get.
type closeness uint8

const (
	distant closeness = iota // a network
	nearby                   // an address, a device, an account
	line                     // a phone
	mailbox                  // a mailbox or handle: namesakes do not share one
	paper                    // a document or tax number
)

// closenessOf is how much tolerance a shared value of a kind gives two names.
func closenessOf(k record.Kind) closeness {
	switch k {
	case record.KindNetwork, record.KindPhoneBlock, record.KindPageBuild:
		return distant
	case record.KindDocument, record.KindTaxID:
		return paper
	case record.KindEmail, record.KindHandle:
		return mailbox
	case record.KindPhone:
		return line
	}
	return nearby
}

// theirs reports whether a kind of value is the applicants' own and says nothing of their names: two who
// share one may be one person. A referee's contact is somebody else's, and how a mailbox is made up
// follows the name: of a million people, two hundred namesakes born on one day have that in common.
func theirs(k record.Kind) bool {
	return k != record.KindReferee && k != record.KindReplyOrigin && k != record.KindDelivery && k != record.KindMailPattern
}

// sameIdentity reports whether two applications claim one identity: names that
// agree, and birth dates that do not speak against it. A person who changed
// the surname keeps birth date and given name, or given name and mailbox where
// no birth date was asked. People on one network get no
// tolerance.
func sameIdentity(a, b *Person, c closeness) bool {
	if a.Name == "" || b.Name == "" {
		return sameDigests(a, b)
	}
	births := a.Birth != "" && b.Birth != ""
	equal := births && a.Birth == b.Birth
	slipped := births && slip(a.Birth, b.Birth)
	switch agreement(a, b) {
	case name.Same:
		return equal || c == mailbox || c >= nearby && (!births || slipped)
	case name.Compatible:
		return equal || c >= line && !births || c >= mailbox && slipped
	}
	if equal && c == paper && anyPart(a.Name, b.Name) {
		return true
	}
	if !births && c >= mailbox {
		x, y := nameParts(a.Name), nameParts(b.Name)
		return len(x) > 1 && len(y) > 1 && len(x[0]) > 1 && x[0] == y[0]
	}
	return equal && c >= nearby && givenStays(a.Name, b.Name)
}

func agreement(a, b *Person) name.Agreement {
	best := name.SamePerson(a.Name, b.Name)
	if best == name.Same || len(a.Others)+len(b.Others) == 0 {
		return best
	}
	for _, x := range append([]string{a.Name}, a.Others...) {
		for _, y := range append([]string{b.Name}, b.Others...) {
			switch got := name.SamePerson(x, y); {
			case got == name.Same:
				return got
			case got == name.Compatible:
				best = got
			}
		}
	}
	return best
}

// slip reports whether two dates differ as a typing slip does: one character,
// or day and month swapped.
func slip(a, b string) bool {
	if len(a) != len(b) || len(a) != 10 {
		return false
	}
	if a[:4] == b[:4] && a[5:7] == b[8:] && a[8:] == b[5:7] {
		return true
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n <= 1
}

// givenStays reports whether the given name stays while the surname changes:
// the first part of one name is the first or last of the other.
func givenStays(a, b string) bool {
	x, y := nameParts(a), nameParts(b)
	if len(x) < 2 || len(y) < 2 {
		return false
	}
	return len(x[0]) > 1 && (x[0] == y[0] || x[0] == y[len(y)-1]) || len(y[0]) > 1 && y[0] == x[len(x)-1]
}

// anyPart reports whether two names have a part in common.
func anyPart(a, b string) bool {
	y := nameParts(b)
	return slices.ContainsFunc(nameParts(a), func(p string) bool { return len(p) > 1 && slices.Contains(y, p) })
}

// sameDigests compares persons of whom at least one has digests only.
func sameDigests(a, b *Person) bool {
	if len(a.Tokens) == 0 || len(b.Tokens) == 0 || a.Day != 0 && b.Day != 0 && a.Day != b.Day {
		return false
	}
	n := 0
	for _, x := range a.Tokens {
		for _, y := range b.Tokens {
			if x == y {
				n++
				break
			}
		}
	}
	least := min(len(a.Tokens), len(b.Tokens))
	return n >= least && least >= 1 && (a.Day != 0 || least >= 2)
}
