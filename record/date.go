package record

import (
	"strconv"
	"time"
)

// Date is an ISO 8601 date of three precisions: YYYY, YYYY-MM or YYYY-MM-DD.
// The zero value is "not given".
type Date string

// Valid reports whether d is well-formed and names a day that exists.
func (d Date) Valid() bool {
	_, _, ok := d.Span()
	return ok
}

// Span is the first instant of the first day and the first instant after the
// last day that d may mean, in UTC. ok is false for an empty or malformed date.
func (d Date) Span() (from, to time.Time, ok bool) {
	s := string(d)
	digits := func(s string) (int, bool) {
		for i := 0; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return 0, false
			}
		}
		n, err := strconv.Atoi(s)
		return n, err == nil
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return from, to, false
	}
	y, ok := digits(s[:4])
	if !ok || y < 1 {
		return from, to, false
	}
	if len(s) == 4 {
		from = time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(1, 0, 0), true
	}
	m, ok := digits(s[5:7])
	if !ok || s[4] != '-' || m < 1 || m > 12 {
		return from, to, false
	}
	if len(s) == 7 {
		from = time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(0, 1, 0), true
	}
	day, ok := digits(s[8:10])
	if !ok || s[7] != '-' || day < 1 {
		return from, to, false
	}
	from = time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	if from.Day() != day {
		return time.Time{}, time.Time{}, false
	}
	return from, from.AddDate(0, 0, 1), true
}

// DateOf is the day of t in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format("2006-01-02")) }
