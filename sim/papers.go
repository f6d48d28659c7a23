package sim

import (
	"fmt"
	"strings"

	"bonafide/record"
)

// issuer is the code ICAO 9303 keeps for specimens: no state issues these.
const issuer = "UTO"

// documentNumber n, unique: two letters and seven digits.
func (w *world) documentNumber(n uint64) string {
	x := scatter(w.key+31, n, 1<<32)
	const letters = "ACDEFGHJKLMNPRTUVWXYZ"
	k := uint64(len(letters))
	return fmt.Sprintf("%c%c%07d", letters[x/1e7%k], letters[x/1e7/k%k], x%1e7)
}

// passport is a TD3 document of a person with correct check digits.
func (w *world) passport(d dice, l *label, number string, born, issued record.Date, years int) record.Document {
	if strings.HasSuffix(string(issued), "-02-29") {
		issued = issued[:8] + "28"
	}
	y := year(issued) + years
	doc := record.Document{
		Kind: "passport", Issuer: issuer, Number: number, BirthDate: born, Issued: issued,
		Expires: record.Date(fmt.Sprintf("%04d%s", y, string(issued)[4:])),
		File:    "passport-" + d.hex(6) + ".jpg", SHA256: d.hex(64), PHash: d.hex(16),
		Method: pick(d, []string{"photo", "photo", "scan", "scan", "video-attended"}),
	}
	nameOn(&doc, l)
	return doc
}

// nameOn writes the label into a document: printed name and machine-readable zone.
func nameOn(doc *record.Document, l *label) {
	doc.Name = l.given + " " + l.onPapers()
	doc.MRZ = machineZone(l, doc.Number, doc.BirthDate, doc.Expires)
}

// machineZone is the two lines of a TD3 passport, ICAO 9303 part 4.
func machineZone(l *label, number string, born, expires record.Date) []string {
	names := "P<" + issuer + latin(l.onPapers()) + "<<" + latin(l.given)
	var b strings.Builder
	b.WriteString(pad(number, 9))
	b.WriteByte(checkDigit(pad(number, 9)))
	b.WriteString(pad(l.nationality.mrz, 3))
	birth := short(born)
	b.WriteString(birth)
	b.WriteByte(checkDigit(birth))
	b.WriteByte('<')
	end := short(expires)
	b.WriteString(end)
	b.WriteByte(checkDigit(end))
	b.WriteString("<<<<<<<<<<<<<<")
	b.WriteByte('<')
	line := b.String()
	all := line[:10] + line[13:20] + line[21:43]
	return []string{pad(names, 44), line + string(checkDigit(all))}
}

// short is YYMMDD.
func short(d record.Date) string {
	s := string(d)
	if len(s) != 10 {
		return "<<<<<<"
	}
	return s[2:4] + s[5:7] + s[8:10]
}

func pad(s string, n int) string {
	if len(s) >= n {
		return s[:n]
	}
	return s + strings.Repeat("<", n-len(s))
}

// checkDigit weighs 7-3-1, ICAO 9303 part 3.
func checkDigit(s string) byte {
	sum := 0
	for i := 0; i < len(s); i++ {
		v := 0
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = int(c-'A') + 10
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

// latin is a name as the machine-readable zone writes it.
func latin(s string) string {
	parts := strings.FieldsFunc(strings.ReplaceAll(s, "'", ""), func(r rune) bool { return r == ' ' || r == '-' })
	for i, p := range parts {
		parts[i] = strings.ToUpper(ascii(p))
	}
	return strings.Join(parts, "<")
}

// taxID is a number of a series that is well-formed and never given to
// anybody; ok is false where we know of none.
//   - PT: NIF beginning with 40, a prefix that is not issued
//   - GB: National Insurance prefixes of administrative use
//   - ES: DNI numbers from 99 million
//
// Who comes after the last number of a country has none.
func (w *world) taxID(home string, n uint64) (record.TaxID, bool) {
	if last, few := taxNumbers[home]; !few || n >= last {
		return record.TaxID{}, false
	}
	switch home {
	case "PT":
		s := fmt.Sprintf("40%06d", scatter(w.key+41, n, 1e6))
		sum := 0
		for i := range 8 {
			sum += int(s[i]-'0') * (9 - i)
		}
		c := 11 - sum%11
		if c >= 10 {
			c = 0
		}
		return record.TaxID{Country: home, Value: fmt.Sprintf("%s%d", s, c)}, true
	case "GB":
		x := scatter(w.key+42, n, 16e6)
		return record.TaxID{Country: home, Value: fmt.Sprintf("%s%06d%c", [...]string{"CR", "FY", "MW", "NC"}[x/1e6%4], x%1e6, "ABCD"[x/4e6])}, true
	default:
		x := 99e6 + scatter(w.key+43, n, 1e6)
		return record.TaxID{Country: home, Value: fmt.Sprintf("%08d%c", x, "TRWAGMYFPDXBNJZSQVHLCKE"[x%23])}, true
	}
}

var taxNumbers = map[string]uint64{"PT": 1e6, "GB": 16e6, "ES": 1e6}

// slip changes one character of a value as a hand or an eye does.
func slip(d dice, s string) string {
	if len(s) < 4 {
		return s
	}
	b := []byte(s)
	for range 20 {
		i := 2 + d.upTo(len(b)-2)
		switch c := b[i]; {
		case d.chance(0.4) && i+1 < len(b) && b[i+1] != c && c != '<' && b[i+1] != '<':
			b[i], b[i+1] = b[i+1], c
			return string(b)
		case c == '0':
			b[i] = '8'
			return string(b)
		case c >= '1' && c <= '9':
			b[i] = byte('0' + (int(c-'0')+d.between(1, 8))%10)
			if b[i] != c {
				return string(b)
			}
		}
	}
	return string(b)
}
