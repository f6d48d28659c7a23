package name

import "unicode/utf8"

// pairing is one agreement between words of two names.
type pairing struct {
	i, j   int8 // first word on each side
	ni, nj int8 // how many words were joined on each side
	sim    float32
	how    how
}

type how uint8

const (
	howEqual how = iota
	howSpelling
	howVariant
	howTypo
	howJoined
	howInitial
	howCut
	howSyllables
	howPinyin
	howSigns
	howShort
)

// alignment is the whole comparison of two names, before it becomes a number.
type alignment struct {
	pairs    [maxParts]pairing
	n        int
	usedA    [maxParts]bool
	usedB    [maxParts]bool
	matched  float32 // weight of agreeing words times their similarity
	mass     float32 // weight of agreeing words
	doubt    float32 // weight lost inside agreeing words
	leftA    float32
	leftB    float32
	plain    int  // agreeing words that are real words, not particles or initials
	swapped  bool // father and child exchanged around "bin"
	koreanly bool
	stranger bool // two Korean names with other family names
}

// align pairs the words of a and b: best pairs first, then joined words, cut
// words and initials.
func align(a, b *Name, al *alignment) {
	*al = alignment{}
	if a.signs != "" && b.signs != "" && a.script == b.script && a.schema == Person {
		al.alignSigns(a, b)
		return
	}
	korean := koreanBoth(a, b)
	if korean && a.korean.matches(b.korean) || hangulAgainstLatin(a, b) && a.korean.sameWhole(b.korean) {
		al.koreanly = true
		al.alignSyllables(a, b)
		al.leftovers(a, b)
		return
	}
	if a.chinese != nil && b.chinese != nil && a.chinese.matches(b.chinese) && !sameTexts(a, b) {
		al.alignWhole(a, b, 0.9, howPinyin)
		return
	}
	al.alignWords(a, b, korean)
	al.leftovers(a, b)
	if korean && al.leftA > 0 && al.leftB > 0 && a.korean.surname&(b.korean.surname|b.korean.altSurname) == 0 && a.korean.altSurname&b.korean.surname == 0 {
		al.stranger = true
	}
	al.alignJoined(a, b, false)
	al.alignJoined(b, a, true)
	if a.schema == Person {
		al.alignShort(a, b, korean)
	}
	al.leftA, al.leftB = 0, 0
	al.alignCut(a, b, false)
	al.alignCut(b, a, true)
	al.alignShortened(a, b)
	al.alignInitials(a, b, false)
	al.alignInitials(b, a, true)
	al.leftovers(a, b)
	if al.leftA == 0 || al.leftB == 0 {
		al.alignRepeated(a, b)
		al.leftA, al.leftB = 0, 0
		al.leftovers(a, b)
	}
	if a.schema == Person && b.schema == Person {
		al.swapped = al.fatherSwapped(a, b)
	}
}

// koreanBoth: both names have a Korean family name and readable syllables.
func koreanBoth(a, b *Name) bool {
	known := func(n *Name) bool {
		return n.korean != nil && (n.korean.surname != 0 || n.script&scriptHangul != 0)
	}
	return known(a) && known(b)
}

// hangulAgainstLatin: one is written in hangul, and both are readable.
func hangulAgainstLatin(a, b *Name) bool {
	return a.korean != nil && b.korean != nil && (a.script^b.script)&scriptHangul != 0
}

func (al *alignment) take(p pairing, weight float32, plain bool) {
	if al.n == maxParts {
		return
	}
	al.pairs[al.n] = p
	al.n++
	for k := range p.ni {
		al.usedA[p.i+k] = true
	}
	for k := range p.nj {
		al.usedB[p.j+k] = true
	}
	al.matched += weight * p.sim
	al.mass += weight
	al.doubt += weight * (1 - p.sim)
	if plain {
		al.plain++
	}
}

// alignSyllables: every word of a Korean name agrees as a syllable.
func (al *alignment) alignSyllables(a, b *Name) {
	sim := float32(0.93)
	if sameTexts(a, b) {
		sim = 1
	}
	al.alignWhole(a, b, sim, howSyllables)
}

// alignSigns compares two names written in the same signs, sign by sign:
// neighbours in sound are other names there, and a slip is rare.
func (al *alignment) alignSigns(a, b *Name) {
	sim := float32(1)
	how := howEqual
	if a.signs != b.signs {
		n := max(utf8.RuneCountInString(a.signs), utf8.RuneCountInString(b.signs))
		common := commonSigns(a.signs, b.signs)
		sim = 0.9 * float32(common) / float32(n)
		if n-common == 1 && n >= 3 {
			sim = 0.64
		}
		how = howSigns
		if common == 0 {
			al.leftA, al.leftB = 1, 1
			return
		}
	}
	al.alignWhole(a, b, sim, how)
	al.doubt = 0
}

