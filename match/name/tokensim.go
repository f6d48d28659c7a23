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
	crossScript := a.native != b.native && (a.native|b.native)&unreadable != 0
	if korean {
		// Inside a Korean name syllables are compared as such elsewhere.
		if len(a.text) < 6 || len(b.text) < 6 {
			return 0
		}
	}
	best := float32(0)
	if shareGroup(a, b) {
		best = 0.82
	}
	if crossScript && len(a.cons) >= 2 && a.cons == b.cons {
		best = max(best, 0.9)
	}
	if s := spelled(a, b); s > best {
		best = s
	}
	if crossScript && len(a.cons) >= 3 && len(b.cons) >= 3 {
		if d := editDistance([]byte(a.cons), []byte(b.cons), 1); d <= 1 && max(len(a.cons), len(b.cons)) >= 4 {
			best = max(best, 0.75)
		}
	}
	return best
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
