package name

// Costs of one edit in tenths. Vowels and consonants of one place in the mouth
// are exchanged by transliteration as well as by slips.
const (
	costFull  = 10
	costVowel = 6
	costNear  = 6
	costWeakH = 5
	costSwap  = 8
)

// similarity compares two words: 1 the same, 0 nothing in common. Below
// simFloor two words count as different words.
func similarity(a, b *token, korean bool) float32 {
	if a == b || a.text == b.text {
		return 1
	}
	if a.kind == kindLegal || b.kind == kindLegal {
		if a.kind == b.kind {
			return 0.5 // two forms of company: not the same, hardly a contradiction
		}
		return 0
	}
	if a.kind == kindNumber || b.kind == kindNumber {
		return 0
	}
	if a.kind == kindInitial || b.kind == kindInitial {
		return 0 // initials are paired on their own
	}
	if a.skel == b.skel && len(a.skel) > 1 {
		return 0.96
	}
	// Arabic, Hebrew and their like against Latin: consonants must do.
	if (a.native|b.native)&scriptHangul != 0 {
		if len(a.korean) > 0 && sameKorean(a.korean, b.korean) || a.surname&b.surname != 0 {
			return 0.93
		}
		if len(a.text) < 6 || len(b.text) < 6 {
			return 0 // another syllable
		}
	}
	crossScript := a.native != b.native && (a.native|b.native)&vowelless != 0
	if (a.native|b.native)&scriptHan != 0 && !crossScript {
		if len(a.text) < 5 || len(b.text) < 5 {
			return 0 // pinyin syllables one letter apart are other names
		}
	}
	if korean {
		// Inside a Korean name a short word is a syllable, and one letter
		// makes another one.
		if len(a.text) < 6 || len(b.text) < 6 {
			if sameKorean(a.korean, b.korean) {
				return 0.9
			}
			return 0
		}
	}
	best := float32(0)
	if shareGroup(a, b) {
		best = 0.82
	}
	if a.cons == b.cons {
		best = max(best, frameSim(len(a.cons), crossScript))
	}
	if s := spelled(a, b); s > best {
		best = s
	}
	if crossScript && min(len(a.cons), len(b.cons)) >= 4 {
		if d := editDistance([]byte(a.cons), []byte(b.cons), 1); d <= 1 {
			best = max(best, 0.68)
		}
	}
	if x, y := withoutArticle(a.text), withoutArticle(b.text); len(x) != len(a.text) != (len(y) != len(b.text)) {
		best = max(best, stripped(x, y))
	}
	return best
}

// shortened: Chris and Christopher, Alex and Alexandra.
func shortened(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 3 && len(b) >= len(a)+2 && b[:len(a)] == a
}

// frameSim is the worth of equal consonants when vowels are not written, or
// when both wrote theirs and they differ.
func frameSim(n int, crossScript bool) float32 {
	switch {
	case crossScript && n >= 4:
		return 0.88
	case crossScript && n == 3:
		return 0.84
	case crossScript && n == 2:
		return 0.66
	case n >= 4:
		return 0.78
	case n == 3:
		return 0.68
	}
	return 0
}

// withoutArticle drops an Arabic article written as one with its word.
func withoutArticle(s string) string {
	if len(s) >= 6 && s[1] == 'l' && (s[0] == 'a' || s[0] == 'e') && !isVowel(s[2]) {
		return s[2:]
	}
	return s
}

func stripped(x, y string) float32 {
	if x == y {
		return 0.93
	}
	var bx, by [48]byte
	sx, sy := appendSkeleton(bx[:0], cut([]byte(x))), appendSkeleton(by[:0], cut([]byte(y)))
	if string(sx) == string(sy) {
		return 0.9
	}
	return 0
}

func shareGroup(a, b *token) bool {
	for _, x := range a.groups {
		for _, y := range b.groups {
			if x == y {
				return true
			}
		}
	}
	return false
}

const simFloor = 0.58

// spelled measures how far apart two spellings are, on the skeleton and on the
// letters as they stand, whichever is nearer.
func spelled(a, b *token) float32 {
	long := max(len(a.text), len(b.text))
	short := min(len(a.text), len(b.text))
	if short < 3 || long < 4 || long > maxEdit || long-short > 3 {
		return 0
	}
	limit := editLimit(long)
	if missingLetters(a, b)*costWeakH > 2*limit+10 {
		return 0
	}
	d := weightedEdit(a.skel, b.skel, limit)
	if d > costWeakH {
		d = min(d, weightedEdit(a.text, b.text, limit))
	}
	if d > limit {
		return 0
	}
	return 1 - 0.12*float32(d)/float32(long) - 0.02
}

// editLimit is the cost, in tenths, up to which two words of this length may
// still be one word.
func editLimit(long int) int {
	switch {
	case long < 4:
		return 0
	case long < 6:
		return 10
	case long < 9:
		return 16
	case long < 12:
		return 20
	}
	return 28
}

// weightedEdit is optimal string alignment with the costs above.
func weightedEdit(a, b string, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > maxEdit || len(b) > maxEdit {
		return limit + 1
	}
	var rows [3][maxEdit + 1]uint16
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) {
		prev[j+1] = prev[j] + gapCost[b[j]&31]
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = prev[0] + gapCost[a[i-1]&31]
		best := cur[0]
		for j := 1; j <= len(b); j++ {
			c := prev[j-1]
			if a[i-1] != b[j-1] {
				c += subCost[a[i-1]&31][b[j-1]&31]
			}
			c = min(c, prev[j]+gapCost[a[i-1]&31], cur[j-1]+gapCost[b[j-1]&31])
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				c = min(c, prev2[j-2]+costSwap)
			}
			cur[j] = c
			best = min(best, c)
		}
		if int(best) > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return int(prev[len(b)])
}

var gapCost, subCost = makeCosts()

func makeCosts() (gap [32]uint16, sub [32][32]uint16) {
	set := func(s string) (out []byte) {
		for i := range len(s) {
			out = append(out, s[i]&31)
		}
		return out
	}
	for i := range gap {
		gap[i] = costFull
		for j := range sub[i] {
			sub[i][j] = costFull
		}
	}
	for _, v := range set("aeiouy") {
		gap[v] = costVowel + 1
		for _, w := range set("aeiouy") {
			sub[v][w] = costVowel
		}
	}
	gap['h'&31] = costWeakH
	for _, p := range []string{"bp", "dt", "gk", "vf", "sz", "cs", "ck", "jg", "jz", "mn", "iy", "ij", "vb", "cj", "qk", "gh", "kh", "uv", "uw", "sj", "cz"} {
		x, y := p[0]&31, p[1]&31
		sub[x][y], sub[y][x] = costNear, costNear
	}
	return gap, sub
}
