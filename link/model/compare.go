package model

import (
	"bytes"
	mathbits "math/bits"

	"bonafide/match/name"
)

// A comparison ends in one of at most seven levels; three bits hold it, the
// eighth value says that one side is missing. Levels rise with likeness up to
// exact; crossed stands beside the order.
const (
	levelElse    = 0
	levelExact   = 5
	levelCrossed = 6
	levelNull    = 7
)

var levelNames = map[Kind][]string{
	Text:  {"different", "short form", "somewhat alike", "alike", "one edit", "equal", "in each other's place"},
	Words: {"different", "little shared", "half shared", "mostly shared", "one edit or reordered", "equal"},
	Code:  {"different", "three edits", "two edits", "one is the end of the other", "one edit", "equal"},
	Phone: {"different", "three edits", "two edits", "same last digits", "one edit", "equal"},
	Date:  {"different", "within ten years", "within 400 days", "two parts or two edits", "one edit or day and month swapped", "equal"},
	Prose: {"different", "a tenth shared", "a third shared", "mostly shared", "nearly all shared", "equal"},
	Email: {"different", "alike", "name part alike", "same name part", "one or two edits", "equal"},
}

func (k Kind) levels() []string { return levelNames[k] }

// compare gives the level of two different, present, normal values.
func (k Kind) compare(a, b []byte) uint8 {
	switch k {
	case Text:
		return compareText(a, b)
	case Code:
		return compareCode(a, b)
	case Phone:
		return comparePhone(a, b)
	case Date:
		return compareDate(a, b)
	case Email:
		return compareEmail(a, b, mathbits.OnesCount64(bagOf(a)^bagOf(b)))
	}
	return levelElse
}

func compareText(a, b []byte) uint8 {
	if len(a) > len(b) {
		a, b = b, a
	}
	d := edits(a, b, 2)
	if d <= 2 && len(b) > 3 && otherGeneration(a, b) {
		return levelElse
	}
	if d == 1 && len(a) >= 3 {
		return 4
	}
	if len(a) <= 2 || len(a) >= 3 && len(b) >= len(a)+2 && bytes.HasPrefix(b, a) {
		if a[0] == b[0] && (len(a) == 1 || bytes.HasPrefix(b, a)) {
			return 1
		}
		return levelElse
	}
	if d == 2 && len(a) >= 5 {
		return 3
	}
	switch jw := jaroWinkler(a, b); {
	case jw >= 900 || joinedEqual(a, b):
		return 3
	case jw >= 800:
		return 2
	}
	return levelElse
}

// generation reads a last word such as "jr" or "ii": the number of the bearer, 0 when there is none.
func generation(v []byte) int {
	i := bytes.LastIndexByte(v, ' ')
	if i < 0 {
		return 0
	}
	switch string(v[i+1:]) {
	case "sr", "senior", "i":
		return 1
	case "jr", "junior", "ii":
		return 2
	case "iii":
		return 3
	}
	return 0
}

// otherGeneration: father and son bear one name; the suffix says which of them it is.
func otherGeneration(a, b []byte) bool {
	x, y := generation(a), generation(b)
	return x != 0 && y != 0 && x != y
}

// joinedEqual: "anna maria" and "annamaria", or one word inside the other's words.
func joinedEqual(a, b []byte) bool {
	if bytes.IndexByte(b, ' ') < 0 && bytes.IndexByte(a, ' ') < 0 {
		return false
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		if i < len(a) && a[i] == ' ' {
			i++
			continue
		}
		if j < len(b) && b[j] == ' ' {
			j++
			continue
		}
		if i >= len(a) || j >= len(b) || a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
	return true
}

func compareCode(a, b []byte) uint8 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) <= 2 {
		return levelElse
	}
	d := edits(a, b, 3)
	switch {
	case d == 1:
		return 4
	case len(a) >= 4 && len(b) > len(a) && bytes.HasSuffix(b, a):
		return 3
	case d == 2 && len(b) >= 4:
		return 2
	case d == 3 && len(b) >= 7:
		return 1
	}
	return levelElse
}

