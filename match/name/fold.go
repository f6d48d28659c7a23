package name

import "github.com/mozillazg/go-unidecode/table"

// Folding writes any script in lower-case ASCII. It keeps three marks the
// tokenizer needs: ' ' between words, '.' after an abbreviation and ',' where
// a family name was put first. Everything else that is not a letter or a digit
// is dropped (apostrophes) or becomes a space (hyphens, MRZ fillers).

// script says which writing a name came in, because a consonant script such as
// Arabic cannot be expected to give the vowels of a Latin spelling.
type script uint16

const (
	scriptLatin script = 1 << iota
	scriptCyrillic
	scriptGreek
	scriptHangul
	scriptKana
	scriptHan
	scriptArabic
	scriptHebrew
	scriptOther // Thai, Khmer, Devanagari …: read by a general table only
)

// vowelless holds the scripts that leave most vowels unwritten.
const vowelless = scriptArabic | scriptHebrew

// unreadable holds the scripts whose romanisation loses so much that a
// mismatch proves nothing.
const unreadable = scriptHan | scriptArabic | scriptHebrew | scriptOther

// fold appends the folded form of s to dst and reports the scripts seen.
func fold(dst []byte, s string) ([]byte, script) {
	var seen script
	start := len(dst)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 {
			return foldWide(dst[:start], tidy(s), 0)
		}
		dst, seen = foldASCII(dst, c, seen)
	}
	return dst, seen
}

func foldASCII(dst []byte, c byte, seen script) ([]byte, script) {
	switch k := asciiFold[c]; k {
	case 0:
		return dst, seen
	case ' ', '.', ',':
		return append(dst, k), seen
	default:
		if k > '9' {
			seen |= scriptLatin
		}
		return append(dst, k), seen
	}
}

// asciiFold maps a byte below 0x80 to its folded byte, 0 to drop it.
var asciiFold = makeASCIIFold()

func makeASCIIFold() (t [128]byte) {
	for c := range t {
		t[c] = ' '
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-32] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	t['.'], t[','] = '.', ','
	t['\''], t['`'] = 0, 0
	return t
}

func foldWide(dst []byte, s string, seen script) ([]byte, script) {
	var prev rune
	for _, r := range s {
		switch {
		case r < 0x80:
			dst, seen = foldASCII(dst, byte(r), seen)
		case r < 0x250, r >= 0x1E00 && r < 0x1F00:
			if r == 0xB7 { // the dot between the parts of a foreign name
				dst = append(dst, ' ')
				break
			}
			seen |= scriptLatin
			dst = appendLatin(dst, r)
		case r >= 0x370 && r < 0x400, r >= 0x1F00 && r < 0x2000:
			seen |= scriptGreek
			dst = appendGreek(dst, r, prev)
		case r >= 0x400 && r < 0x530:
			seen |= scriptCyrillic
			dst = appendCyrillic(dst, r)
		case r >= 0xAC00 && r <= 0xD7A3:
			seen |= scriptHangul
			dst = appendHangul(dst, r)
		case r >= 0x3041 && r <= 0x30FF, r >= 0xFF66 && r <= 0xFF9F:
			seen |= scriptKana
			dst = appendKana(dst, r)
		case r >= 0x590 && r < 0x600:
			if s := hebrew[r]; s != "" {
				seen |= scriptHebrew
				dst = append(dst, s...)
			}
		case r >= 0x600 && r < 0x780:
			if s, ok := arabic[r]; ok {
				seen |= scriptArabic
				dst = append(dst, s...)
			} else if r == 0x60C {
				dst = append(dst, ',')
			}
		case r >= 0x3400 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF:
			seen |= scriptHan
			dst = appendTable(dst, r)
		case r == 0x2018, r == 0x2019, r == 0x201B, r == 0x2032, r >= 0x2B0 && r < 0x370, r == 0x200B, r == 0x200C, r == 0x200D, r == 0xFEFF:
			// apostrophes, modifier letters, combining marks, joiners
		case r >= 0x2000 && r < 0x2070, r == 0x3000, r == 0x30FB, r >= 0x3001 && r < 0x3020:
			dst = append(dst, ' ')
		case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
			dst, seen = foldASCII(dst, byte(r-0xFEE0), seen)
		default:
			n := len(dst)
			dst = appendTable(dst, r)
			if len(dst) > n {
				seen |= scriptOther
			}
		}
		prev = r
	}
	return dst, seen
}

// appendTable uses the general transliteration table for what has none here.
func appendTable(dst []byte, r rune) []byte {
	tb, ok := table.Tables[r>>8]
	if !ok || int(r&0xFF) >= len(tb) {
		return dst
	}
	for _, c := range []byte(tb[r&0xFF]) {
		if c < 0x80 {
			if k := asciiFold[c]; k != 0 {
				dst = append(dst, k)
			}
		}
	}
	return dst
}

func appendLatin(dst []byte, r rune) []byte {
	switch r {
	case 'ə', 'Ə':
		return append(dst, 'a')
	case 'ħ', 'Ħ':
		return append(dst, 'h')
	case 'ı':
		return append(dst, 'i')
	case 'ð', 'Ð', 'đ', 'Đ':
		return append(dst, 'd')
	case 'ŋ', 'Ŋ':
		return append(dst, 'n', 'g')
	case 'þ', 'Þ':
		return append(dst, 't', 'h')
	case 0xAD, 0xB4, 0xA8, 0xB0, 0xB8:
		return dst
	}
	return appendTable(dst, r)
}
