package name

// Our own romanisation tables. One reading per letter is enough: token
// comparison treats the usual differences between standards (y/i/j, kh/h,
// ts/c, v/w …) as nearly equal. Sources: ICAO 9303 part 3 section 6 and
// GOST R 52535.1 for Cyrillic, ISO 843 for Greek, Hepburn for kana,
// ALA-LC consonants for Arabic and Hebrew.

func appendCyrillic(dst []byte, r rune) []byte {
	if r >= 0x410 && r <= 0x42F {
		r += 0x20
	} else if r >= 0x400 && r <= 0x40F {
		r += 0x50
	} else if r >= 0x460 {
		r |= 1 // capital letters are even in the extended block
		if s, ok := cyrillicMore[r]; ok {
			return append(dst, s...)
		}
		return appendTable(dst, r)
	}
	if r >= 0x430 && r <= 0x45F {
		return append(dst, cyrillic[r-0x430]...)
	}
	return dst
}

var cyrillic = [0x30]string{
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
	"e", "yo", "dj", "g", "ye", "dz", "i", "yi", "j", "lj", "nj", "c", "k", "i", "u", "dz",
}

var cyrillicMore = map[rune]string{
	'ґ': "g", 'ғ': "g", 'қ': "k", 'ң': "n", 'ү': "u", 'ұ': "u", 'һ': "h", 'ө': "o", 'ә': "a", 'ӣ': "i", 'ӯ': "u", 'ҳ': "h", 'ҷ': "j",
}

func appendGreek(dst []byte, r, prev rune) []byte {
	if r == 'υ' || r == 'Υ' || r == 'ύ' || r == 'Ύ' {
		switch prev {
		case 'ο', 'Ο':
			if n := len(dst); n > 0 && dst[n-1] == 'o' {
				return append(dst[:n-1], 'o', 'u')
			}
		case 'α', 'ε', 'Α', 'Ε':
			return append(dst, 'v')
		}
		return append(dst, 'y')
	}
	if s, ok := greek[r]; ok {
		return append(dst, s...)
	}
	return appendTable(dst, r)
}

var greek = makeGreek()

func makeGreek() map[rune]string {
	m := map[rune]string{
		'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m",
		'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
		'ά': "a", 'έ': "e", 'ή': "i", 'ί': "i", 'ό': "o", 'ώ': "o", 'ϊ': "i", 'ΐ': "i", 'ϋ': "y", 'ΰ': "y",
		'Ά': "a", 'Έ': "e", 'Ή': "i", 'Ί': "i", 'Ό': "o", 'Ώ': "o", 'Ϊ': "i", 'Ϋ': "y",
	}
	for r := 'α'; r <= 'ω'; r++ {
		if s, ok := m[r]; ok && r != 'ς' {
			m[r-0x20] = s
		}
	}
	return m
}

// hebrew and arabic give consonants and the letters that may stand for vowels.
var hebrew = map[rune]string{
	'א': "a", 'ב': "b", 'ג': "g", 'ד': "d", 'ה': "h", 'ו': "v", 'ז': "z", 'ח': "h", 'ט': "t", 'י': "i", 'כ': "k", 'ך': "k",
	'ל': "l", 'מ': "m", 'ם': "m", 'נ': "n", 'ן': "n", 'ס': "s", 'ע': "a", 'פ': "p", 'ף': "f", 'צ': "ts", 'ץ': "ts", 'ק': "k",
	'ר': "r", 'ש': "sh", 'ת': "t", '־': " ",
}

