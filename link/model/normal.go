package model

import (
	"bytes"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/encoding/charmap"
)

// nothing lists the ways tables write "no value".
var nothing = map[string]bool{
	"na": true, "n/a": true, "null": true, "none": true, "nan": true, "nil": true,
	"unknown": true, "unk": true, "-": true, ".": true, "?": true, "<na>": true, "\\n": true,
}

func isNothing(v []byte) bool {
	if len(v) == 0 {
		return true
	}
	if len(v) > 7 {
		return false
	}
	if len(v) == 2 && v[1] == 'a' { // "Na" is a family name, "NA" is not a value
		return false
	}
	var low [8]byte
	for i, b := range v {
		if b >= 'A' && b <= 'Z' {
			b += 32
		}
		low[i] = b
	}
	return nothing[string(low[:len(v)])]
}

// normal appends the comparable form of a raw value to dst; nothing appended means null.
// Values are ASCII afterwards, so that every later step may work on bytes.
func (f *Field) normal(dst, raw []byte) []byte {
	raw = bytes.TrimSpace(raw)
	if isNothing(raw) {
		return dst
	}
	raw = ascii(raw)
	switch f.Kind {
	case Email:
		return normalEmail(dst, raw)
	case Date:
		return normalDate(dst, raw, f.Order)
	case Phone, Code:
		return normalCode(dst, raw)
	case Prose:
		return normalProse(dst, raw)
	case Words:
		start := len(dst)
		if f.Role == WholeName {
			raw = givenFirst(raw)
		}
		dst = normalText(dst, raw)
		if f.Role == Address {
			dst = shortWords(dst, start)
		}
		return dst
	default:
		start := len(dst)
		if dst = normalText(dst, raw); f.Role == Gender {
			dst = append(dst[:start], genders(string(dst[start:]))...)
		}
		return dst
	}
}

// genders folds the usual ways to write one; what is not told is no value.
func genders(v string) string {
	switch v {
	case "male", "man", "mann", "maennlich", "mannlich", "masculino", "masculin", "homme", "hombre", "maschio", "1":
		return "m"
	case "female", "woman", "w", "frau", "weiblich", "feminino", "femenino", "feminin", "femme", "mujer", "femmina", "2":
		return "f"
	case "u", "unspecified", "not known", "not stated", "undisclosed", "0", "9":
		return ""
	}
	return v
}

// givenFirst turns "Family, Given" round; with several values or commas in a cell, it leaves them alone.
func givenFirst(raw []byte) []byte {
	i := bytes.IndexByte(raw, ',')
	if i <= 0 || bytes.IndexByte(raw[i+1:], ',') >= 0 || bytes.IndexByte(raw, valueSeparator) >= 0 {
		return raw
	}
	given := bytes.TrimSpace(raw[i+1:])
	if len(given) == 0 || legalEnding(given) {
		return raw
	}
	out := make([]byte, 0, len(raw))
	return append(append(append(out, given...), ' '), bytes.TrimSpace(raw[:i])...)
}

// legalEnding: "Inc." and "Jr" after a comma are no given names.
func legalEnding(v []byte) bool {
	var words [maxWords][]byte
	low := bytes.ToLower(bytes.Trim(v, ". "))
	if generation(append([]byte{' '}, low...)) != 0 {
		return true
	}
	n := cutWords(low, &words)
	return n == 1 && contains(companyEndings, low)
}

var companyEndings = [][]byte{[]byte("inc"), []byte("ltd"), []byte("llc"), []byte("llp"), []byte("lp"), []byte("plc"), []byte("corp"), []byte("co"),
	[]byte("gmbh"), []byte("ag"), []byte("sa"), []byte("s.a"), []byte("bv"), []byte("b.v"), []byte("nv"), []byte("oy"), []byte("ab"), []byte("as"), []byte("usa"), []byte("uk"), []byte("md"), []byte("phd"), []byte("esq")}

