package name

import "math/bits"

// A Korean name is written in Latin letters in at least three official ways
// (Revised 2000, McCune–Reischauer 1939, the North Korean rules of 1992) and in
// many private ones: 김정은 is Kim Jong Un, Gim Jeong-eun, Kim Chŏng'ŭn. Instead
// of choosing one, a Latin spelling is read as the set of syllables it can
// stand for; two spellings agree when the sets overlap syllable by syllable.

// syllable is one Korean syllable as far as its spelling settles it.
type syllable struct {
	initial byte   // consonant class, plain and tense and aspirated together
	final   byte   // closing consonant class
	vowels  uint32 // bit i: may be hangulVowel[i]
}

const maxSyllables = 6

// Vowel bits in the order of hangulVowel.
const (
	vA = 1 << iota
	vAe
	vYa
	vYae
	vEo
	vE
	vYeo
	vYe
	vO
	vWa
	vWae
	vOe
	vYo
	vU
	vWo
	vWe
	vWi
	vYu
	vEu
	vUi
	vI
)

type koreanPart struct {
	text  string
	class byte
	mask  uint32
}

// Longest spellings first, so that the reader is greedy.
var koreanInitials = []koreanPart{
	{"tch", 'J', 0}, {"kh", 'K', 0}, {"kk", 'K', 0}, {"gh", 'K', 0}, {"th", 'T', 0}, {"tt", 'T', 0}, {"dt", 'T', 0}, {"ph", 'P', 0}, {"pp", 'P', 0},
	{"sh", 'S', 0}, {"ss", 'S', 0}, {"ch", 'J', 0}, {"jj", 'J', 0}, {"ts", 'J', 0}, {"rh", 'R', 0}, {"k", 'K', 0}, {"g", 'K', 0}, {"n", 'N', 0}, {"t", 'T', 0}, {"d", 'T', 0},
	{"r", 'R', 0}, {"l", 'R', 0}, {"m", 'M', 0}, {"p", 'P', 0}, {"b", 'P', 0}, {"s", 'S', 0}, {"j", 'J', 0}, {"z", 'J', 0}, {"h", 'H', 0}, {"", '0', 0},
}

var koreanVowels = []koreanPart{
	{"yeou", 0, vYeo}, {"yeo", 0, vYeo}, {"yae", 0, vYae}, {"you", 0, vYeo | vYu}, {"yoo", 0, vYu | vYo}, {"yuh", 0, vYeo}, {"wae", 0, vWae}, {"wai", 0, vWae}, {"weo", 0, vWo},
	{"woo", 0, vU}, {"eui", 0, vUi}, {"euy", 0, vUi}, {"yah", 0, vYa}, {"yoh", 0, vYo}, {"ya", 0, vYa}, {"ye", 0, vYe | vYeo}, {"yo", 0, vYo | vYeo}, {"yu", 0, vYu | vYeo}, {"yi", 0, vI | vUi},
	{"wa", 0, vWa}, {"we", 0, vWe | vWae | vOe}, {"wi", 0, vWi | vUi}, {"wo", 0, vWo}, {"wu", 0, vU},
	{"eo", 0, vEo}, {"eu", 0, vEu}, {"ee", 0, vI}, {"ei", 0, vE}, {"ae", 0, vAe}, {"ai", 0, vAe}, {"ay", 0, vAe}, {"ah", 0, vA}, {"oo", 0, vU}, {"ou", 0, vU | vEo}, {"oe", 0, vOe}, {"oi", 0, vOe}, {"oy", 0, vOe}, {"oh", 0, vO | vEo}, {"uh", 0, vEo}, {"ui", 0, vUi | vWi},
	{"ur", 0, vEo}, {"a", 0, vA}, {"e", 0, vE | vAe}, {"i", 0, vI}, {"y", 0, vI}, {"o", 0, vO | vEo}, {"u", 0, vU | vEu | vEo},
}

var koreanFinals = []koreanPart{
	{"ng", 'G', 0}, {"ck", 'K', 0}, {"k", 'K', 0}, {"g", 'K', 0}, {"n", 'N', 0}, {"l", 'R', 0}, {"r", 'R', 0}, {"m", 'M', 0}, {"p", 'P', 0}, {"b", 'P', 0}, {"t", 'T', 0}, {"d", 'T', 0}, {"s", 'T', 0}, {"", '0', 0},
}

// The same parts by the letter they begin with, in the same order; the last
// entry is for the end of a word.
var initialsBy, vowelsBy, finalsBy = byLetter(koreanInitials), byLetter(koreanVowels), byLetter(koreanFinals)

func byLetter(parts []koreanPart) (by [27][]koreanPart) {
	for l := range by {
		for _, p := range parts {
			if p.text == "" || l < 26 && p.text[0] == 'a'+byte(l) {
				by[l] = append(by[l], p)
			}
		}
	}
	return by
}

func partsFor(by *[27][]koreanPart, b []byte) []koreanPart {
	if len(b) == 0 || b[0] < 'a' || b[0] > 'z' {
		return by[26]
	}
	return by[b[0]-'a']
}