// commonSigns counts the letters two sorted texts share.
func commonSigns(a, b string) (n int) {
	x, y := []rune(a), []rune(b)
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			n, i, j = n+1, i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// alignWhole pairs everything with everything.
func (al *alignment) alignWhole(a, b *Name, sim float32, how how) {
	var wa, wb float32
	for _, t := range a.tokens {
		wa += t.weight
	}
	for _, t := range b.tokens {
		wb += t.weight
	}
	al.take(pairing{0, 0, int8(len(a.tokens)), int8(len(b.tokens)), sim, how}, max(wa, wb), true)
	al.plain = 3
}

func sameTexts(a, b *Name) bool {
	if len(a.tokens) != len(b.tokens) {
		return false
	}
	for i := range a.tokens {
		if a.tokens[i].text != b.tokens[i].text {
			return false
		}
	}
	return true
}

// alignWords pairs single words greedily by similarity, which for the few words
// of a name gives the optimal assignment in all but contrived cases.
func (al *alignment) alignWords(a, b *Name, korean bool) {
	type cell struct {
		i, j int8
		sim  float32
	}
	var cells [maxParts * maxParts]cell
	n := 0
	for i, x := range a.tokens {
		for j, y := range b.tokens {
			s := similarity(x, y, korean)
			if s < simFloor && !(s > 0 && x.kind == kindLegal) {
				continue
			}
			if i == j { // the same place, when all else is equal
				s += 0.0001
			}
			cells[n] = cell{int8(i), int8(j), s}
			n++
		}
	}
	for {
		best := -1
		for k := range n {
			c := cells[k]
			if al.usedA[c.i] || al.usedB[c.j] {
				continue
			}
			if best < 0 || c.sim > cells[best].sim {
				best = k
			}
		}
		if best < 0 {
			return
		}
		c := cells[best]
		x, y := a.tokens[c.i], b.tokens[c.j]
		s := min(c.sim, 1)
		al.take(pairing{c.i, c.j, 1, 1, s, wordHow(x, y, s)}, pairWeight(x, y, s), x.kind == kindPlain && y.kind == kindPlain)
	}
}

// pairWeight: a mistyped word is met in no list and looks rare; its weight is
// that of the word it stands for.
func pairWeight(x, y *token, s float32) float32 {
	if s < 1 {
		return min(x.weight, y.weight)
	}
	return max(x.weight, y.weight)
}

func wordHow(x, y *token, s float32) how {
	switch {
	case x.text == y.text:
		return howEqual
	case s >= 0.88:
		return howSpelling
	case shareGroup(x, y):
		return howVariant
	}
	return howTypo
}

// leftovers adds up what found no partner on either side.
func (al *alignment) leftovers(a, b *Name) {
	for i, t := range a.tokens {
		if !al.usedA[i] && t.kind != kindTitle {
			al.leftA += t.weight
		}
	}
	for j, t := range b.tokens {
		if !al.usedB[j] && t.kind != kindTitle {
			al.leftB += t.weight
		}
	}
}

// fatherSwapped finds "Salman bin Muhammad" against "Muhammad bin Salman".
func (al *alignment) fatherSwapped(a, b *Name) bool {
	i, j := son(a), son(b)
	if i < 0 || j < 0 {
		return false
	}
	crossed := 0
	for k := range al.n {
		p := al.pairs[k]
		if p.ni == 1 && p.nj == 1 && a.tokens[p.i].kind == kindPlain && (int(p.i) < i) != (int(p.j) < j) {
			crossed++
		}
	}
	return crossed >= 2
}

// son gives the place of the word "son of", when it occurs once inside a name
// that was not written family name first.
func son(n *Name) int {
	at := -1
	if n.family != 0 {
		return -1
	}
	for i, t := range n.tokens {
		switch t.text {
		case "bin", "ibn", "ben", "bint", "binti":
			if i == 0 || at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// Weights of what speaks against: words on both sides that contradict each
// other, and words only one side has.
const (
	doubtCost    = 0.6
	conflictCost = 2.0
	extraCost    = 0.3
	extraSpan    = 2.2 // extra words beyond this add nothing more
)

// score turns the alignment into a number from 0 to 1.
func (al *alignment) score(a, b *Name) float32 {
	if al.mass == 0 {
		return 0
	}
	conflict := min(al.leftA, al.leftB)
	extra := max(al.leftA, al.leftB) - conflict
	if a.schema == Organisation && conflict >= 0.3 {
		// "Star Trading" against "Star Rotterdam": an everyday word in the
		// place of a telling one contradicts it too.
		more := min(extra/2, conflict)
		conflict, extra = conflict+more, extra-2*more
	}
	extra = min(extra, extraSpan)
	s := al.matched / (al.mass + doubtCost*al.doubt + conflictCost*conflict + extraCost*extra)
	if al.swapped || al.stranger {
		s *= 0.65
	}
	if (a.script^b.script)&scriptHangul != 0 && !al.koreanly && a.schema == Person {
		s = min(s, 0.4) // hangul settles the syllables: some agree, the name does not
	}
	if (a.script^b.script)&scriptHan != 0 && conflict > 0 && a.schema == Person {
		s = min(s, 0.4) // nor does a Chinese one of which some syllables agree
	}
	if a.schema == Person && b.schema == Person && al.plain < 2 {
		s = min(s, al.thin(a, b))
	}
	return min(max(s, 0), 1)
}

// thin caps a person's name that agrees in one word only.
func (al *alignment) thin(a, b *Name) float32 {
	if len(a.tokens) == 1 && len(b.tokens) == 1 {
		return 1
	}
	if al.leftA < 0.2 && al.leftB < 0.2 {
		return 1 // the rest are initials, particles
	}
	return 0.45
}
