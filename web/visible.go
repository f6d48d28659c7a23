package web

import (
	"unicode"
	"unicode/utf8"
)

// mostMarks is how many marks a letter bears: no writing stacks more on one.
const mostMarks = 4

// visible shows what would turn, hide or bury what stands beside it, wherever on
// a page an outside string put it: a dot for each control, each change of
// direction, each invisible character but the two joiners that Persian and Indic
// names need; of a tower of marks the lowest four. Templates escape markup; this
// is about what a reader sees.
func visible(page []byte) []byte {
	out := make([]byte, 0, len(page)+64)
	marks := 0
	for i := 0; i < len(page); {
		if c := page[i]; c >= ' ' && c < 0x7f || c == '\n' || c == '\t' || c == '\r' {
			out, marks, i = append(out, c), 0, i+1
			continue
		}
		r, n := utf8.DecodeRune(page[i:])
		letter := page[i : i+n]
		i += n
		switch {
		case r == '\u200c', r == '\u200d':
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
			out = append(out, "·"...)
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > mostMarks {
				continue
			}
		default:
			marks = 0
		}
		out = append(out, letter...)
	}
	return out
}
