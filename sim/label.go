package sim

import (
	"slices"
	"strings"

	"bonafide/match/name"
)

// label is all that belongs to a name and an origin and to nothing else: what
// Swap moves between honest people. Nothing but names, nationality, languages
// and the document fields that repeat them is ever made from it.
type label struct {
	given, family string
	initial       string // "" or "K."
	native        string // the name in the other script, "" when there is none
	maiden        string // family name on the papers of a person who married, "" otherwise
	nationality   *country
	languages     []string
}

// loadCountries fills the names into the countries.
func loadCountries() []*country {
	split := func(s string) []string {
		all := strings.Fields(s)
		for i, n := range all {
			all[i] = strings.ReplaceAll(n, "_", " ")
		}
		return all
	}
	var all []*country
	for i := range countries {
		c := countries[i]
		t, ok := nameTables[c.code]
		if !ok {
			t = nativeTables[c.code]
		}
		c.given, c.family = split(t.given), split(t.family)
		c.nativeGiven, c.nativeFamily = split(t.nativeGiven), split(t.nativeFamily)
		all = append(all, &c)
	}
	return all
}

// drawLabel makes an invented person's name in a country. family, when not
// empty, is shared with a relative.
func drawLabel(d dice, c *country, family string) label {
	l := label{nationality: c, family: family}
	// Some names are far more common than others.
	g := int(float64(len(c.given)) * d.Float64() * (0.5 + 0.5*d.Float64()))
	f := int(float64(len(c.family)) * d.Float64() * (0.5 + 0.5*d.Float64()))
	l.given = c.given[g]
	if family == "" {
		l.family = c.family[f]
	}
	second := pick(d, c.given)
	switch c.naming {
	case middle:
		if d.chance(0.5) {
			l.initial = second[:1] + "."
		}
	case twoSurnames:
		if family == "" && d.chance(0.7) {
			l.family += " " + pick(d, c.family)
		}
		if d.chance(0.3) && second != l.given {
			l.given += " " + second
		}
	case plain:
		if d.chance(0.12) && second != l.given {
			l.given += " " + second
		} else if family == "" && d.chance(0.05) {
			l.family += "-" + pick(d, c.family)
		}
	}
	if len(c.nativeGiven) > 0 && family == "" && !strings.Contains(l.given, " ") && !strings.Contains(l.family, "-") {
		given, fam := c.nativeGiven[g], c.nativeFamily[f]
		switch {
		case c.code == "KR":
			l.native = fam + given
		case c.naming == familyFirst:
			l.native = fam + " " + given
		default:
			l.native = given + " " + fam
		}
	}
	l.languages = []string{c.language}
	if c.language != "en" {
		l.languages = append(l.languages, "en")
	}
	if d.chance(0.15) {
		if more := pick(d, []string{"de", "fr", "es", "pt", "it", "nl"}); !slices.Contains(l.languages, more) {
			l.languages = append(l.languages, more)
		}
	}
	return l
}

// otherThan picks a name that shares no word with another.
func otherThan(d dice, from []string, name string) string {
	for range 40 {
		if s := pick(d, from); !slices.ContainsFunc(strings.Fields(s), func(w string) bool { return strings.Contains(name, w) }) {
			return s
		}
	}
	return pick(d, from)
}

// familyUnlike is another family name that no comparison of names takes for a
// slip of the first: who has moved between Levchenko and Shevchenko would be
// read otherwise than who has moved between Papadopoulos and Makris, and a swap
// of names would show.
func familyUnlike(d dice, from []string, l *label) string {
	for range 40 {
		s := otherThan(d, from, l.family)
		before, native := l.given+" "+s, name.Different
		if l.native != "" {
			native = name.SamePerson(before, l.native)
		}
		if name.SamePerson(before, l.full()) == name.Different && native != name.Same && native != name.Compatible {
			return s
		}
	}
	return otherThan(d, from, l.family)
}

// full is the name as its owner writes it.
func (l *label) full() string {
	if l.initial != "" {
		return l.given + " " + l.initial + " " + l.family
	}
	return l.given + " " + l.family
}

// short is the name with an initial, as on a parcel.
func (l *label) short() string {
	for _, r := range l.given {
		return string(r) + ". " + l.family
	}
	return l.family
}

// onPapers is the family name as the papers have it.
func (l *label) onPapers() string {
	if l.maiden != "" {
		return l.maiden
	}
	return l.family
}

// ascii folds the letters that the name tables hold to a-z, apart from spaces,
// the way people make mail addresses of their names.
func ascii(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '\'' || r == '.':
		default:
			b.WriteString(folds[r])
		}
	}
	return b.String()
}

var folds = map[rune]string{
	'ä': "ae", 'ö': "oe", 'ü': "ue", 'ß': "ss", 'é': "e", 'è': "e", 'ë': "e", 'ê': "e", 'á': "a", 'à': "a", 'â': "a", 'ã': "a", 'å': "a",
	'í': "i", 'î': "i", 'ï': "i", 'ì': "i", 'ó': "o", 'ò': "o", 'ô': "o", 'õ': "o", 'ő': "o", 'ú': "u", 'ù': "u", 'û': "u", 'ñ': "n",
	'ç': "c", 'ć': "c", 'č': "c", 'ś': "s", 'š': "s", 'ș': "s", 'ş': "s", 'ź': "z", 'ż': "z", 'ž': "z", 'ł': "l", 'ń': "n", 'ą': "a",
	'ę': "e", 'ă': "a", 'ț': "t", 'ğ': "g", 'ı': "i", 'ø': "o", 'æ': "ae", 'ý': "y", '\u0307': "",
}
