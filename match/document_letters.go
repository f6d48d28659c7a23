package match

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// zoneLetters is how national letters are printed in a machine-readable zone
// (Doc 9303-3, section 6): the first spelling is the recommended one, the others
// are allowed or were. Letters with marks that are not here lose the mark.
var zoneLetters = map[rune][]string{
	'Ä': {"AE", "A"}, 'Å': {"AA", "A"}, 'Æ': {"AE"}, 'Ö': {"OE", "O"}, 'Ø': {"OE"}, 'Œ': {"OE"}, 'Ü': {"UE", "UXX", "U"}, 'Ñ': {"N", "NXX"},
	'ß': {"SS"}, 'ẞ': {"SS"}, 'Þ': {"TH"}, 'Ð': {"D"}, 'Đ': {"D"}, 'Ħ': {"H"}, 'ı': {"I"}, 'Ĳ': {"IJ"}, 'Ł': {"L"}, 'Ŋ': {"N"}, 'ĸ': {"Q"}, 'Ŧ': {"T"}, 'Ə': {"E"},
	'А': {"A"}, 'Б': {"B"}, 'В': {"V"}, 'Г': {"G", "H"}, 'Ґ': {"G"}, 'Д': {"D"}, 'Е': {"E"}, 'Ё': {"E", "IO"}, 'Ж': {"ZH", "Z"}, 'З': {"Z"},
	'И': {"I", "Y"}, 'Й': {"I", "Y"}, 'К': {"K"}, 'Л': {"L"}, 'М': {"M"}, 'Н': {"N"}, 'О': {"O"}, 'П': {"P"}, 'Р': {"R"}, 'С': {"S"},
	'Т': {"T"}, 'У': {"U"}, 'Ф': {"F"}, 'Х': {"KH", "H"}, 'Ц': {"TS", "C"}, 'Ч': {"CH", "C"}, 'Ш': {"SH", "S"}, 'Щ': {"SHCH", "SHT"}, 'Ъ': {"IE", ""},
	'Ы': {"Y"}, 'Ь': {""}, 'Э': {"E"}, 'Ю': {"IU", "YU"}, 'Я': {"IA", "YA"}, 'Є': {"IE", "YE"}, 'І': {"I"}, 'Ї': {"I", "YI"}, 'Ў': {"U"}, 'Ђ': {"D"}, 'Ѓ': {"G"}, 'Ѕ': {"DZ"},
	'Ј': {"J"}, 'Љ': {"LJ"}, 'Њ': {"NJ"}, 'Ћ': {"C"}, 'Ќ': {"K"}, 'Џ': {"DZ"},
	'ء': {"XE"}, 'آ': {"XAA"}, 'أ': {"XAE"}, 'ؤ': {"U"}, 'إ': {"I"}, 'ئ': {"XI"}, 'ا': {"A"}, 'ب': {"B"}, 'ة': {"XTA", "XAH"}, 'ت': {"T"}, 'ث': {"XTH"}, 'ج': {"J"}, 'ح': {"XH"},
	'خ': {"XKH"}, 'د': {"D"}, 'ذ': {"XDH"}, 'ر': {"R"}, 'ز': {"Z"}, 'س': {"S"}, 'ش': {"XSH"}, 'ص': {"XSS"}, 'ض': {"XDZ"}, 'ط': {"XTT"}, 'ظ': {"XZZ"}, 'ع': {"E"}, 'غ': {"G"},
	'ف': {"F"}, 'ق': {"Q"}, 'ك': {"K"}, 'ل': {"L"}, 'م': {"M"}, 'ن': {"N"}, 'ه': {"H"}, 'و': {"W"}, 'ى': {"XAY"}, 'ي': {"Y"}, 'پ': {"P"}, 'چ': {"XC"}, 'ژ': {"XJ"}, 'گ': {"XGG"},
}

// ZoneSpellings are all ways in which a zone may print a name, words parted by one
// filler, the recommended one first, 64 at most: "Müller-Lüdenscheidt" is
// MUELLER<LUEDENSCHEIDT. Apostrophes and points go.
func ZoneSpellings(name string) []string {
	const limit = 64
	if len(name) > 512 {
		return nil
	}
	all := []string{""}
	for _, r := range norm.NFC.String(name) {
		ways := zoneWays(r)
		var next []string
		for _, way := range ways {
			for _, s := range all {
				if way == "<" && (s == "" || strings.HasSuffix(s, "<")) {
					next = append(next, s)
				} else {
					next = append(next, s+way)
				}
				if len(next) == limit {
					break
				}
			}
			if len(next) == limit {
				break
			}
		}
		all = next
	}
	for i := range all {
		all[i] = strings.TrimRight(all[i], "<")
	}
	return all
}

func zoneWays(r rune) []string {
	if r >= 'A' && r <= 'Z' {
		return []string{string(r)}
	}
	if w, ok := zoneLetters[r]; ok {
		return w
	}
	u := unicode.ToUpper(r)
	if w, ok := zoneLetters[u]; ok {
		return w
	}
	if u >= 'A' && u <= 'Z' {
		return []string{string(u)}
	}
	if strings.ContainsRune(" -‐‑–—<\u00a0", r) {
		return []string{"<"}
	}
	for _, base := range norm.NFD.String(string(u)) {
		if base >= 'A' && base <= 'Z' {
			return []string{string(base)}
		}
		if w, ok := zoneLetters[base]; ok {
			return w
		}
		break
	}
	return []string{""}
}

// ZonePrints reports whether a zone's name field may be the printing of a name
// that stands elsewhere: every word of the zone, or the beginning of one where
// the field was too short, is a word of the name. The name may hold more words
// where the zone was cut.
func (m *MRZ) ZonePrints(name string) bool {
	zone := strings.Fields(m.Surname + " " + m.Given)
	if len(zone) == 0 || len(zone) > 24 {
		return false
	}
	for _, spelling := range ZoneSpellings(name) {
		rest := strings.Split(spelling, "<")
		fits := len(rest) == len(zone) || m.NameCut && len(rest) >= len(zone)
		for i, w := range zone {
			found := -1
			for k, have := range rest {
				if have == w || m.NameCut && i == len(zone)-1 && strings.HasPrefix(have, w) {
					found = k
					break
				}
			}
			if found < 0 {
				fits = false
				break
			}
			rest = append(rest[:found:found], rest[found+1:]...)
		}
		if fits {
			return true
		}
	}
	return false
}
