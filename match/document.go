package match

import "strings"

// MRZ is what a machine-readable zone of a travel document says (ICAO Doc 9303
// parts 4 to 7). The sex marker is not read. Dates stay as printed, YYMMDD:
// the zone holds no century and none is guessed.
type MRZ struct {
	Format      string // TD1 TD2 TD3 MRV-A MRV-B FRA-ID (the former French card)
	Kind        string // document code without fillers: P, I, ID, V …
	Issuer      string // ICAO code as printed, without fillers: UTO, D …
	Nationality string // as Issuer
	Number      string // without fillers
	Birth       string // YYMMDD
	Expires     string // YYMMDD, "" where the format has none
	Surname     string // words parted by one space
	Given       string
	NameCut     bool // the name fills its field: it may have been cut

	digits []digit
	data   []byte
}

// digit is one check digit: which bytes of data it is about, and where it is.
type digit struct {
	part  string
	spans [4][2]int
	at    int
	blank bool // a filler may stand for zero
}

// MRZ parts that have a check digit of their own.
const (
	PartNumber    = "number"
	PartBirth     = "birth"
	PartExpires   = "expires"
	PartOptional  = "optional"
	PartComposite = "composite"
)

// maxMRZ bounds a line before anything looks at it.
const maxMRZ = 200

// ParseMRZ reads the lines of a machine-readable zone as typed or as read by a
// camera: spaces are dropped, lower case and « are accepted, all lines may
// stand in one. ok is false when lengths or alphabet are not those of a format.
// Check digits are not needed to hold: ask Faults.
func ParseMRZ(lines []string) (m MRZ, ok bool) {
	if len(lines) == 0 || len(lines) > 4 {
		return m, false
	}
	data := make([]byte, 0, 96)
	var starts []int
	for _, line := range lines {
		if len(line) > maxMRZ {
			return m, false
		}
		from := len(data)
		if data, ok = appendMRZ(data, line); !ok {
			return m, false
		}
		if len(data) > from {
			starts = append(starts, from)
		}
	}
	if len(starts) == 0 || len(data) > 90 {
		return m, false
	}
	width := len(data) / len(starts)
	for i, s := range starts {
		if s != i*width {
			return m, false
		}
	}
	m.data = data
	visa := data[0] == 'V'
	switch n := len(data); {
	case n == 90 && (len(starts) == 3 || len(starts) == 1) && !visa:
		m.td1()
	case n == 88 && len(starts) <= 2 && visa:
		m.mrv("MRV-A", 44)
	case n == 88 && len(starts) <= 2:
		m.td3()
	case n == 72 && len(starts) <= 2 && visa:
		m.mrv("MRV-B", 36)
	case n == 72 && len(starts) <= 2 && strings.HasPrefix(string(data), "IDFRA") && frenchCard(data):
		m.french()
	case n == 72 && len(starts) <= 2:
		m.td2()
	default:
		return m, false
	}
	return m, true
}

func appendMRZ(to []byte, line string) ([]byte, bool) {
	for _, c := range line {
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '«' || c == '‹':
			c = '<'
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '<':
		default:
			return to, false
		}
		to = append(to, byte(c))
	}
	return to, true
}

func (m *MRZ) field(from, to int) string { return strings.TrimRight(string(m.data[from:to]), "<") }

func (m *MRZ) names(from, to int) {
	raw := string(m.data[from:to])
	m.NameCut = raw[len(raw)-1] != '<'
	surname, given, _ := strings.Cut(raw, "<<")
	m.Surname, m.Given = words(surname), words(given)
}

func words(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '<' }), " ")
}

// number reads the document number, which may run on into the optional field
// when the place of its check digit holds a filler (Doc 9303-5, 4.2.2).
func (m *MRZ) number(from, cd, optional, end int) {
	m.Number = m.field(from, cd)
	if m.data[cd] != '<' || m.data[optional] == '<' {
		m.digits = append(m.digits, digit{part: PartNumber, spans: [4][2]int{{from, cd}}, at: cd, blank: true})
		return
	}
	last := optional
	for last < end && m.data[last] != '<' {
		last++
	}
	if last-optional < 2 {
		m.digits = append(m.digits, digit{part: PartNumber, spans: [4][2]int{{from, cd}}, at: cd, blank: true})
		return
	}
	m.Number = string(m.data[from:cd]) + string(m.data[optional:last-1])
	m.digits = append(m.digits, digit{part: PartNumber, spans: [4][2]int{{from, cd}, {optional, last - 1}}, at: last - 1})
}

