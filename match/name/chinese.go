package name

// A Chinese name in Latin letters may follow pinyin or Wade–Giles (Taiwan,
// older documents): Xi Jinping is Hsi Chin-p'ing, Mao Zedong is Mao Tse-tung.
// Without apostrophes Wade–Giles does not tell aspirated initials, so a
// spelling is read as the set of pinyin initials it can stand for and one final.

type chineseSyllable struct {
	initials uint32
	final    uint8
}

// Bits of pinyin initials.
const (
	cnB = 1 << iota
	cnP
	cnM
	cnF
	cnD
	cnT
	cnN
	cnL
	cnG
	cnK
	cnH
	cnJ
	cnQ
	cnX
	cnZh
	cnCh
	cnSh
	cnR
	cnZ
	cnC
	cnS
	cnNone
	cnY
	cnW
)

// Longest first.
var chineseInitials = []koreanPart{
	{"zh", 0, cnZh}, {"ch", 0, cnCh | cnQ | cnZh | cnJ}, {"sh", 0, cnSh}, {"hs", 0, cnX}, {"ts", 0, cnZ | cnC}, {"tz", 0, cnZ | cnC}, {"sz", 0, cnS}, {"ss", 0, cnS},
	{"b", 0, cnB}, {"p", 0, cnB | cnP}, {"m", 0, cnM}, {"f", 0, cnF}, {"d", 0, cnD}, {"t", 0, cnD | cnT}, {"n", 0, cnN}, {"l", 0, cnL}, {"g", 0, cnG}, {"k", 0, cnG | cnK},
	{"h", 0, cnH}, {"j", 0, cnJ | cnR}, {"q", 0, cnQ}, {"x", 0, cnX}, {"r", 0, cnR}, {"z", 0, cnZ}, {"c", 0, cnC}, {"s", 0, cnS}, {"y", 0, cnY}, {"w", 0, cnW}, {"", 0, cnNone},
}

var chineseInitialsBy = byLetter(chineseInitials)

// chineseFinals maps spellings of both systems to one number.
var chineseFinals = makeChineseFinals()

func makeChineseFinals() map[string]uint8 {
	groups := [][]string{
		{"a"}, {"o", "uo"}, {"e", "eh"}, {"ai"}, {"ei"}, {"ao"}, {"ou"}, {"an"}, {"en"}, {"ang"}, {"eng"}, {"ong", "ung"}, {"er", "erh"},
		{"i", "ih"}, {"ia"}, {"ie", "ieh"}, {"iao"}, {"iu", "iou"}, {"ian", "ien"}, {"in"}, {"iang"}, {"ing"}, {"iong", "iung"},
		{"u"}, {"ua"}, {"uai"}, {"ui", "uei"}, {"uan"}, {"un"}, {"uang"}, {"ue", "ueh"}, {"ueng"},
	}
	m := map[string]uint8{}
	for i, g := range groups {
		for _, s := range g {
			m[s] = uint8(i + 1)
		}
	}
	return m
}

// readChinese reads a folded token as one to three syllables, 0 if it is none.
func readChinese(tok []byte, out []chineseSyllable) int {
	if len(tok) == 0 || len(out) == 0 || len(tok) > 18 {
		return 0
	}
	for _, in := range partsFor(&chineseInitialsBy, tok) {
		if !hasPrefix(tok, in.text) {
			continue
		}
		rest := tok[len(in.text):]
		for n := min(4, len(rest)); n >= 1; n-- {
			f := chineseFinals[string(rest[:n])]
			if f == 0 {
				continue
			}
			s := chineseSyllable{in.mask, f}
			s.settle(in.text, string(rest[:n]))
			out[0] = s
			if n == len(rest) {
				return 1
			}
			if k := readChinese(rest[n:], out[1:]); k > 0 {
				return k + 1
			}
		}
	}
	return 0
}

// settle applies the few spellings where initial and final decide together.
func (s *chineseSyllable) settle(initial, final string) {
	if initial == "ts" || initial == "tz" || initial == "sz" || initial == "ss" {
		if final == "u" || final == "e" && initial != "ts" {
			s.final = chineseFinals["i"] // tzu, ssu
		}
	}
	if initial == "y" && (final == "eh" || final == "en") && final == "en" {
		s.final = chineseFinals["an"] // yen is yan
	}
	if initial == "ch" {
		if final == "i" || len(final) > 1 && final[0] == 'i' && final != "ih" {
			s.initials = cnJ | cnQ | cnCh&0
			if final == "i" {
				s.initials |= cnCh // pinyin chi
			}
		}
		if final == "ih" {
			s.initials = cnZh | cnCh
		}
	}
	if (initial == "k" || initial == "h" || initial == "g") && (final == "o" || final == "uo") {
		s.final = chineseFinals["e"] // ko is ge; kuo stays near enough to be read both ways
		if final == "uo" {
			s.final = chineseFinals["o"]
		}
	}
}

func sameChinese(a, b []chineseSyllable) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	for i := range a {
		if a[i].final != b[i].final || a[i].initials&b[i].initials == 0 {
			return false
		}
	}
	return true
}

// chineseName is a whole name read as syllables.
type chineseName struct {
	syllables [4]chineseSyllable
	n         int
	last      int // syllables in the last word
}

func readChineseName(ts []*token) *chineseName {
	if len(ts) < 2 || len(ts) > 3 {
		return nil
	}
	var c chineseName
	for _, t := range ts {
		if t.kind != kindPlain && t.kind != kindParticle || !c.add([]byte(t.text)) {
			return nil
		}
	}
	return &c
}

// readWords reads the words of a name on the stack.
func (c *chineseName) readWords(w *words) bool {
	if w.n < 2 || w.n > 3 {
		return false
	}
	for i := 0; i < w.n; i++ {
		if !c.add(w.at(i)) {
			return false
		}
	}
	return true
}

func (c *chineseName) add(word []byte) bool {
	k := readChinese(word, c.syllables[c.n:])
	c.n += k
	c.last = k
	return k > 0
}

// matches compares in order, and with the family name at the other end.
func (c *chineseName) matches(o *chineseName) bool {
	if sameChinese(c.syllables[:c.n], o.syllables[:o.n]) {
		return true
	}
	turn := func(x *chineseName) (r [4]chineseSyllable) {
		k := copy(r[:], x.syllables[x.n-x.last:x.n])
		copy(r[k:], x.syllables[:x.n-x.last])
		return r
	}
	t := turn(c)
	return c.n == o.n && sameChinese(t[:c.n], o.syllables[:o.n])
}
