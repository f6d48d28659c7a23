package checks

// numberPatterns are the shapes of passport numbers by issuer (alpha-3): A is a
// letter, 9 a digit, X either; alternatives are parted by spaces. A new series
// may be younger than this table, so a number outside it is shown and not
// counted. Public registers of document descriptions, state of 2025; to add an
// issuer, add a line in alphabetical order.
var numberPatterns = [...][2]string{
	{"AUS", "A9999999 AA9999999"},
	{"AUT", "A9999999 AA9999999"},
	{"BEL", "AA999999"},
	{"BRA", "AA999999"},
	{"CAN", "AA999999 A999999AA"},
	{"CHN", "A99999999 AA9999999"},
	{"DEU", "XXXXXXXXX XXXXXXXXX9"},
	{"ESP", "AAA999999 AA999999"},
	{"FRA", "99AA99999"},
	{"GBR", "999999999"},
	{"IND", "A9999999"},
	{"IRL", "A9999999 AA9999999 999999999"},
	{"ITA", "AA9999999"},
	{"JPN", "AA9999999"},
	{"KOR", "A99999999 AA9999999 A999A9999"},
	{"MYS", "A99999999 A9999999"},
	{"NLD", "AAXXXXXX9"},
	{"POL", "AA9999999"},
	{"PRT", "AA999999 A999999"},
	{"SGP", "A9999999A"},
	{"UKR", "AA999999 999999999"},
	{"USA", "999999999 A99999999"},
	{"VNM", "A9999999 A99999999"},
}

// patternsOf is the patterns of an issuer, "" when the table has none.
func patternsOf(issuer string) string {
	if issuer == "D" {
		issuer = "DEU"
	}
	for i := range numberPatterns {
		if numberPatterns[i][0] == issuer {
			return numberPatterns[i][1]
		}
	}
	return ""
}

// fitsPattern compares a number, without spaces and signs, with one pattern.
func fitsPattern(number, pattern string) bool {
	at := 0
	for i := 0; i < len(number); i++ {
		c := number[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		digit, letter := c >= '0' && c <= '9', c >= 'A' && c <= 'Z'
		if !digit && !letter {
			continue
		}
		if at == len(pattern) || pattern[at] == 'A' && !letter || pattern[at] == '9' && !digit {
			return false
		}
		at++
	}
	return at == len(pattern)
}
