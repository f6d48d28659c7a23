package intake

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"bonafide/record"
)

// day reads a date as people and systems write it, in English, German and
// Portuguese, with day, month or year precision; "" when it is none or could
// be two different days and nothing tells which. Forms:
//
//	2024-08-31  2024-08  2024  2024-08-31T00:00:00.000Z  2024/08/31
//	31.12.2025  31.12.25  12.2025  31-12-2025  31/12/2025  12/2025
//	09/15/2007 03/04/2025 by the order of the source, or when only one order is possible
//	31 Dec 2025  Dec 31, 2025  December 2025  Dez. 2025  1º de março de 2021
func day(s string, order dayOrder) record.Date {
	s = strings.TrimSpace(s)
	if len(s) > 40 {
		return ""
	}
	if d := record.Date(s); d.Valid() {
		return d
	}
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') && record.Date(s[:10]).Valid() {
		return record.Date(s[:10])
	}
	var numbers []string
	month, words := 0, 0
	separator := byte(0)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			j := i
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			numbers = append(numbers, s[i:j])
			i = j
			if j < len(s) && separator == 0 {
				separator = s[j]
			}
		case c == ' ' || c == '.' || c == '/' || c == '-' || c == ',' || c == '\'':
			i++
		default:
			j := i
			for j < len(s) && (s[j] >= 0x80 || unicode.IsLetter(rune(s[j]))) {
				j++
			}
			if j == i {
				return ""
			}
			word := strings.ToLower(s[i:j])
			i = j
			if m := months[word]; m > 0 && month == 0 {
				month = m
			} else if !dateWords[word] {
				return ""
			}
			words++
		}
	}
	n := make([]int, len(numbers))
	for i, text := range numbers {
		if len(text) > 4 {
			return ""
		}
		n[i], _ = strconv.Atoi(text)
	}
	year := func(i int) bool { return len(numbers[i]) == 4 && n[i] > 0 }
	switch {
	case month > 0 && len(n) == 1 && year(0):
		return date(n[0], month, 0)
	case month > 0 && len(n) == 2 && year(1) && len(numbers[0]) < 3:
		return date(n[1], month, n[0])
	case month > 0 && len(n) == 2 && year(0) && len(numbers[1]) < 3:
		return date(n[0], month, n[1])
	case month > 0 || words > 0:
		return ""
	case len(n) == 2 && year(1) && len(numbers[0]) < 3: // 12.2025
		return date(n[1], n[0], 0)
	case len(n) == 2 && year(0) && len(numbers[1]) < 3: // 2025/12
		return date(n[0], n[1], 0)
	case len(n) == 3 && year(0) && len(numbers[1]) < 3 && len(numbers[2]) < 3: // 2025/12/31
		return date(n[0], n[1], n[2])
	case len(n) == 3 && len(numbers[0]) < 3 && len(numbers[1]) < 3 && len(numbers[2]) == 2 && (separator == '.' || order != anyOrder):
		// a year of two digits as spreadsheets read it: 30 to 99 are the 1900s
		y := 2000 + n[2]
		if n[2] >= 30 {
			y -= 100
		}
		if order == monthFirst && separator != '.' {
			return date(y, n[0], n[1])
		}
		return date(y, n[1], n[0])
	case len(n) == 3 && year(2) && len(numbers[0]) < 3 && len(numbers[1]) < 3:
		switch {
		case separator == '.': // German
			return date(n[2], n[1], n[0])
		case n[0] > 12:
			return date(n[2], n[1], n[0])
		case n[1] > 12 || order == monthFirst:
			return date(n[2], n[0], n[1])
		case order == dayFirst || separator == '-':
			return date(n[2], n[1], n[0])
		case n[0] == n[1]:
			return date(n[2], n[0], n[1])
		}
	}
	return ""
}

func date(y, m, d int) record.Date {
	s := fmt.Sprintf("%04d", y)
	if m > 0 || d > 0 {
		s += fmt.Sprintf("-%02d", m)
	}
	if d > 0 {
		s += fmt.Sprintf("-%02d", d)
	}
	if !record.Date(s).Valid() {
		return ""
	}
	return record.Date(s)
}

// dayOrder is how a source writes 03/04/2025.
type dayOrder int

const (
	anyOrder dayOrder = iota // not known: an ambiguous date is no date
	dayFirst
	monthFirst
)

// months are the names and abbreviations of months in the three languages of
// the house, folded to lower case.
var months = func() map[string]int {
	m := map[string]int{}
	for _, row := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"jän feber mrz apr mai juni juli aug sept okt nov dez",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"jan fev mar abr mai jun jul ago set out nov dez",
		"jänner fev maerz abr mayo jun jul ago sept oct nov dic",
	} {
		for i, name := range strings.Fields(row) {
			m[name] = i + 1
		}
	}
	return m
}()

var dateWords = map[string]bool{"de": true, "of": true, "st": true, "nd": true, "rd": true, "th": true, "º": true, "den": true, "the": true}

// toThisDay reports whether an end of a period means that it has not ended.
func toThisDay(s string) bool {
	switch strings.Trim(strings.ToLower(strings.TrimSpace(s)), ".()") {
	case "present", "today", "now", "current", "currently", "ongoing", "to date", "to present", "till date", "till now", "until now",
		"heute", "bis heute", "jetzt", "aktuell", "laufend", "dato", "gegenwart", "derzeit",
		"atual", "atualmente", "presente", "hoje", "até hoje", "até ao presente", "até o momento", "o momento", "momento":
		return true
	}
	return false
}
