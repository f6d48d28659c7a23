package match

import "strconv"

// Dates of a machine-readable zone have two digits of the year (Doc 9303-3,
// 4.8). The century follows from what the date is about, given the day on which
// it is read; where two centuries are possible both are said.

// ZoneBirths are the dates that a birth date YYMMDD can stand for on a day
// (ISO 8601): not after it, and at most 120 years before it, the later one
// first. Unknown parts, printed as fillers, shorten the answer to a month or a
// year. None: it is no date at all.
func ZoneBirths(short, on string) []string {
	var all []string
	for _, d := range bothCenturies(short, on) {
		if d <= on[:len(d)] && year(on)-year(d) <= 120 {
			all = append(all, d)
		}
	}
	return all
}

// ZoneExpiry is the date that an expiry YYMMDD stands for on a day (ISO 8601):
// the one within fifty years before or after it. "" when it is no date.
func ZoneExpiry(short, on string) string {
	for _, d := range bothCenturies(short, on) {
		if n := year(d) - year(on); n > -50 && n <= 50 {
			return d
		}
	}
	return ""
}

// bothCenturies are YYMMDD in the century after, of and before a day, those
// that are days of the calendar, later ones first.
func bothCenturies(short, on string) []string {
	if len(on) != 10 || !dateShape(on) {
		return nil
	}
	known := 0
	for known < len(short) && isDigit(short[known]) {
		known++
	}
	for i := known; i < len(short); i++ {
		if short[i] != '<' {
			return nil
		}
	}
	if len(short) > 6 || known != 2 && known != 4 && known != 6 {
		return nil
	}
	var all []string
	for c := year(on)/100 + 1; c >= year(on)/100-1 && c > 0; c-- {
		d := strconv.Itoa(c) + short[:2]
		if known >= 4 {
			d += "-" + short[2:4]
		}
		if known == 6 {
			d += "-" + short[4:6]
		}
		if calendar(d) {
			all = append(all, d)
		}
	}
	return all
}

func year(d string) int {
	n, _ := strconv.Atoi(d[:4])
	return n
}

// calendar reports whether YYYY, YYYY-MM or YYYY-MM-DD is in the calendar.
func calendar(d string) bool {
	if len(d) >= 7 && (d[5:7] < "01" || d[5:7] > "12") {
		return false
	}
	if len(d) < 10 {
		return true
	}
	y := year(d)
	days := "31"
	switch d[5:7] {
	case "04", "06", "09", "11":
		days = "30"
	case "02":
		days = "28"
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			days = "29"
		}
	}
	return d[8:] >= "01" && d[8:] <= days
}
