package match

import "strings"

// TaxID says whether a tax or social-insurance number is well-formed by the
// rules of its country (ISO 3166-1 alpha-2): length, alphabet, check digit.
// Known: DE (Steuer-ID, Versicherungsnummer), PT (NIF, NISS), GB (NINO, UTR),
// IT (codice fiscale, partita IVA), ES (DNI, NIE, NIF). Other countries are
// FormUnknown. What such numbers embed (birth date, sex, birthplace) is never
// decoded and never returned. It allocates nothing.
//
// Sources: the authorities' published rules; the words are ours.
func TaxID(country, value string) Form {
	var rule func([]byte) Form
	switch country {
	case "DE", "de":
		rule = taxDE
	case "PT", "pt":
		rule = taxPT
	case "GB", "gb", "UK", "uk":
		rule = taxGB
	case "IT", "it":
		rule = taxIT
	case "ES", "es":
		rule = taxES
	default:
		return FormUnknown
	}
	var raw [24]byte
	b, ok := compact(raw[:], value)
	if len(b) == 0 && value == "" {
		return FormUnknown
	}
	if !ok {
		return FormBad
	}
	if len(b) > 2 && b[0] == country[0]&^0x20 && b[1] == country[1]&^0x20 && isDigit(b[2]) {
		b = b[2:] // written as a VAT number
	}
	if strings.IndexByte(value, '/') >= 0 && (country == "DE" || country == "de") && allDigits(b) && len(b) >= 10 && len(b) <= 13 {
		return FormOK // Steuernummer of a tax office: its check differs by state
	}
	return rule(b)
}

// checked is ok when the check holds and a slip when it does not: a check digit
// cannot tell one mistyped character from an invented number.
func checked(holds bool) Form {
	if holds {
		return FormOK
	}
	return FormSlip
}

// nearly is for numbers whose length is off: by one it is a slip.
func nearly(got int, lengths ...int) Form {
	for _, n := range lengths {
		if got == n-1 || got == n+1 {
			return FormSlip
		}
	}
	return FormBad
}

func taxDE(b []byte) Form {
	switch {
	case len(b) == 11 && allDigits(b):
		return checked(steuerID(b))
	case len(b) == 12 && allDigits(b[:8]) && isLetter(b[8]) && allDigits(b[9:]):
		return checked(versicherungsnummer(b))
	case (len(b) == 10 || len(b) == 13) && allDigits(b):
		return FormOK // Steuernummer of a tax office: its check differs by state
	}
	return nearly(len(b), 11, 12)
}

// steuerID is ISO 7064 mod 11,10 with one digit among the first ten repeated.
func steuerID(b []byte) bool {
	if b[0] == '0' || !onePair(b[:10]) {
		return false
	}
	p := 10
	for _, d := range b[:10] {
		t := (int(d-'0') + p) % 10
		if t == 0 {
			t = 10
		}
		p = 2 * t % 11
	}
	return int(b[10]-'0') == (11-p)%10
}

// onePair: exactly one digit occurs two or three times, the others at most once.
func onePair(b []byte) bool {
	var count [10]int
	for _, d := range b {
		count[d-'0']++
	}
	repeated := 0
	for _, n := range count {
		if n > 3 {
			return false
		}
		if n > 1 {
			repeated++
		}
	}
	return repeated == 1
}

// versicherungsnummer: the letter counts as two digits, A is 01; digit sums of
// the weighted digits, modulo ten.
func versicherungsnummer(b []byte) bool {
	weights := [12]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1}
	var digits [12]int
	for i := range 8 {
		digits[i] = int(b[i] - '0')
	}
	letter := int(b[8]-'A') + 1
	digits[8], digits[9] = letter/10, letter%10
	digits[10], digits[11] = int(b[9]-'0'), int(b[10]-'0')
	sum := 0
	for i, d := range digits {
		p := d * weights[i]
		sum += p/10 + p%10
	}
	return sum%10 == int(b[11]-'0')
}

func taxPT(b []byte) Form {
	switch {
	case len(b) == 9 && allDigits(b):
		sum := 0
		for i := range 8 {
			sum += (9 - i) * int(b[i]-'0')
		}
		c := 11 - sum%11
		if c >= 10 {
			c = 0
		}
		return checked(c == int(b[8]-'0'))
	case len(b) == 11 && allDigits(b): // NISS
		weights := [10]int{29, 23, 19, 17, 13, 11, 7, 5, 3, 2}
		sum := 0
		for i, w := range weights {
			sum += w * int(b[i]-'0')
		}
		return checked(9-sum%10 == int(b[10]-'0'))
	}
	return nearly(len(b), 9, 11)
}

func taxGB(b []byte) Form {
	switch {
	case len(b) == 10 && allDigits(b) || len(b) == 11 && b[0] == 'K' && allDigits(b[1:]): // UTR
		b = b[len(b)-10:]
		weights := [9]int{6, 7, 8, 9, 10, 5, 4, 3, 2}
		sum := 0
		for i, w := range weights {
			sum += w * int(b[i+1]-'0')
		}
		c := 11 - sum%11
		if c > 9 {
			c -= 9
		}
		return checked(c == int(b[0]-'0'))
	case (len(b) == 9 || len(b) == 8) && isLetter(b[0]) && isLetter(b[1]) && allDigits(b[2:8]): // NINO, its suffix may be missing
		if len(b) == 9 && (b[8] < 'A' || b[8] > 'D') || !ninoPrefix(b[0], b[1]) {
			return FormSlip
		}
		return FormOK
	}
	return nearly(len(b), 9, 10)
}

func ninoPrefix(x, y byte) bool {
	for _, c := range [...]byte{'D', 'F', 'I', 'Q', 'U', 'V'} {
		if x == c || y == c {
			return false
		}
	}
	if y == 'O' {
		return false
	}
	switch string([]byte{x, y}) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return true
}
