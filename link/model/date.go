package model

import (
	"bytes"
	"strconv"
)

// A normal date is eight characters YYYYMMDD. What could not be read keeps its
// characters in that order (a misread digit stays where it was), so that
// comparing still finds "1983129q" next to "19831229".

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"mai": 5, "okt": 10, "dez": 12, "maerz": 3,
}

// dateParts cuts a value at its separators: at most four parts, time of day dropped.
func dateParts(raw []byte) (parts [4][]byte, n int) {
	if i := bytes.IndexByte(raw, 'T'); i >= 8 {
		raw = raw[:i]
	}
	start := -1
	for i := 0; i <= len(raw); i++ {
		sep := i == len(raw)
		if !sep {
			switch raw[i] {
			case '-', '/', '.', ' ', ',':
				sep = true
			}
		}
		if sep {
			if start >= 0 {
				if n == 4 {
					return parts, n
				}
				parts[n] = raw[start:i]
				n++
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	return parts, n
}

func monthOf(p []byte) int {
	if len(p) < 3 {
		return 0
	}
	var low [3]byte
	for i := range low {
		low[i] = p[i] | 32
	}
	return months[string(low[:])]
}

func number(p []byte) int {
	if len(p) == 0 || len(p) > 8 {
		return -1
	}
	n := 0
	for _, b := range p {
		if b < '0' || b > '9' {
			return -1
		}
		n = n*10 + int(b-'0')
	}
	return n
}

// readDate reads y, m, d in the given order; ok only when it is a plausible calendar date.
func readDate(raw []byte, order string) (y, m, d int, ok bool) {
	parts, n := dateParts(raw)
	switch {
	case n == 1 && len(parts[0]) == 8:
		p := parts[0]
		if order == "DMY" {
			y, m, d = number(p[4:]), number(p[2:4]), number(p[:2])
		} else if order == "MDY" {
			y, m, d = number(p[4:]), number(p[:2]), number(p[2:4])
		} else {
			y, m, d = number(p[:4]), number(p[4:6]), number(p[6:])
		}
	case n >= 3:
		named := -1
		for i := range 3 {
			if monthOf(parts[i]) > 0 {
				named = i
			}
		}
		switch {
		case named == 0:
			y, m, d = number(parts[2]), monthOf(parts[0]), number(parts[1])
		case named == 1:
			y, m, d = number(parts[2]), monthOf(parts[1]), number(parts[0])
			if len(parts[0]) == 4 {
				y, d = number(parts[0]), number(parts[2])
			}
		case len(parts[0]) == 4:
			y, m, d = number(parts[0]), number(parts[1]), number(parts[2])
		case order == "MDY":
			y, m, d = number(parts[2]), number(parts[0]), number(parts[1])
			if m > 12 && d <= 12 { // 20/8/1991 in a month-first column can only mean August
				m, d = d, m
			}
		default:
			y, m, d = number(parts[2]), number(parts[1]), number(parts[0])
			if m > 12 && d <= 12 {
				m, d = d, m
			}
		}
		if y >= 0 && y < 100 && (named >= 0 || len(parts[2]) == 2) {
			if y > 26 {
				y += 1900
			} else {
				y += 2000
			}
		}
	default:
		return 0, 0, 0, false
	}
	return y, m, d, y >= 1000 && y <= 2999 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

func normalDate(dst, raw []byte, order string) []byte {
	if i := bytes.IndexByte(raw, valueSeparator); i >= 0 {
		raw = raw[:i]
	}
	if y, m, d, ok := readDate(raw, order); ok {
		dst = strconv.AppendInt(dst, int64(y), 10)
		dst = append(dst, byte('0'+m/10), byte('0'+m%10), byte('0'+d/10), byte('0'+d%10))
		return dst
	}
	parts, n := dateParts(raw)
	if n == 3 && order == "DMY" && len(parts[0]) != 4 {
		parts[0], parts[2] = parts[2], parts[0]
	} else if n == 3 && order == "MDY" && len(parts[0]) != 4 {
		parts[0], parts[1], parts[2] = parts[2], parts[0], parts[1]
	}
	for i := range n {
		if i > 0 && len(parts[i]) == 1 {
			dst = append(dst, '0')
		}
		dst = normalCode(dst, parts[i])
	}
	return dst
}

// dateColumn says whether a column holds dates and in which order. Eight digits
// alone are a date only when nearly all of them make a calendar date of a living person.
func dateColumn(c *column, header []string) (string, bool) {
	best, share := "", 0.0
	for _, order := range []string{"YMD", "DMY", "MDY"} {
		s := c.share(func(v []byte) bool {
			if i := bytes.IndexByte(v, valueSeparator); i >= 0 {
				v = v[:i]
			}
			y, m, d, ok := readStrict(v, order)
			return ok && y >= 1850 && y <= 2100 && m > 0 && d > 0
		})
		if s > share {
			best, share = order, s
		}
	}
	need := 0.7
	if hasWord(header, "date", "dob", "birth", "born", "day", "datum") {
		need = 0.4
	}
	if share < need {
		return "", false
	}
	return best, true
}

// readStrict is readDate without the repair of swapped day and month, so that orders can be told apart.
func readStrict(v []byte, order string) (y, m, d int, ok bool) {
	parts, n := dateParts(v)
	if n >= 3 && monthOf(parts[0]) == 0 && monthOf(parts[1]) == 0 {
		a, b := number(parts[0]), number(parts[1])
		if len(parts[0]) == 4 {
			if order != "YMD" {
				return 0, 0, 0, false
			}
		} else {
			if order == "YMD" || order == "DMY" && b > 12 || order == "MDY" && a > 12 {
				return 0, 0, 0, false
			}
		}
	}
	return readDate(v, order)
}
