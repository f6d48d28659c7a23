package chip

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// distinguished is a name of X.501, as far as chains need it.
type distinguished struct {
	key     string // for comparing: encodings, letter case and spacing taken away (RFC 5280 7.1)
	letters string // the same with case and spacing: a signer copies its own name to the letter
	country string // C in upper case, "" when there is none
	say     string // C=…, O=…, CN=… for a reader
}

var nameParts = map[string]string{
	"2.5.4.6": "C", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.3": "CN", "2.5.4.5": "serial", "2.5.4.7": "L", "2.5.4.8": "ST", "1.2.840.113549.1.9.1": "mail",
}

// readName reads Name. States write the same name in one certificate as
// PrintableString and in the next as UTF8String, "de" and "DE": both are one.
func readName(e element) (distinguished, error) {
	var d distinguished
	if e.tag != tagSequence {
		return d, errDER
	}
	var key, letters, say []string
	for c := e.inside(); !c.empty(); {
		set, err := c.take(tagSet)
		if err != nil {
			return d, err
		}
		var rdn, exact []string
		for in := set.inside(); !in.empty(); {
			part, err := in.take(tagSequence)
			if err != nil {
				return d, err
			}
			pc := part.inside()
			oid, err := pc.oid()
			if err != nil {
				return d, err
			}
			v, err := pc.next()
			if err != nil || !pc.empty() {
				return d, errDER
			}
			exact = append(exact, oid+"="+rawText(v))
			text := strings.Join(strings.Fields(decodeText(v)), " ")
			rdn = append(rdn, oid+"="+strings.ToLower(text))
			if label := nameParts[oid]; label != "" && label != "mail" {
				say = append(say, label+"="+text)
			}
			if oid == "2.5.4.6" && d.country == "" {
				d.country = strings.ToUpper(text)
			}
		}
		slices.Sort(rdn)
		slices.Sort(exact)
		key, letters = append(key, strings.Join(rdn, "\x01")), append(letters, strings.Join(exact, "\x01"))
	}
	d.key, d.letters, d.say = strings.Join(key, "\x00"), strings.Join(letters, "\x00"), strings.Join(say, ", ")
	return d, nil
}

// rawText reads the string types of X.690. T61 is read as Latin-1, as all do.
func rawText(e element) string {
	switch e.tag {
	case 0x0c, 0x13, 0x16: // UTF8String, PrintableString, IA5String
		return string(e.body)
	case 0x1e: // BMPString
		u := make([]uint16, len(e.body)/2)
		for i := range u {
			u[i] = uint16(e.body[2*i])<<8 | uint16(e.body[2*i+1])
		}
		return string(utf16.Decode(u))
	case 0x14:
		r := make([]rune, len(e.body))
		for i, b := range e.body {
			r[i] = rune(b)
		}
		return string(r)
	}
	return string(rune(e.tag)) + string(e.body) // another type: like nothing but itself
}

// decodeText is rawText for people: valid, and without control characters.
func decodeText(e element) string {
	s := rawText(e)
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "?")
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
