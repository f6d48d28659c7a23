// Package name compares names of people and organisations in any script and
// says in words why two names agree.
//
// It holds romanisation tables, spelling rules, forms of given names, particles,
// company forms, the alignment of two names and an index over many. It never
// says that two people are one: a name alone is at most a supporting
// observation. It never looks at where a name comes from.
//
// To add a variant, a particle or a company form: one word in its table. To add
// a script: one table in scripts.go and one case in fold.go.
package name

import "fmt"

// Strength says what a comparison is worth as an observation.
type Strength string

const (
	None       Strength = "none"       // different names
	Weak       Strength = "weak"       // similar, shown but never counted
	Supporting Strength = "supporting" // may be one name: the most a name alone can be
	Strong     Strength = "strong"     // and the birth date agrees
	Conclusive Strength = "conclusive" // and an identifier agrees
)

// Thresholds on the similarity. How they were fixed, and their error rates:
// docs/accuracy-names.md.
const (
	SupportingAt = 0.72
	WeakAt       = 0.60
)

// Qualifiers are facts beside a name. Dates are ISO 8601 and may be a year
// only; countries are ISO 3166-1 alpha-2; empty means unknown.
type Qualifiers struct {
	BirthDates  []string
	Countries   []string
	Gender      string
	Identifiers []string
}

// Result is a strength with its reasons.
type Result struct {
	Strength   Strength
	Similarity float64 // 0 … 1
	Reasons    []string
}

// Compare weighs two parsed names with the facts that stand beside them.
func Compare(a, b Name, qa, qb Qualifiers) Result {
	var al alignment
	align(&a, &b, &al)
	sim := graded(float64(al.score(&a, &b)), &a, &b)
	reasons := al.reasons(&a, &b)
	return qualify(sim, reasons, qa, qb)
}

// Similarity is Compare without reasons or qualifiers, for bulk use.
func Similarity(a, b *Name) float64 {
	var al alignment
	align(a, b, &al)
	return graded(float64(al.score(a, b)), a, b)
}

// gradedUpTo bounds what mere likeness of letters can give: well below weak,
// so that it orders names without ever matching them.
const gradedUpTo = 0.4

// graded orders names that share no word by the pairs of letters they share.
func graded(score float64, a, b *Name) float64 {
	if score >= gradedUpTo || a.signs != "" && b.signs != "" {
		return score
	}
	return max(score, gradedUpTo*letterPairs(a, b))
}

// letterPairs is Dice's coefficient over neighbouring letters inside words.
func letterPairs(a, b *Name) float64 {
	var counts [27 * 27]int16
	na, nb, common := 0, 0, 0
	for _, t := range a.tokens {
		eachPair(t.text, func(k int) { counts[k]++; na++ })
	}
	for _, t := range b.tokens {
		eachPair(t.text, func(k int) {
			nb++
			if counts[k] > 0 {
				counts[k]--
				common++
			}
		})
	}
	if na+nb == 0 {
		return 0
	}
	return 2 * float64(common) / float64(na+nb)
}

func eachPair(s string, f func(int)) {
	prev := 0 // the beginning of a word counts as a letter
	for i := 0; i < len(s); i++ {
		c := 0
		if s[i] >= 'a' && s[i] <= 'z' {
			c = int(s[i]-'a') + 1
		}
		f(prev*27 + c)
		prev = c
	}
}

// qualify applies birth date, country, gender and identifiers. Agreement lifts
// the strength; contradiction lowers the similarity, as sources err in these too.
func qualify(sim float64, reasons []string, qa, qb Qualifiers) Result {
	date := compareDates(qa.BirthDates, qb.BirthDates)
	switch date {
	case dateDay:
		reasons = append(reasons, "the birth date agrees")
	case dateYear:
		reasons = append(reasons, "the birth year agrees")
	case dateNear:
		sim -= 0.05
		reasons = append(reasons, "the birth dates differ slightly")
	case dateOther:
		sim -= 0.3 // even the very same name is then no more than weak
		reasons = append(reasons, "the birth dates contradict each other")
	}
	if len(qa.Countries) > 0 && len(qb.Countries) > 0 && !overlap(qa.Countries, qb.Countries) {
		sim -= 0.1
		reasons = append(reasons, "the countries differ")
	}
	if qa.Gender != "" && qb.Gender != "" && qa.Gender != qb.Gender {
		sim -= 0.1
		reasons = append(reasons, "the recorded genders differ")
	}
	id := overlap(qa.Identifiers, qb.Identifiers)
	if id {
		reasons = append(reasons, "an identifier agrees")
	}
	sim = min(max(sim, 0), 1)
	r := Result{Strength: strengthOf(sim), Similarity: sim, Reasons: reasons}
	if r.Strength == Weak && id {
		r.Strength = Supporting // as an identifier without any likeness of names
		return r
	}
	if r.Strength == Supporting {
		switch {
		case id:
			r.Strength = Conclusive
		case date == dateDay:
			r.Strength = Strong
		}
	}
	return r
}

