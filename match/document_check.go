package match

// Faults names the parts whose check digit does not hold or whose date is not a
// date, in the order in which the zone prints them. Empty: all hold.
func (m *MRZ) Faults() (parts []string) {
	for i := range m.digits {
		if m.residue(i) != 0 {
			parts = append(parts, m.digits[i].part)
		}
	}
	if !shortDate(m.Birth) {
		parts = appendOnce(parts, PartBirth)
	}
	if m.Format != "FRA-ID" && !shortDate(m.Expires) {
		parts = appendOnce(parts, PartExpires)
	}
	return parts
}

func appendOnce(parts []string, part string) []string {
	for _, p := range parts {
		if p == part {
			return parts
		}
	}
	return append(parts, part)
}

// Slip reports whether one slip explains every check digit that does not hold:
// one character read or typed wrongly, or letters that cameras take for digits
// (O for 0, I for 1 …) where only digits can stand.
func (m *MRZ) Slip() bool {
	return m.oneCharacter() || m.cameraLetters()
}

// value is the weight value of a character: digits themselves, letters 10 to
// 35, the filler 0.
func value(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case isLetter(c):
		return int(c-'A') + 10
	}
	return 0
}

// residue is the weighted sum (7, 3, 1 repeating) less the printed digit,
// modulo ten: zero when the digit holds. A letter in its place never holds.
func (m *MRZ) residue(i int) int {
	d := &m.digits[i]
	printed := m.data[d.at]
	if !isDigit(printed) && !(printed == '<' && d.blank) {
		return 10
	}
	sum, n := 0, 0
	for _, s := range d.spans {
		for _, c := range m.data[s[0]:s[1]] {
			sum += value(c) * weight(n)
			n++
		}
	}
	return ((sum-value(printed))%10 + 10) % 10
}

func weight(n int) int { return [3]int{7, 3, 1}[n%3] }

// oneCharacter tries, for every place, whether a change of its value alone
// makes every digit hold: linear, since the sums are.
func (m *MRZ) oneCharacter() bool {
	var bad [5]int
	for i := range m.digits {
		if bad[i] = m.residue(i); bad[i] == 10 {
			return m.cameraLetters()
		}
	}
	for at := range m.data {
		var pull [5]int
		for i := range m.digits {
			pull[i] = m.pull(i, at)
		}
		for delta := 1; delta < 10; delta++ {
			holds := true
			for i := range m.digits {
				if (bad[i]+pull[i]*delta)%10 != 0 {
					holds = false
					break
				}
			}
			if holds {
				return true
			}
		}
	}
	return false
}

// pull is how much one more at a place moves a digit's residue, modulo ten.
func (m *MRZ) pull(i, at int) int {
	d := &m.digits[i]
	if at == d.at {
		return 9
	}
	n := 0
	for _, s := range d.spans {
		if at >= s[0] && at < s[1] {
			return weight(n + at - s[0])
		}
		n += s[1] - s[0]
	}
	return 0
}

// cameraLetters puts digits for look-alike letters in dates and check digits
// and asks again.
func (m *MRZ) cameraLetters() bool {
	fixed := MRZ{Format: m.Format, digits: m.digits, data: append([]byte(nil), m.data...)}
	changed := false
	fix := func(at int) {
		if c := digitFor(fixed.data[at]); c != 0 {
			fixed.data[at], changed = c, true
		}
	}
	for _, d := range m.digits {
		fix(d.at)
		if d.part == PartBirth || d.part == PartExpires {
			for at := d.spans[0][0]; at < d.spans[0][1]; at++ {
				fix(at)
			}
		}
	}
	if !changed {
		return false
	}
	for i := range fixed.digits {
		if fixed.residue(i) != 0 {
			return false
		}
	}
	return true
}

// digitFor is the digit a letter is taken for, 0 if none.
func digitFor(c byte) byte {
	switch c {
	case 'O', 'Q', 'D':
		return '0'
	case 'I', 'L':
		return '1'
	case 'Z':
		return '2'
	case 'S':
		return '5'
	case 'G':
		return '6'
	case 'B':
		return '8'
	}
	return 0
}

// shortDate is YYMMDD of a day that can be, or with fillers where month or day
// are not known.
func shortDate(s string) bool {
	if s == "" {
		return true // all fillers
	}
	if len(s) > 6 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) && s[i] != '<' {
			return false
		}
	}
	if len(s) < 6 {
		return len(s) == 2 || len(s) == 4
	}
	two := func(i int) int {
		if s[i] == '<' {
			return 1
		}
		return int(s[i]-'0')*10 + value(s[i+1])
	}
	return two(2) >= 1 && two(2) <= 12 && two(4) >= 1 && two(4) <= 31
}

// SameNumber compares document numbers as printed in different places: letters
// in upper case, without fillers, spaces and signs, O like 0 and I like 1.
func SameNumber(a, b string) DateAgreement {
	var ra, rb [40]byte
	x, y := numberKey(ra[:0], a), numberKey(rb[:0], b)
	switch {
	case len(x) == 0 || len(y) == 0:
		return DateUnknown
	case string(x) == string(y):
		return DateSame
	case len(x) != len(y) && (hasEnd(x, y) || hasEnd(y, x)):
		return DateSlip // printed with or without a check digit or a prefix
	case OneSlip(string(x), string(y)):
		return DateSlip
	}
	return DateDifferent
}

func hasEnd(long, short []byte) bool {
	if len(short) < 6 || len(long) < len(short) || len(long)-len(short) > 4 {
		return false
	}
	return string(long[:len(short)]) == string(short) || string(long[len(long)-len(short):]) == string(short)
}

func numberKey(to []byte, s string) []byte {
	for i := 0; i < len(s) && len(to) < cap(to); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch {
		case c == 'O':
			c = '0'
		case c == 'I':
			c = '1'
		case !isLetter(c) && !isDigit(c):
			continue
		}
		to = append(to, c)
	}
	return to
}
