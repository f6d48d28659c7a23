package name

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy prepares what cannot be folded letter by letter: hangul and kana written
// in pieces, and words that mix Latin with letters of another alphabet that
// look like Latin ones, which is how a name is hidden from a list.
func tidy(s string) string {
	pieces, latin, other := false, false, false
	for _, r := range s {
		switch {
		case r >= 0x1100 && r <= 0x11FF, r == 0x3099, r == 0x309A:
			pieces = true
		case r < 0x250 && unicode.IsLetter(r):
			latin = true
		case r >= 0x370 && r < 0x530:
			other = true
		}
	}
	if pieces {
		s = norm.NFC.String(s)
	}
	if latin && other {
		s = unmix(s)
	}
	return s
}

// unmix writes the look-alikes of a mixed word in Latin; words of one alphabet
// stay as they are.
func unmix(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		latin, other := false, false
		for _, r := range w {
			latin = latin || r < 0x250 && unicode.IsLetter(r)
			other = other || r >= 0x370 && r < 0x530
		}
		if latin && other {
			words[i] = strings.Map(func(r rune) rune {
				if l, ok := lookalikes[r]; ok {
					return l
				}
				return r
			}, w)
		}
	}
	return strings.Join(words, " ")
}

// lookalikes of Latin letters in Cyrillic and Greek (Unicode TR 39, the letters
// that no font tells apart).
var lookalikes = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ї': 'i', 'ј': 'j', 'ѕ': 's', 'һ': 'h', 'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'к': 'k', 'м': 'm', 'т': 't', 'н': 'h', 'в': 'b', 'г': 'r', 'п': 'n',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'У': 'Y', 'Х': 'X', 'І': 'I', 'Ј': 'J', 'Ѕ': 'S',
	'ο': 'o', 'α': 'a', 'ι': 'i', 'ν': 'v', 'κ': 'k', 'ρ': 'p', 'υ': 'u', 'χ': 'x', 'ε': 'e', 'τ': 't', 'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
}
