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
	korean := a.korean != nil && b.korean != nil
	if korean && a.korean.matches(b.korean) {
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

// alignJoined lets one word of a stand for two to four neighbours of b.
func (al *alignment) alignJoined(a, b *Name, flip bool) {
	usedA, usedB := &al.usedA, &al.usedB
	if flip {
		usedA, usedB = usedB, usedA
	}
	for i, x := range a.tokens {
		if usedA[i] || len(x.text) < 4 || x.kind == kindLegal {
			continue
		}
		for j := 0; j+1 < len(b.tokens) && !usedA[i]; j++ {
			if usedB[j] && b.tokens[j].kind != kindParticle {
				continue
			}
			var buf [64]byte
			got := buf[:0]
			for k := j; k < len(b.tokens) && k < j+4; k++ {
				y := b.tokens[k]
				if usedB[k] && y.kind != kindParticle || y.kind == kindLegal || len(got)+len(y.text) > 60 {
					break
				}
				got = append(got, y.text...)
				if k == j || len(got) < len(x.text)-2 || len(got) > len(x.text)+2 {
					continue
				}
				sim := joinedSim(x, got)
				if sim == 0 {
					continue
				}
				var weight float32
				free := true
				for m := j; m <= k; m++ {
					weight += b.tokens[m].weight
					free = free && !usedB[m]
				}
				if !free && !al.release(b, j, k, flip) {
					continue
				}
				p := pairing{int8(i), int8(j), 1, int8(k - j + 1), sim, howJoined}
				if flip {
					p.i, p.j, p.ni, p.nj = p.j, p.i, p.nj, p.ni
				}
				al.take(p, max(weight, x.weight), true)
				al.plain += min(1, k-j)
				break
			}
		}
	}
}

// alignShort forgives one slip in a word of three or four letters, when it is
// the only word left and two others agree: alone, such words are too near to
// each other.
func (al *alignment) alignShort(a, b *Name, korean bool) {
	i, j := only(a, &al.usedA), only(b, &al.usedB)
	if i < 0 || j < 0 || al.plain < 2 || al.doubt > 0 {
		return
	}
	x, y := a.tokens[i], b.tokens[j]
	if x.kind != kindPlain || y.kind != kindPlain || max(len(x.text), len(y.text)) > 5 || min(len(x.text), len(y.text)) < 2 || editDistance([]byte(x.text), []byte(y.text), 1) > 1 {
		return
	}
	if korean && x.korean != nil && y.korean != nil {
		return // both are syllables: another name
	}
	al.take(pairing{int8(i), int8(j), 1, 1, 0.62, howTypo}, pairWeight(x, y, 0), true)
}

// only gives the one word without partner, -1 when there is none or several.
func only(n *Name, used *[maxParts]bool) int {
	at := -1
	for i := range n.tokens {
		if !used[i] && n.tokens[i].kind != kindTitle {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// alignShortened pairs what is left of Chris and Christopher. It comes after
// the joined words, whose beginnings look the same.
func (al *alignment) alignShortened(a, b *Name) {
	for i, x := range a.tokens {
		for j, y := range b.tokens {
			if al.usedA[i] || al.usedB[j] || x.kind != kindPlain || y.kind != kindPlain || !shortened(x.text, y.text) {
				continue
			}
			al.take(pairing{int8(i), int8(j), 1, 1, 0.6, howShort}, pairWeight(x, y, 0), true)
		}
	}
}

// release frees particles that were paired with another particle, so that a
// joined word can have them. It refuses when a real word would be freed.
func (al *alignment) release(b *Name, j, k int, flip bool) bool {
	for m := j; m <= k; m++ {
		if b.tokens[m].kind != kindParticle {
			continue
		}
		for x := range al.n {
			p := &al.pairs[x]
			if !flip && int(p.j) == m && p.nj == 1 && al.usedB[m] {
				al.usedB[m] = false
				p.nj = 0
			} else if flip && int(p.i) == m && p.ni == 1 && al.usedA[m] {
				al.usedA[m] = false
				p.ni = 0
			}
		}
	}
	return true
}

func joinedSim(x *token, got []byte) float32 {
	if string(got) == x.text {
		return 0.98
	}
	if abs(len(got)-len(x.text)) > 2 {
		return 0
	}
	var skel [48]byte
	s := appendSkeleton(skel[:0], servant(cut(got)))
	if string(s) == x.skel {
		return 0.95
	}
	if len(got) < 7 {
		return 0
	}
	if d := weightedEdit(x.skel, string(s), 12); d <= 12 {
		return 1 - 0.12*float32(d)/float32(len(got)) - 0.04
	}
	return 0
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}

// alignCut accepts a last word that a document's name field has cut off
// (ICAO 9303: 39 characters in a passport, 30 in a card).
func (al *alignment) alignCut(a, b *Name, flip bool) {
	usedA, usedB := &al.usedA, &al.usedB
	if flip {
		usedA, usedB = usedB, usedA
	}
	i := len(a.tokens) - 1
	if i < 1 || usedA[i] || a.length < mrzNear || al.plain == 0 || len(a.tokens[i].text) < 2 {
		return
	}
	x := a.tokens[i]
	for j, y := range b.tokens {
		if usedB[j] || len(y.text) <= len(x.text) || y.text[:len(x.text)] != x.text {
			continue
		}
		p := pairing{int8(i), int8(j), 1, 1, 0.85, howCut}
		if flip {
			p.i, p.j = p.j, p.i
		}
		al.take(p, max(x.weight, y.weight), false)
		return
	}
}

// alignInitials pairs "V" with Vladimir and "JC" with Jean Claude.
func (al *alignment) alignInitials(a, b *Name, flip bool) {
	usedA, usedB := &al.usedA, &al.usedB
	if flip {
		usedA, usedB = usedB, usedA
	}
	for i, x := range a.tokens {
		if usedA[i] || len(x.text) > 3 || x.kind != kindInitial && x.kind != kindPlain {
			continue
		}
		n := len(x.text)
		for j := 0; j+n <= len(b.tokens); j++ {
			ok := true
			var weight float32
			for k := range n {
				y := b.tokens[j+k]
				if usedB[j+k] || y.text[0] != x.text[k] || y.kind != kindPlain && !(n > 1 && y.kind == kindInitial) || n == 1 && len(y.text) < 2 {
					ok = false
					break
				}
				weight += y.weight
			}
			if !ok {
				continue
			}
			p := pairing{int8(i), int8(j), 1, int8(n), initialSim, howInitial}
			if n > 1 {
				p.sim = 0.85
			}
			if flip {
				p.i, p.j, p.ni, p.nj = p.j, p.i, p.nj, p.ni
			}
			al.take(p, min(weight/2, x.weight), n > 1)
			break
		}
	}
}

const initialSim = 0.72

// alignRepeated forgives a word written twice (Shoigu Shoigu Sergey).
func (al *alignment) alignRepeated(a, b *Name) {
	mark := func(n *Name, used *[maxParts]bool) {
		for i, x := range n.tokens {
			if used[i] {
				continue
			}
			for j, y := range n.tokens {
				if i != j && used[j] && x.text == y.text {
					used[i] = true
					break
				}
			}
		}
	}
	mark(a, &al.usedA)
	mark(b, &al.usedB)
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
		s = min(s, 0.5) // hangul settles the syllables: some agree, the name does not
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
	return 0.5
}
