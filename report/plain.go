package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain makes an outside string harmless for a terminal, a page and a cell: no
// control characters, no direction overrides, no invisible characters but the
// two joiners that Persian and Indian names need, no towers of marks, one line.
func plain(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	marks := 0
	for _, r := range s {
		switch {
		case r == '\t', r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			b.WriteByte(' ')
			continue
		case r == utf8.RuneError:
			b.WriteRune(r)
			continue
		case r == '\u200c', r == '\u200d':
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), !unicode.IsGraphic(r):
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > 4 { // no writing stacks more on one letter
				continue
			}
		} else {
			marks = 0
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// columnsOf is how many terminal columns s takes: marks none, the wide letters
// of East Asia and pictures two (after UAX 11).
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf && r != 0x303f, r >= 0xa960 && r <= 0xa97f,
		r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60,
		r >= 0xffe0 && r <= 0xffe6, r >= 0x1f300 && r <= 0x1f64f, r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}

// clip cuts s to at most width columns and says so with an ellipsis.
func clip(s string, width int) string {
	if columnsOf(s) <= width {
		return s
	}
	n := 0
	for i, r := range s {
		if n += runeColumns(r); n > width-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// wrap breaks s between words into lines of at most width columns; a word that
// is longer than a line is broken where the line ends.
func wrap(s string, width int) []string {
	var out []string
	line, used := "", 0
	// Only at plain spaces: a figure keeps its unbreakable one.
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }) {
		w := columnsOf(word)
		if used > 0 && used+1+w > width {
			out, line, used = append(out, line), "", 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		for w > width-used {
			cut, n := 0, 0
			for i, r := range word {
				if n += runeColumns(r); n > width-used {
					cut = i
					break
				}
			}
			if cut == 0 { // a letter wider than the line: let it stand out
				break
			}
			out, line, used, word = append(out, line+word[:cut]), "", 0, word[cut:]
			w = columnsOf(word)
		}
		line, used = line+word, used+w
	}
	if used > 0 {
		out = append(out, line)
	}
	return out
}