func comparePhone(a, b []byte) uint8 {
	if len(a) > len(b) {
		a, b = b, a
	}
	d := edits(a, b, 3)
	if d == 1 && len(a) == len(b) {
		return 4
	}
	if n := len(a); n >= 7 && string(a[n-7:]) == string(b[len(b)-7:]) {
		return 3
	}
	switch {
	case d == 1:
		return 4
	case d == 2:
		return 2
	case d == 3:
		return 1
	}
	return levelElse
}

func compareDate(a, b []byte) uint8 {
	d := edits(a, b, 2)
	if d == 1 {
		return 4
	}
	if len(a) != 8 || len(b) != 8 {
		if d == 2 {
			return 3
		}
		return levelElse
	}
	year, month, day := string(a[:4]) == string(b[:4]), string(a[4:6]) == string(b[4:6]), string(a[6:]) == string(b[6:])
	if year && string(a[4:6]) == string(b[6:]) && string(a[6:]) == string(b[4:6]) {
		return 4
	}
	if d == 2 || year && month || year && day || month && day {
		return 3
	}
	x, y := dayNumber(a), dayNumber(b)
	if x < 0 || y < 0 {
		return levelElse
	}
	gap := x - y
	if gap < 0 {
		gap = -gap
	}
	switch {
	case gap <= 400:
		return 2
	case gap <= 3660:
		return 1
	}
	return levelElse
}

// dayNumber counts days roughly (months of 30.5 days): enough to say "within a year".
func dayNumber(v []byte) int {
	y, m, d := number(v[:4]), number(v[4:6]), number(v[6:8])
	if y < 0 || m < 0 || d < 0 {
		return -1
	}
	return y*366 + m*61/2 + d
}

func localPart(v []byte) []byte {
	if i := bytes.LastIndexByte(v, '@'); i >= 0 {
		return v[:i]
	}
	return v
}

// levelOf compares two records in one field. Values of fields that hold several are compared each with each.
func (f *Frame) levelOf(i int, a, b []uint32) uint8 {
	level := f.straight(i, a, b)
	if p := f.partner[i]; p >= 0 && (level <= 3 || level == levelNull) {
		return f.aligned(i, p, level, a, b)
	}
	return level
}

func (f *Frame) straight(i int, a, b []uint32) uint8 {
	x, y := a[i], b[i]
	if x == 0 || y == 0 {
		return levelNull
	}
	if x == y {
		return levelExact
	}
	if f.prose[i] != nil {
		return f.prose[i].compare(x, y)
	}
	d := f.Dicts[i]
	if d.bag != nil && apart(f.Fields[i].Kind, d, x, y) {
		return levelElse
	}
	if d.bag != nil && f.Fields[i].Kind == Email {
		return compareEmail(d.Value(x), d.Value(y), mathbits.OnesCount64(d.bag[x]^d.bag[y]))
	}
	if f.multi[i] {
		return f.bestLevel(i, d.Value(x), d.Value(y))
	}
	return f.compare(i, d.Value(x), d.Value(y))
}

// apart is certain that two values reach no level above the lowest, from their bags alone. It spares the fetching and
// comparing of most values that have nothing to do with each other.
func apart(k Kind, d *Dict, x, y uint32) bool {
	bits := mathbits.OnesCount64(d.bag[x] ^ d.bag[y])
	switch k {
	case Phone: // three edits, or the same last seven digits
		return bits > max(6, 2*(d.most-7))
	case Code: // three edits, or one the end of the other
		if d.most < 7 { // too short for three edits
			return bits > 4
		}
		return bits > max(6, d.most-4)
	case Text:
		// Jaro-Winkler of 0.8 needs a Jaro of 2/3 even with four equal first letters: the shares of common letters
		// in both must add up to one. Short forms share all their letters; two edits leave four bits.
		la, lb := d.length(x), d.length(y)
		common := (la + lb - bits) / 2
		return bits > 4 && common*(la+lb) < la*lb && min(la, lb) > 3 && common < min(la, lb)
	}
	return false
}