// readKorean reads a folded Latin token as Korean syllables; n is 0 when it is
// not readable as such. It tries longer parts first and backs up when stuck.
func readKorean(tok []byte, out []syllable) (n int) {
	if len(tok) == 0 {
		return 0
	}
	if len(out) == 0 {
		return 0
	}
	for _, in := range partsFor(&initialsBy, tok) {
		if !hasPrefix(tok, in.text) {
			continue
		}
		rest := tok[len(in.text):]
		for _, v := range partsFor(&vowelsBy, rest) {
			if !hasPrefix(rest, v.text) {
				continue
			}
			tail := rest[len(v.text):]
			for _, f := range partsFor(&finalsBy, tail) {
				if !hasPrefix(tail, f.text) {
					continue
				}
				next := tail[len(f.text):]
				// A single consonant between vowels opens the next syllable.
				if len(f.text) == 1 && len(next) > 0 && isVowel(next[0]) {
					continue
				}
				mask := v.mask
				if in.class == 'S' && in.text == "sh" && mask == vI {
					mask |= vWi
				}
				if in.class == 'H' && mask&vI != 0 {
					mask |= vUi // 희 is said and written hee
				}
				out[0] = syllable{in.class, f.class, mask}
				if len(next) == 0 {
					return 1
				}
				if k := readKorean(next, out[1:]); k > 0 {
					return k + 1
				}
			}
		}
	}
	return 0
}

func hasPrefix(b []byte, p string) bool { return len(b) >= len(p) && string(b[:len(p)]) == p }

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// sameSyllable says whether two spellings can be one syllable; first tells that
// it opens a family name or given name, where ㄹ, ㄴ and silence alternate.
func sameSyllable(a, b syllable, first bool) bool {
	if a.vowels&b.vowels == 0 || a.final != b.final {
		return false
	}
	if a.initial == b.initial {
		return true
	}
	if a.initial != '0' && b.initial != '0' && !first {
		return (a.initial == 'R' || a.initial == 'N') && (b.initial == 'R' || b.initial == 'N') // Gyeong-rae is said Gyeongnae
	}
	liquid := func(c byte) bool { return c == 'R' || c == 'N' || c == '0' }
	if !first || !liquid(a.initial) || !liquid(b.initial) {
		return false
	}
	const iotised = vI | vYa | vYeo | vYe | vYo | vYu
	if a.initial == '0' || b.initial == '0' {
		return a.vowels&b.vowels&iotised != 0
	}
	return true
}

// sameKorean compares two whole readings.
func sameKorean(a, b []syllable) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		if !sameSyllable(a[i], b[i], i == 0) {
			return false
		}
	}
	return true
}

// koreanSurname gives the group of a Latin spelling of a common Korean family
// name, 0 if it is none. Spellings may belong to two families (Chung: 정 or 전),
// so the groups are bits.
func koreanSurname(tok []byte) uint64 { return koreanSurnames[string(tok)] }

var koreanSurnames = makeKoreanSurnames()

func makeKoreanSurnames() map[string]uint64 {
	groups := [][]string{
		{"kim", "gim", "ghim"}, {"lee", "yi", "ri", "li", "rhee", "i", "ree", "rhie", "yee", "rhi"}, {"park", "pak", "bak", "bahk", "pahk"},
		{"choe", "choi", "choy", "chwe", "tchoi"}, {"jeong", "jung", "chung", "chong", "cheong", "joung"}, {"gang", "kang", "khang"}, {"jo", "cho", "joe", "joh", "choh"},
		{"yun", "yoon", "youn", "yune"}, {"jang", "chang", "zang"}, {"im", "lim", "rim", "yim", "leem"}, {"o", "oh", "oo"}, {"han", "hahn"}, {"sin", "shin", "synn"}, {"seo", "suh", "so", "sur", "seoh"},
		{"gwon", "kwon", "kwun", "kweon"}, {"hwang", "whang"}, {"an", "ahn", "aan"}, {"song"}, {"yu", "yoo", "ryu", "ryoo", "lyu", "you", "lew", "ryou"}, {"hong"}, {"jeon", "jon", "jun", "chun", "chon", "jeun", "cheon"},
		{"go", "ko", "koh", "goh"}, {"mun", "moon"}, {"son", "sohn"}, {"yang", "ryang", "lyang"}, {"bae", "pae", "bai", "pai"}, {"baek", "paek", "baik", "paik", "back", "beck"}, {"heo", "hur", "huh", "ho", "her"},
		{"nam", "nahm"}, {"sim", "shim", "sym"}, {"no", "noh", "ro", "roh", "rho"}, {"ha", "hah"}, {"gwak", "kwak", "kwack"}, {"seong", "sung", "song", "soung"}, {"cha", "tcha"}, {"ju", "joo", "chu", "choo"},
		{"u", "woo", "wu", "ou"}, {"gu", "koo", "ku", "goo", "kou"}, {"na", "ra", "rah", "nah"}, {"min", "mihn"}, {"jin", "chin"}, {"ji", "chi", "jee"}, {"eom", "um", "om", "uhm", "eum"}, {"chae", "chai"},
		{"won", "weon"}, {"cheon", "chun", "chon"}, {"bang", "pang"}, {"gong", "kong"}, {"hyeon", "hyun", "hyon"}, {"ham", "hahm"}, {"byeon", "byun", "pyon", "pyun"}, {"yeom", "yum", "yom", "ryom"},
		{"yeo", "ryo", "ryeo", "yo"}, {"do", "to"}, {"chu", "choo"}, {"maeng", "maing"}, {"pyo", "phyo"}, {"gil", "kil"}, {"myeong", "myong", "myung"}, {"hyong", "hyeong", "hyung"},
	}
	m := make(map[string]uint64, 256)
	for i, g := range groups {
		for _, s := range g {
			m[s] |= 1 << uint(i)
		}
	}
	return m
}