func strengthOf(sim float64) Strength {
	switch {
	case sim >= SupportingAt:
		return Supporting
	case sim >= WeakAt:
		return Weak
	}
	return None
}

type dateAgreement uint8

const (
	dateUnknown dateAgreement = iota
	dateDay
	dateYear
	dateNear
	dateOther
)

// compareDates takes the best agreement of any two dates.
func compareDates(a, b []string) dateAgreement {
	best := dateUnknown
	for _, x := range a {
		for _, y := range b {
			if d := compareDate(x, y); d != dateUnknown && (best == dateUnknown || d < best) {
				best = d
			}
		}
	}
	return best
}

func compareDate(a, b string) dateAgreement {
	if len(a) < 4 || len(b) < 4 {
		return dateUnknown
	}
	ya, yb := year(a), year(b)
	if ya == 0 || yb == 0 {
		return dateUnknown
	}
	switch {
	case len(a) == 10 && a == b:
		return dateDay
	case ya == yb && (len(a) < 10 || len(b) < 10):
		return dateYear
	case ya == yb:
		if a[5:7] == b[8:10] && a[8:10] == b[5:7] || a[5:7] == b[5:7] {
			return dateNear // day and month exchanged, or the day differs
		}
		return dateNear
	case abs(ya-yb) <= 1:
		return dateNear
	}
	return dateOther
}

func year(s string) int {
	y := 0
	for i := range 4 {
		c := s[i]
		if c < '0' || c > '9' {
			return 0
		}
		y = y*10 + int(c-'0')
	}
	return y
}

func overlap(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y && x != "" {
				return true
			}
		}
	}
	return false
}

var howText = [...]string{
	howEqual: "the same", howSpelling: "another spelling", howVariant: "a form of the same name", howTypo: "one or two letters differ",
	howJoined: "written as one word", howInitial: "an initial", howCut: "cut at the end", howSyllables: "the same Korean syllables",
	howPinyin: "the same Chinese syllables", howSigns: "some signs differ", howShort: "the beginning of it",
}

// reasons says part by part what agreed and what did not.
func (al *alignment) reasons(a, b *Name) []string {
	out := make([]string, 0, al.n+4)
	for _, p := range al.pairs[:al.n] {
		if p.ni == 0 || p.nj == 0 {
			continue
		}
		x, y := joinText(a, p.i, p.ni), joinText(b, p.j, p.nj)
		if a.tokens[p.i].kind == kindLegal {
			if p.sim < 1 {
				out = append(out, "the company forms differ")
			}
			continue
		}
		if x == y {
			out = append(out, fmt.Sprintf("%s = %s", x, y))
		} else {
			out = append(out, fmt.Sprintf("%s ~ %s: %s", x, y, howText[p.how]))
		}
	}
	onlyA, onlyB := rest(a, &al.usedA), rest(b, &al.usedB)
	switch {
	case onlyA != "" && onlyB != "":
		out = append(out, fmt.Sprintf("%s and %s differ", onlyA, onlyB))
	case onlyA != "":
		out = append(out, onlyA+" stands only in the first")
	case onlyB != "":
		out = append(out, onlyB+" stands only in the second")
	}
	if al.swapped {
		out = append(out, "father and child are exchanged")
	}
	return out
}

func joinText(n *Name, at, count int8) string {
	s := ""
	for k := range count {
		if k > 0 {
			s += " "
		}
		s += n.tokens[at+k].text
	}
	return s
}

func rest(n *Name, used *[maxParts]bool) string {
	s := ""
	for i, t := range n.tokens {
		if used[i] || t.kind == kindTitle || t.kind == kindLegal {
			continue
		}
		if s != "" {
			s += " "
		}
		s += t.text
	}
	return s
}
