package match

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Phone is the E.164 form of a telephone number ("+" and 7 to 15 digits).
// region is the ISO 3166-1 alpha-2 country a number without country code was
// written in, "" when unknown: then only international forms can be read. A
// number that already is E.164 is returned as it is, without a look at its
// numbering plan: an unassigned number may still be the same number.
func Phone(s, region string) (e164 string, ok bool) {
	if isE164(s) {
		return s, true
	}
	if len(s) > 64 {
		return "", false
	}
	s = strings.TrimSpace(s)
	if len(s) > 4 && strings.EqualFold(s[:4], "tel:") {
		s = s[4:]
	}
	if region == "" && strings.HasPrefix(s, "00") {
		s = "+" + s[2:]
	}
	if strings.HasPrefix(s, "+") {
		if e, done := squeeze(s); done {
			return e, true
		}
	} else if region == "" || !strings.ContainsAny(s, "0123456789") {
		return "", false
	}
	n, err := phonenumbers.Parse(s, strings.ToUpper(region))
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	e164 = phonenumbers.Format(n, phonenumbers.E164)
	return e164, isE164(e164)
}

func isE164(s string) bool {
	if len(s) < 8 || len(s) > 16 || s[0] != '+' || s[1] == '0' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// squeeze drops the separators of an international number. It leaves to the
// library what needs a numbering plan: a trunk zero, letters, extensions.
func squeeze(s string) (string, bool) {
	var b [16]byte
	n := 1
	b[0] = '+'
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			if n == len(b) {
				return "", false
			}
			b[n] = c
			n++
		case c == ' ', c == '-', c == '.', c == '/':
		case c == '(' && (i+1 >= len(s) || s[i+1] != '0'), c == ')':
		default:
			return "", false
		}
	}
	e := string(b[:n])
	code, width := callingCode(e)
	if code == 0 || n <= 1+width || e[1+width] == '0' && !keepsZero(code) {
		return "", false
	}
	return e, isE164(e)
}

// callingCode is the country calling code of an E.164 number and how many
// digits it has; 0 when there is none. Codes are prefix-free: one digit for 1
// and 7, two for the list below, else three (ITU-T E.164, assigned codes).
func callingCode(e164 string) (code, width int) {
	d := strings.TrimPrefix(e164, "+")
	if len(d) < 4 {
		return 0, 0
	}
	switch d[0] {
	case '0':
		return 0, 0
	case '1', '7':
		return int(d[0] - '0'), 1
	}
	two := int(d[0]-'0')*10 + int(d[1]-'0')
	switch two {
	case 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49,
		51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66,
		81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98:
		return two, 2
	}
	return two*10 + int(d[2]-'0'), 3
}

// keepsZero: plans whose national numbers may begin with a zero that belongs
// to the number (Italy and San Marino, Gabon, Congo, Côte d'Ivoire …).
func keepsZero(code int) bool {
	switch code {
	case 39, 225, 241, 242, 290, 378, 379:
		return true
	}
	return false
}

// PhoneCountries is every country (ISO 3166-1 alpha-2) that shares the calling
// code of an E.164 number; none for a number that belongs to no country. It is
// a table look-up: +1 is all of the North American plan, +7 Russia and
// Kazakhstan.
func PhoneCountries(e164 string) []string {
	if !isE164(e164) {
		return nil
	}
	code, _ := callingCode(e164)
	countries := phonenumbers.GetRegionCodesForCountryCode(code)
	if len(countries) == 1 && countries[0] == "001" {
		return nil
	}
	return countries
}

// PhoneType is what a numbering plan says a number is used for.
type PhoneType string

// The types that matter here. Plans that mix mobile and fixed (+1) are Mixed.
const (
	PhoneUnknown  PhoneType = "unknown"
	PhoneMobile   PhoneType = "mobile"
	PhoneFixed    PhoneType = "fixed"
	PhoneMixed    PhoneType = "fixed-or-mobile"
	PhoneVoIP     PhoneType = "voip"
	PhonePersonal PhoneType = "personal"
	PhoneOther    PhoneType = "other" // toll-free, premium, pager …
)

// PhonePlan is the type and the country (ISO 3166-1 alpha-2, "" for
// non-geographic or unassigned) of an E.164 number, from the numbering plans
// of libphonenumber. It costs some 20 µs; PhoneRegion and MayBeVoIP are cheap
// first looks.
func PhonePlan(e164 string) (t PhoneType, region string) {
	if !isE164(e164) {
		return PhoneUnknown, ""
	}
	n, err := phonenumbers.Parse(e164, "ZZ")
	if err != nil {
		return PhoneUnknown, ""
	}
	region = phonenumbers.GetRegionCodeForNumber(n)
	if region == "001" || region == "ZZ" {
		region = ""
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.MOBILE:
		t = PhoneMobile
	case phonenumbers.FIXED_LINE:
		t = PhoneFixed
	case phonenumbers.FIXED_LINE_OR_MOBILE:
		t = PhoneMixed
	case phonenumbers.VOIP:
		t = PhoneVoIP
	case phonenumbers.PERSONAL_NUMBER:
		t = PhonePersonal
	case phonenumbers.UNKNOWN:
		t = PhoneUnknown
	default:
		t = PhoneOther
	}
	return t, region
}
