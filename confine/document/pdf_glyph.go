package document

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Names of glyphs as the Adobe Glyph List writes them. Letters with an accent
// are composed from their parts, so that only what has no parts stands here.
var glyphs = map[string]string{
	"space": " ", "exclam": "!", "quotedbl": "\"", "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'",
	"parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".", "slash": "/",
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
	"bracketleft": "[", "backslash": "\\", "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`",
	"braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
	"quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„",
	"guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
	"endash": "–", "emdash": "—", "bullet": "•", "ellipsis": "…", "periodcentered": "·", "fraction": "⁄", "minus": "−", "multiply": "×", "divide": "÷",
	"fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "germandbls": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
	"oslash": "ø", "Oslash": "Ø", "lslash": "ł", "Lslash": "Ł", "dotlessi": "ı", "eth": "ð", "Eth": "Ð", "thorn": "þ", "Thorn": "Þ",
	"dcroat": "đ", "Dcroat": "Đ", "Euro": "€", "euro": "€", "sterling": "£", "yen": "¥", "cent": "¢", "section": "§", "paragraph": "¶",
	"copyright": "©", "registered": "®", "trademark": "™", "degree": "°", "exclamdown": "¡", "questiondown": "¿", "ordfeminine": "ª", "ordmasculine": "º",
	"onequarter": "¼", "onehalf": "½", "threequarters": "¾", "mu": "µ", "plusminus": "±", "nbspace": " ", "sfthyphen": "-", "arrowright": "→", "checkmark": "✓",
}

var accents = map[string]rune{"grave": 0x300, "acute": 0x301, "circumflex": 0x302, "tilde": 0x303, "macron": 0x304, "breve": 0x306,
	"dotaccent": 0x307, "dieresis": 0x308, "ring": 0x30A, "hungarumlaut": 0x30B, "caron": 0x30C, "cedilla": 0x327, "commaaccent": 0x326, "ogonek": 0x328}

// glyph is the text of a glyph name, "" when the name does not say.
func glyph(name string) string {
	name, _, _ = strings.Cut(name, ".") // "a.alt" is an a
	if s, ok := glyphs[name]; ok {
		return s
	}
	if len(name) == 1 {
		return name
	}
	if len(name) > 1 {
		if mark, ok := accents[name[1:]]; ok {
			return norm.NFC.String(name[:1] + string(mark))
		}
	}
	code := ""
	switch {
	case strings.HasPrefix(name, "uni") && len(name) >= 7:
		code = name[3:7]
	case strings.HasPrefix(name, "u") && len(name) >= 5 && len(name) <= 7:
		code = name[1:]
	}
	if v, err := strconv.ParseUint(code, 16, 21); err == nil && code != "" && v > 0 && v < 0x110000 {
		return string(rune(v))
	}
	return ""
}