var arabic = map[rune]string{
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ٱ': "a", 'ء': "", 'ؤ': "u", 'ئ': "i", 'ب': "b", 'پ': "p", 'ت': "t", 'ٹ': "t", 'ث': "th",
	'ج': "j", 'چ': "ch", 'ح': "h", 'خ': "kh", 'د': "d", 'ڈ': "d", 'ذ': "dh", 'ر': "r", 'ڑ': "r", 'ز': "z", 'ژ': "zh", 'س': "s", 'ش': "sh",
	'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ڤ': "v", 'ق': "q", 'ك': "k", 'ک': "k", 'گ': "g", 'ل': "l",
	'م': "m", 'ن': "n", 'ں': "n", 'ه': "h", 'ہ': "h", 'ھ': "h", 'ة': "a", 'و': "u", 'ي': "i", 'ی': "i", 'ى': "a", 'ے': "e",
	'ٔ': "", 'َ': "a", 'ِ': "i", 'ُ': "u", 'ـ': "",
}

// appendKana writes Hepburn; small ya yu yo and the long mark join what stands before.
func appendKana(dst []byte, r rune) []byte {
	if r >= 0x3041 && r <= 0x3096 {
		r += 0x60 // hiragana to katakana
	}
	n := len(dst)
	switch r {
	case 'ャ', 'ュ', 'ョ':
		v := map[rune]byte{'ャ': 'a', 'ュ': 'u', 'ョ': 'o'}[r]
		if n > 1 && dst[n-1] == 'i' {
			if dst[n-2] == 'h' || dst[n-2] == 'j' { // sha, cha, ja
				dst[n-1] = v
				return dst
			}
			return append(dst[:n-1], 'y', v)
		}
		return append(dst, 'y', v)
	case 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ':
		v := map[rune]byte{'ァ': 'a', 'ィ': 'i', 'ゥ': 'u', 'ェ': 'e', 'ォ': 'o'}[r]
		if n > 0 && (dst[n-1] == 'u' || dst[n-1] == 'e' || dst[n-1] == 'o' || dst[n-1] == 'i') {
			dst[n-1] = v
			return dst
		}
		return append(dst, v)
	case 'ー', 'ッ':
		return dst
	case '・':
		return append(dst, ' ')
	}
	if i := int(r - 'ア'); i >= -1 && i < 0x60 {
		if s, ok := kana[r]; ok {
			return append(dst, s...)
		}
	}
	return appendTable(dst, r)
}

var kana = map[rune]string{
	'ア': "a", 'イ': "i", 'ウ': "u", 'エ': "e", 'オ': "o", 'カ': "ka", 'キ': "ki", 'ク': "ku", 'ケ': "ke", 'コ': "ko",
	'ガ': "ga", 'ギ': "gi", 'グ': "gu", 'ゲ': "ge", 'ゴ': "go", 'サ': "sa", 'シ': "shi", 'ス': "su", 'セ': "se", 'ソ': "so",
	'ザ': "za", 'ジ': "ji", 'ズ': "zu", 'ゼ': "ze", 'ゾ': "zo", 'タ': "ta", 'チ': "chi", 'ツ': "tsu", 'テ': "te", 'ト': "to",
	'ダ': "da", 'ヂ': "ji", 'ヅ': "zu", 'デ': "de", 'ド': "do", 'ナ': "na", 'ニ': "ni", 'ヌ': "nu", 'ネ': "ne", 'ノ': "no",
	'ハ': "ha", 'ヒ': "hi", 'フ': "fu", 'ヘ': "he", 'ホ': "ho", 'バ': "ba", 'ビ': "bi", 'ブ': "bu", 'ベ': "be", 'ボ': "bo",
	'パ': "pa", 'ピ': "pi", 'プ': "pu", 'ペ': "pe", 'ポ': "po", 'マ': "ma", 'ミ': "mi", 'ム': "mu", 'メ': "me", 'モ': "mo",
	'ヤ': "ya", 'ユ': "yu", 'ヨ': "yo", 'ラ': "ra", 'リ': "ri", 'ル': "ru", 'レ': "re", 'ロ': "ro", 'ワ': "wa", 'ヰ': "i", 'ヱ': "e",
	'ヲ': "o", 'ン': "n", 'ヴ': "vu",
}
