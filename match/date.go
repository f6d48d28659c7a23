package match

// DateAgreement is how two dates of one event relate. It is about how people
// write dates, not about what they mean.
type DateAgreement uint8

const (
	// DateUnknown: one of the two is empty or not a date.
	DateUnknown DateAgreement = iota
	// DateSame: the same day, or the same as far as the less precise one goes.
	DateSame
	// DateSlip: one digit differs, two neighbouring digits are swapped, or day
	// and month stand the other way round.
	DateSlip
	// DateDifferent: more than a slip.
	DateDifferent
)

// Dates compares two ISO 8601 dates of precision YYYY, YYYY-MM or YYYY-MM-DD.
func Dates(a, b string) DateAgreement {
	if !dateShape(a) || !dateShape(b) {
		return DateUnknown
	}
	n := min(len(a), len(b))
	if a[:n] == b[:n] {
		return DateSame
	}
	if n == 10 && a[:4] == b[:4] && a[5:7] == b[8:10] && a[8:10] == b[5:7] {
		return DateSlip
	}
	if slipInDigits(a[:n], b[:n]) {
		return DateSlip
	}
	return DateDifferent
}

// DateAndShort compares an ISO 8601 day with YYMMDD as machine-readable zones
// print it: the century is not there and is not guessed. Unknown parts of an
// MRZ date are fillers and agree with anything.
func DateAndShort(iso, short string) DateAgreement {
	if len(iso) != 10 || !dateShape(iso) || len(short) != 6 {
		return DateUnknown
	}
	var s [6]byte
	copy(s[:], iso[2:4])
	copy(s[2:], iso[5:7])
	copy(s[4:], iso[8:10])
	var t [6]byte
	known := 0
	for i := range t {
		switch c := short[i]; {
		case c == '<':
			t[i] = s[i]
		case isDigit(c):
			t[i] = c
			known++
		default:
			return DateUnknown
		}
	}
	switch {
	case known == 0:
		return DateUnknown
	case s == t:
		return DateSame
	case s[0] == t[0] && s[1] == t[1] && s[2] == t[4] && s[3] == t[5] && s[4] == t[2] && s[5] == t[3]:
		return DateSlip
	case slipInDigits(string(s[:]), string(t[:])):
		return DateSlip
	}
	return DateDifferent
}

func dateShape(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if i == 4 || i == 7 {
			if s[i] != '-' {
				return false
			}
		} else if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// slipInDigits: one digit differs, or two digits that follow each other are
// swapped; a dash between them does not part them.
func slipInDigits(a, b string) bool {
	first, last, differ := -1, -1, 0
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] {
			if first < 0 {
				first = i
			}
			last = i
			differ++
		}
	}
	if differ == 1 {
		return true
	}
	near := last-first == 1 || last-first == 2 && a[first+1] == '-'
	return differ == 2 && near && a[first] == b[last] && a[last] == b[first]
}