// addressWords folds the usual long forms of address words.
var addressWords = map[string]string{
	"street": "st", "road": "rd", "avenue": "ave", "drive": "dr", "lane": "ln", "boulevard": "blvd", "place": "pl",
	"court": "ct", "crescent": "cres", "square": "sq", "highway": "hwy", "parkway": "pkwy", "terrace": "ter", "circuit": "cct",
	"apartment": "apt", "apartments": "apt", "suite": "ste", "building": "bld", "bldg": "bld", "flat": "apt", "number": "no",
	"north": "n", "south": "s", "east": "e", "west": "w", "strasse": "str", "saint": "st",
}

func shortWords(v []byte, start int) []byte {
	var words [maxWords][]byte
	if len(v) == start || bytes.IndexByte(v[start:], valueSeparator) >= 0 {
		return v
	}
	n := cutWords(v[start:], &words)
	w := start
	for i := range n {
		word := words[i]
		if i > 0 {
			v[w] = ' '
			w++
		}
		if short, ok := addressWords[string(word)]; ok {
			w += copy(v[w:], short)
		} else {
			w += copy(v[w:], word)
		}
	}
	return v[:w]
}

// ascii romanises what is not ASCII; bytes that are no UTF-8 are read as Windows-1252.
func ascii(raw []byte) []byte {
	for i, b := range raw {
		if b < utf8.RuneSelf {
			continue
		}
		if !utf8.Valid(raw[i:]) {
			fixed, err := charmap.Windows1252.NewDecoder().Bytes(raw)
			if err != nil {
				return raw[:i]
			}
			raw = fixed
		}
		return []byte(unidecode.Unidecode(string(raw)))
	}
	return raw
}

const valueSeparator = '\x1f'

// normalText keeps letters and digits in lower case, apostrophes vanish, everything else parts words.
func normalText(dst, raw []byte) []byte {
	start := len(dst)
	gap := false
	for _, b := range raw {
		switch {
		case b >= 'A' && b <= 'Z':
			b += 32
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9':
		case b == '\'' || b == '`':
			continue
		case b == valueSeparator:
			if len(dst) > start && dst[len(dst)-1] != valueSeparator {
				dst = append(dst, valueSeparator)
			}
			gap = false
			continue
		default:
			gap = len(dst) > start && dst[len(dst)-1] != valueSeparator
			continue
		}
		if gap {
			dst = append(dst, ' ')
			gap = false
		}
		dst = append(dst, b)
	}
	return trimSeparators(dst, start)
}

// normalCode keeps letters and digits only: typing errors stay visible, punctuation does not matter.
func normalCode(dst, raw []byte) []byte {
	start := len(dst)
	for _, b := range raw {
		switch {
		case b >= 'A' && b <= 'Z':
			dst = append(dst, b+32)
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9':
			dst = append(dst, b)
		case b == valueSeparator && len(dst) > start && dst[len(dst)-1] != valueSeparator:
			dst = append(dst, b)
		}
	}
	return trimSeparators(dst, start)
}

func normalEmail(dst, raw []byte) []byte {
	if bytes.IndexByte(raw, valueSeparator) >= 0 {
		start := len(dst)
		for _, part := range bytes.Split(raw, []byte{valueSeparator}) {
			before := len(dst)
			if before > start {
				dst = append(dst, valueSeparator)
			}
			at := len(dst)
			if dst = normalEmail(dst, part); len(dst) == at {
				dst = dst[:before]
			}
		}
		return dst
	}
	if i := bytes.IndexByte(raw, '<'); i >= 0 {
		if j := bytes.IndexByte(raw[i:], '>'); j > 1 {
			raw = raw[i+1 : i+j]
		}
	}
	for _, b := range bytes.TrimSpace(raw) {
		if b >= 'A' && b <= 'Z' {
			b += 32
		}
		if b > ' ' {
			dst = append(dst, b)
		}
	}
	return dst
}

func trimSeparators(dst []byte, start int) []byte {
	for len(dst) > start && (dst[len(dst)-1] == valueSeparator || dst[len(dst)-1] == ' ') {
		dst = dst[:len(dst)-1]
	}
	return dst
}
