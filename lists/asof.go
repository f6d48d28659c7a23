package lists

import (
	"bytes"
	"strings"

	"bonafide/record"
)

// dayInside is the day a text list says it stands for: a comment "as-of: DATE"
// in its first lines, else another comment there that holds exactly one date.
func dayInside(b []byte) record.Date {
	var other record.Date
	head := bytes.TrimPrefix(b[:min(len(b), 4096)], []byte("\xef\xbb\xbf"))
	for range 20 {
		line, rest, more := bytes.Cut(head, []byte("\n"))
		s := strings.TrimSpace(string(line))
		head = rest
		if strings.HasPrefix(s, "#") || strings.HasPrefix(s, ";") || strings.HasPrefix(s, "//") {
			low := strings.ToLower(s)
			if i := strings.Index(low, "as-of:"); i >= 0 {
				return dayIn(s[i:])
			}
			if d := dayIn(s); other == "" && len(d) == 10 {
				other = d
			}
		}
		if !more {
			break
		}
	}
	return other
}

// dayIn finds the first date in a text: 2026-02-20, 2026-02 or 20260220,
// standing apart from other digits.
func dayIn(s string) record.Date {
	for i := 0; i < len(s); i++ {
		if !digitAt(s, i) || i > 0 && digitAt(s, i-1) {
			continue
		}
		for _, n := range [...]int{10, 7} {
			if i+n <= len(s) && !digitAt(s, i+n) {
				if d := record.Date(s[i : i+n]); d.Valid() && d >= "2000" && d < "2100" {
					return d
				}
			}
		}
		if i+8 <= len(s) && !digitAt(s, i+8) {
			if d := compactDay(s[i : i+8]); d != "" {
				return d
			}
		}
	}
	return ""
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
