package report

import (
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

// gender is that of the noun a number stands before: "eine Bewerbung", "ein
// Name"; "duas candidaturas", "dois nomes".
type gender int

const (
	masculine gender = iota
	feminine
	neuter
)

var spelled = map[record.Lang][]string{
	record.EN: {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"},
	record.DE: {"keine", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"},
	record.PT: {"nenhum", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"},
}

// spell writes a number in words up to twelve, then in figures.
func spell(l record.Lang, n int, g gender) string {
	words := spelled[l]
	if n < 0 || n >= len(words) {
		return figures(l, n)
	}
	switch {
	case l == record.DE && n == 1 && g == feminine:
		return "eine"
	case l == record.PT && g == feminine && n == 0:
		return "nenhuma"
	case l == record.PT && g == feminine && n == 1:
		return "uma"
	case l == record.PT && g == feminine && n == 2:
		return "duas"
	}
	return words[n]
}

// figures groups thousands as the language does: 61,204 · 61.204 · 61 204.
func figures(l record.Lang, n int) string {
	s := strconv.Itoa(n)
	mark := map[record.Lang]string{record.EN: ",", record.DE: ".", record.PT: "\u00a0"}[l]
	digits := strings.TrimPrefix(s, "-")
	var b strings.Builder
	b.WriteString(s[:len(s)-len(digits)])
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(c)
	}
	return b.String()
}

var months = map[record.Lang][12]string{
	record.EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	record.DE: {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	record.PT: {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"},
}

// day writes a date of any precision in words; what is no date is empty.
func day(l record.Lang, d record.Date) string {
	t, _, ok := d.Span()
	if !ok {
		return ""
	}
	if len(d) == 4 {
		return string(d)
	}
	month, year := months[l][t.Month()-1], string(d[:4])
	of := map[record.Lang]string{record.EN: " ", record.DE: " ", record.PT: " de "}[l]
	if len(d) == 7 {
		return month + of + year
	}
	dot := map[record.Lang]string{record.DE: "."}[l]
	return strconv.Itoa(t.Day()) + dot + unbroken(of) + month + of + year
}

// unbroken keeps a day and its month on one line.
func unbroken(of string) string {
	return "\u00a0" + strings.TrimPrefix(strings.Replace(of, " de ", " de\u00a0", 1), " ")
}

// dayOf is the day of an instant; none for the zero time.
func dayOf(l record.Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return day(l, record.DateOf(t))
}

// capital raises the first letter.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}
