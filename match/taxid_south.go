package match

// taxIT: codice fiscale (16 characters; digits may be replaced by letters where
// two people would have the same code) and the 11-digit code of entities and of
// people who have a provisional one.
func taxIT(b []byte) Form {
	switch {
	case len(b) == 16:
		wrong := 0
		for i, c := range b {
			if !codiceClass(i, c) {
				wrong++
			}
		}
		if wrong > 1 {
			return FormBad
		}
		return checked(wrong == 0 && codiceCheck(b[:15]) == b[15])
	case len(b) == 11 && allDigits(b):
		return checked(luhn(b))
	}
	return nearly(len(b), 16, 11)
}

// codiceClass is whether a character may stand at a place of the code.
func codiceClass(i int, c byte) bool {
	number := isDigit(c)
	for _, l := range [...]byte{'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V'} {
		number = number || c == l
	}
	switch i {
	case 6, 7, 9, 10, 12, 13, 14:
		return number
	case 8:
		for _, m := range [...]byte{'A', 'B', 'C', 'D', 'E', 'H', 'L', 'M', 'P', 'R', 'S', 'T'} {
			if c == m {
				return true
			}
		}
		return false
	}
	return isLetter(c)
}

// codiceCheck is the last letter: characters at odd places count by a table,
// those at even places by their rank; the characters as they are written.
func codiceCheck(b []byte) byte {
	odd := [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i, c := range b {
		rank := int(c - 'A')
		if isDigit(c) {
			rank = int(c - '0')
		}
		if i%2 == 0 {
			rank = odd[rank]
		}
		sum += rank
	}
	return 'A' + byte(sum%26)
}

// luhn doubles every second digit from the right.
func luhn(b []byte) bool {
	sum := 0
	for i, c := range b {
		d := int(c - '0')
		if (len(b)-i)%2 == 0 {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// taxES: DNI and NIE (a letter that is the number modulo 23), the old K, L, M
// numbers, and the nine characters of entities, whose check is not looked at.
func taxES(b []byte) Form {
	if len(b) == 8 && allDigits(b[:7]) && isLetter(b[7]) {
		return dniLetter(b[:7], 0, b[7]) // a leading zero left out
	}
	if len(b) != 9 {
		return nearly(len(b), 9)
	}
	switch c := b[0]; {
	case isDigit(c) && allDigits(b[:8]) && isLetter(b[8]):
		return dniLetter(b[:8], 0, b[8])
	case c >= 'X' && c <= 'Z' && allDigits(b[1:8]) && isLetter(b[8]):
		return dniLetter(b[1:8], int(c-'X'), b[8])
	case (c == 'K' || c == 'L' || c == 'M') && allDigits(b[1:8]) && isLetter(b[8]):
		return dniLetter(b[1:8], 0, b[8])
	case isLetter(c) && allDigits(b[1:8]):
		return FormOK
	}
	return FormBad
}

func dniLetter(digits []byte, prefix int, letter byte) Form {
	n := prefix
	for _, d := range digits {
		n = (n*10 + int(d-'0')) % 23
	}
	return checked("TRWAGMYFPDXBNJZSQVHLCKE"[n] == letter)
}