func (m *MRZ) td1() {
	m.Format, m.Kind, m.Issuer = "TD1", m.field(0, 2), m.field(2, 5)
	m.number(5, 14, 15, 30)
	m.Birth, m.Expires, m.Nationality = m.field(30, 36), m.field(38, 44), m.field(45, 48)
	m.names(60, 90)
	m.digits = append(m.digits,
		digit{part: PartBirth, spans: [4][2]int{{30, 36}}, at: 36},
		digit{part: PartExpires, spans: [4][2]int{{38, 44}}, at: 44, blank: true},
		digit{part: PartComposite, spans: [4][2]int{{5, 30}, {30, 37}, {38, 45}, {48, 59}}, at: 59})
}

func (m *MRZ) td2() {
	m.Format, m.Kind, m.Issuer = "TD2", m.field(0, 2), m.field(2, 5)
	m.names(5, 36)
	m.number(36, 45, 64, 71)
	m.Nationality, m.Birth, m.Expires = m.field(46, 49), m.field(49, 55), m.field(57, 63)
	m.digits = append(m.digits,
		digit{part: PartBirth, spans: [4][2]int{{49, 55}}, at: 55},
		digit{part: PartExpires, spans: [4][2]int{{57, 63}}, at: 63, blank: true},
		digit{part: PartComposite, spans: [4][2]int{{36, 46}, {49, 56}, {57, 71}}, at: 71})
}

func (m *MRZ) td3() {
	m.Format, m.Kind, m.Issuer = "TD3", m.field(0, 2), m.field(2, 5)
	m.names(5, 44)
	m.Number, m.Nationality = m.field(44, 53), m.field(54, 57)
	m.Birth, m.Expires = m.field(57, 63), m.field(65, 71)
	m.digits = append(m.digits,
		digit{part: PartNumber, spans: [4][2]int{{44, 53}}, at: 53},
		digit{part: PartBirth, spans: [4][2]int{{57, 63}}, at: 63},
		digit{part: PartExpires, spans: [4][2]int{{65, 71}}, at: 71},
		digit{part: PartOptional, spans: [4][2]int{{72, 86}}, at: 86, blank: true},
		digit{part: PartComposite, spans: [4][2]int{{44, 54}, {57, 64}, {65, 87}}, at: 87})
}

// mrv reads visas: as TD3 and TD2, without a composite digit.
func (m *MRZ) mrv(format string, w int) {
	m.Format, m.Kind, m.Issuer = format, m.field(0, 2), m.field(2, 5)
	m.names(5, w)
	m.Number, m.Nationality = m.field(w, w+9), m.field(w+10, w+13)
	m.Birth, m.Expires = m.field(w+13, w+19), m.field(w+21, w+27)
	m.digits = append(m.digits,
		digit{part: PartNumber, spans: [4][2]int{{w, w + 9}}, at: w + 9},
		digit{part: PartBirth, spans: [4][2]int{{w + 13, w + 19}}, at: w + 19},
		digit{part: PartExpires, spans: [4][2]int{{w + 21, w + 27}}, at: w + 27})
}

// frenchCard: the card France gave out until 2021 has two lines of 36 with a
// layout of its own; a date stands where it puts one.
func frenchCard(d []byte) bool { return allDigits(d[36:40]) && allDigits(d[63:69]) }

func (m *MRZ) french() {
	m.Format, m.Kind, m.Issuer, m.Nationality = "FRA-ID", "ID", "FRA", "FRA"
	m.Number, m.Birth = m.field(36, 48), m.field(63, 69)
	m.Surname, m.Given = words(string(m.data[5:30])), words(string(m.data[49:63]))
	m.NameCut = m.data[29] != '<' || m.data[62] != '<'
	m.digits = append(m.digits,
		digit{part: PartNumber, spans: [4][2]int{{36, 48}}, at: 48},
		digit{part: PartBirth, spans: [4][2]int{{63, 69}}, at: 69},
		digit{part: PartComposite, spans: [4][2]int{{0, 71}}, at: 71})
}
