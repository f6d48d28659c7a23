package match

import (
	"strings"

	"golang.org/x/net/idna"
)

// Likeness is how one domain looks like another without being it.
type Likeness string

// The ways, from the least to the most like.
const (
	Unlike      Likeness = ""
	OtherEnding Likeness = "other ending" // example.net for example.com
	AddedWord   Likeness = "added word"   // example-careers.com
	NearLetters Likeness = "near letters" // exmaple.com
	SameShape   Likeness = "same shape"   // examp1e.com, exаmple.com with a Cyrillic letter
)

// Lookalike is how the registrable domain of one host looks like that of
// another; Unlike when they are one registrant's, not domains, or not alike.
// Short labels are alike only in shape: three letters are near everything.
func Lookalike(host, of string) Likeness {
	a, okA := Registrable(host)
	b, okB := Registrable(of)
	if !okA || !okB || a == b {
		return Unlike
	}
	nameA, endA, _ := strings.Cut(a, ".")
	nameB, endB, _ := strings.Cut(b, ".")
	switch {
	case nameA == nameB:
		if len(nameA) < 4 {
			return Unlike // short names are taken under every ending by somebody else
		}
		return OtherEnding
	case numbered(nameA, nameB):
		return Unlike // unit7 and unit8 are neighbours, not imitations
	case mayLookAlike(nameA, nameB) && shape(nameA) == shape(nameB):
		return SameShape
	case near(nameA, nameB):
		return NearLetters
	case endA == endB && plus(nameA, nameB), plus(nameA, nameB) && len(nameB) >= 6:
		return AddedWord
	}
	return Unlike
}

// near is one slip in a label of five letters or more, two in one of nine or
// more: a letter missing, added, changed, or two swapped.
func near(a, b string) bool {
	n := min(len(a), len(b))
	switch {
	case n < 5 || strings.HasPrefix(a, "xn--") || strings.HasPrefix(b, "xn--"):
		return false
	case n < 9:
		return slips(a, b, 1) <= 1
	}
	return slips(a, b, 2) <= 2
}

// plus reports that a is b with one of the words that imitations add.
func plus(a, b string) bool {
	i := strings.Index(a, b)
	if i < 0 || len(b) < 4 {
		return false
	}
	before, after := strings.Trim(a[:i], "-"), strings.Trim(a[i+len(b):], "-")
	return before == "" && addedWords[after] || after == "" && addedWords[before]
}

var addedWords = setOf("hr careers career jobs job recruiting recruitment hiring talent people team staff mail email corp inc llc ltd " +
	"limited gmbh ag group global international online web site office official company co usa us uk eu europe my the get")

// numbered reports labels that differ in nothing but a number.
func numbered(a, b string) bool {
	strip := func(s string) string {
		return strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return -1
			}
			return r
		}, s)
	}
	x, y := strip(a), strip(b)
	return x == y && len(x) < len(a) && len(y) < len(b)
}

// mayLookAlike is a cheap first look: pairs such as "rn" and hyphens change the
// length of a label by a few letters, other alphabets by more.
func mayLookAlike(a, b string) bool {
	const pairs = 4
	return strings.HasPrefix(a, "xn--") || strings.HasPrefix(b, "xn--") || len(a)-len(b) <= pairs && len(b)-len(a) <= pairs
}

// shape is how a label looks: letters that are drawn alike become one.
func shape(label string) string {
	if strings.HasPrefix(label, "xn--") {
		if u, err := idna.ToUnicode(label); err == nil {
			label = u
		}
	}
	return drawnAlike.Replace(label)
}

// drawnAlike holds what passes for something else at a glance: digits, pairs,
// and the Cyrillic and Greek letters drawn like Latin ones (the subset of
// Unicode TR 39 that can stand in a domain beside Latin letters' look).
var drawnAlike = strings.NewReplacer(
	"rn", "m", "vv", "w", "cl", "d", "0", "o", "1", "l", "i", "l", "5", "s",
	"а", "a", "в", "b", "е", "e", "ѕ", "s", "і", "l", "ј", "j", "к", "k", "м", "m", "н", "h", "о", "o", "р", "p", "с", "c",
	"т", "t", "у", "y", "х", "x", "ԁ", "d", "ԛ", "q", "ԝ", "w", "ɡ", "g", "һ", "h",
	"α", "a", "ε", "e", "ι", "l", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ", "u", "χ", "x",
	"à", "a", "á", "a", "â", "a", "ã", "a", "å", "a", "ç", "c", "è", "e", "é", "e", "ê", "e", "ì", "l", "í", "l", "ı", "l",
	"ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ù", "u", "ú", "u", "û", "u", "ý", "y", "-", "",
)

// slips is the Damerau-Levenshtein distance (restricted: no letter is edited
// twice) of two ASCII strings, most+1 when it is more than most.
func slips(a, b string, most int) int {
	if len(a) > 63 || len(b) > 63 || len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][64]int
	for j := 0; j <= len(b); j++ {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, up, upper := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(up[j]+1, row[j-1]+1, up[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, upper[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > most {
			return most + 1
		}
	}
	return min(rows[len(a)%3][len(b)], most+1)
}