// compare gives the level of two different, present, normal values of a field.
func (f *Frame) compare(i int, a, b []byte) uint8 {
	field := &f.Fields[i]
	switch {
	case field.Kind != Words:
		return field.Kind.compare(a, b)
	case field.Role == WholeName:
		return compareName(a, b)
	}
	return f.words[i].compare(a, b)
}

// otherGenerations looks for the suffix anywhere: in a whole name it may stand before or behind the family name.
func otherGenerations(a, b []byte) bool {
	var wa, wb [maxWords][]byte
	x, y := 0, 0
	for i := range cutWords(a, &wa) {
		x = max(x, generation(append([]byte{' '}, wa[i]...)))
	}
	for i := range cutWords(b, &wb) {
		y = max(y, generation(append([]byte{' '}, wb[i]...)))
	}
	return x != 0 && y != 0 && x != y
}

// levelRelative is the level of whole names that share the family name only. It takes the second place because
// it must not be mixed with any other likeness: people of one home have it.
const levelRelative = 1

// relatives: the last words are one family name, the first words are not one given name.
func relatives(a, b []byte) bool {
	var wa, wb [maxWords][]byte
	na, nb := cutWords(a, &wa), cutWords(b, &wb)
	if na < 2 || nb < 2 || len(wa[0]) < 2 || len(wb[0]) < 2 || string(wa[0]) == string(wb[0]) {
		return false
	}
	x, y := wa[na-1], wb[nb-1]
	return len(x) > 1 && (string(x) == string(y) || min(len(x), len(y)) >= 5 && edits(x, y, 1) <= 1)
}

// compareName asks the name matcher, which knows orders, short forms, particles and initials.
func compareName(a, b []byte) uint8 {
	if otherGenerations(a, b) {
		return levelElse
	}
	x, y := name.Parse(string(a), name.Unspecified), name.Parse(string(b), name.Unspecified)
	switch s := name.Similarity(&x, &y); {
	case s >= 0.95:
		return 4
	case s >= 0.82:
		return 3
	case s >= name.SupportingAt:
		return 2
	case relatives(a, b):
		return levelRelative
	case s >= 0.5:
		return 2
	}
	return levelElse
}

// aligned looks for the names of field i and its partner p in each other's place. Every sighting is
// counted once: one name found crosswise makes the first field crossed and leaves the second to what remains,
// two names found crosswise make both crossed.
func (f *Frame) aligned(i, p int, level uint8, a, b []uint32) uint8 {
	one, two := f.swap[i][a[i]], f.swap[i][b[i]]
	here, there := one != 0 && one == b[p], two != 0 && two == a[p]
	if !here && !there {
		return level
	}
	if other := f.straight(p, a, b); other == levelExact || other == 4 {
		return level
	}
	rest := uint8(levelExact)
	switch {
	case here && there:
	case here:
		rest = f.crosswise(i, p, b, a)
	default:
		rest = f.crosswise(i, p, a, b)
	}
	if rest != levelNull && rest >= 3 || i < p {
		return levelCrossed
	}
	return rest
}

// crosswise compares field i of a with field p of b.
func (f *Frame) crosswise(i, p int, a, b []uint32) uint8 {
	x, y := a[i], b[p]
	if x == 0 || y == 0 {
		return levelNull
	}
	if compareText(f.Dicts[i].Value(x), f.Dicts[p].Value(y)) >= 3 {
		return levelExact
	}
	return levelElse
}

func (f *Frame) bestLevel(i int, va, vb []byte) uint8 {
	best := uint8(levelElse)
	for _, x := range bytes.Split(va, []byte{valueSeparator}) {
		for _, y := range bytes.Split(vb, []byte{valueSeparator}) {
			if len(x) == 0 || len(y) == 0 {
				continue
			}
			if bytes.Equal(x, y) {
				return levelExact
			}
			best = max(best, f.compare(i, x, y))
		}
	}
	return best
}

// pattern packs the levels of all fields, three bits each.
func (f *Frame) pattern(a, b []uint32) uint64 {
	var p uint64
	for i := range f.Fields {
		p |= uint64(f.levelOf(i, a, b)) << (3 * i)
	}
	return p
}