// koreanShaped is a cheap test before the reader is asked at all.
func koreanShaped(tok []byte) bool {
	if len(tok) > 16 {
		return false
	}
	var set uint32
	for _, c := range tok {
		if c < 'a' || c > 'z' {
			return false
		}
		set |= 1 << (c - 'a')
	}
	return bits.TrailingZeros32(set&foreignLetters) == 32
}

// foreignLetters do not occur in romanised Korean: f, q, v, x.
const foreignLetters = 1<<('f'-'a') | 1<<('q'-'a') | 1<<('v'-'a') | 1<<('x'-'a')

// koreanName is a name read as a Korean one: a family name, and the syllables
// of the given name, however they were spaced.
type koreanName struct {
	surname uint64
	given   [maxSyllables]syllable
	n       int
	// alt is the other reading, family name last, as abroad.
	altSurname uint64
	alt        [maxSyllables]syllable
	altN       int
	// whole is every syllable in order, for family names that are in no table;
	// last is how many the last word has.
	whole  [maxSyllables]syllable
	wholeN int
	last   int
}

// read fails when a token is no Korean spelling or there are too many. rare
// allows family names that are in no table.
func (k *koreanName) read(w *words, rare bool) bool {
	if w.n < 2 || w.n > 4 {
		return false
	}
	for i := 0; i < w.n; i++ {
		if !koreanShaped(w.at(i)) {
			return false
		}
	}
	k.surname = koreanSurname(w.at(0))
	k.altSurname = koreanSurname(w.at(w.n - 1))
	if k.surname|k.altSurname == 0 && !rare {
		return false
	}
	ok := false
	if k.surname != 0 {
		k.n, ok = readGiven(w, 1, w.n, k.given[:])
		if !ok {
			k.surname = 0
		}
	}
	if k.altSurname != 0 {
		var okAlt bool
		k.altN, okAlt = readGiven(w, 0, w.n-1, k.alt[:])
		if !okAlt {
			k.altSurname = 0
		}
		ok = ok || okAlt
	}
	if k.surname == 0 && k.altSurname != 0 {
		k.surname, k.given, k.n, k.altSurname = k.altSurname, k.alt, k.altN, 0
	}
	k.readWhole(w)
	return ok || k.wholeN > 1
}

func (k *koreanName) readWhole(w *words) {
	for i := 0; i < w.n; i++ {
		n := readKorean(w.at(i), k.whole[k.wholeN:])
		if n == 0 || k.wholeN+n > 4 {
			k.wholeN = 0
			return
		}
		k.wholeN += n
		k.last = n
	}
}

// sameWhole compares all syllables, in order or with the family name last.
func (k *koreanName) sameWhole(o *koreanName) bool {
	if k.wholeN < 2 || k.wholeN != o.wholeN {
		return false
	}
	a, b := k.whole[:k.wholeN], o.whole[:o.wholeN]
	if sameKorean(a, b) {
		return true
	}
	var turned [maxSyllables]syllable
	n := copy(turned[:], b[len(b)-o.last:])
	copy(turned[n:], b[:len(b)-o.last])
	return sameKorean(a, turned[:len(b)])
}

func readGiven(w *words, from, to int, out []syllable) (int, bool) {
	n := 0
	for i := from; i < to; i++ {
		k := readKorean(w.at(i), out[n:])
		if k == 0 {
			return 0, false
		}
		n += k
	}
	return n, n > 0 && n <= 3
}

// matches tries the readings of both against each other.
func (k *koreanName) matches(o *koreanName) bool {
	try := func(s1 uint64, g1 []syllable, s2 uint64, g2 []syllable) bool {
		return s1&s2 != 0 && sameKorean(g1, g2)
	}
	return try(k.surname, k.given[:k.n], o.surname, o.given[:o.n]) ||
		try(k.altSurname, k.alt[:k.altN], o.surname, o.given[:o.n]) ||
		try(k.surname, k.given[:k.n], o.altSurname, o.alt[:o.altN])
}
