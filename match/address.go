package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// Bounds of what is read of one address; a longer one is not an address.
const (
	maxAddressBytes = 1024
	maxAddressWords = 48
)

// AddressKey is a comparison key of a postal address: two ways to write one
// building give one key, whatever the case, accents, abbreviations or order of
// street and number. The flat is kept apart in unit, because a house of forty
// flats is not a shared home. country is ISO 3166-1 alpha-2, "" when unknown.
// ok is false when what is given names no building: a street without a number,
// a town, nothing.
//
// The key is for comparing only. It is no postal validation and knows no
// gazetteer: an alias of a street stays another street.
func AddressKey(lines []string, city, postcode, country string) (key, unit string, ok bool) {
	a := address{country: foldCountry(country), post: foldPostcode(postcode, country)}
	size := len(city) + len(postcode)
	for _, l := range lines {
		size += len(l)
	}
	if size > maxAddressBytes {
		return "", "", false
	}
	a.city = a.words(nil, city)
	for _, line := range lines {
		for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == '\n' || r == ';' || r == '|' }) {
			a.read(part)
		}
	}
	return a.key()
}

// address is an address while it is read.
type address struct {
	country, post string
	city          []string
	street        []string // words of the street, folded
	number        string   // the house number with its letter or second number
	box           string   // post box or parcel locker: a place of its own
	unit          string
}

// key is country | postcode, or the town without one | number | street words
// in alphabetical order.
func (a *address) key() (key, unit string, ok bool) {
	place := a.post
	if place == "" {
		place = strings.Join(a.city, "")
	}
	if place == "" {
		return "", "", false
	}
	if a.box != "" {
		return a.country + "|" + place + "|" + a.box, a.unit, true
	}
	if a.number == "" { // "Rua das Flores 12 Cave": the number looked like a part of the name
		for i := len(a.street) - 1; i >= 0; i-- {
			if hasDigit(a.street[i]) {
				a.number = a.street[i]
				a.street = slices.Delete(a.street, i, i+1)
				break
			}
		}
	}
	// A house may have a name instead of a number where a postcode is as fine
	// as a few houses.
	named := len(a.street) >= 2 && len(a.post) >= 5 && (a.country == "GB" || a.country == "IE")
	if a.number == "" && !named || len(a.street) == 0 && a.country != "JP" {
		return "", "", false
	}
	slices.Sort(a.street)
	return a.country + "|" + place + "|" + a.number + "|" + strings.Join(slices.Compact(a.street), " "), a.unit, true
}

// read takes in one part of an address: what stands between two commas.
func (a *address) read(part string) {
	if careOf(part) {
		return // to whose hands it goes does not change where it goes
	}
	w := a.words(make([]string, 0, 12), part)
	if a.isPlace(w) {
		return
	}
	w = a.trimTown(w)
	for len(w) > 0 {
		w = w[a.take(w, len(a.street) > 0 || a.number != ""):]
	}
}

// trimTown cuts the town off the end of a part that names a house before it.
func (a *address) trimTown(w []string) []string {
	n := len(w) - len(a.city)
	if len(a.city) > 0 && n > 0 && slices.Equal(w[n:], a.city) && slices.ContainsFunc(w[:n], hasDigit) {
		return w[:n]
	}
	return w
}

// take reads the first word, with those that belong to it, and says how many
// words it read; begun is whether the street or its number was already met.
func (a *address) take(w []string, begun bool) (read int) {
	word := w[0]
	next := func(n int) string {
		if n < len(w) {
			return w[n]
		}
		return ""
	}
	if n := isBoxWord(w); n > 0 {
		if hasDigit(next(n)) {
			a.box = "box" + next(n)
			return n + 1
		}
		return n
	}
	if a.post != "" {
		if strings.ReplaceAll(word, "-", "") == a.post {
			return 1
		}
		if len(w) > 1 && word+w[1] == a.post {
			return 2
		}
	}
	switch {
	case unitWords[word]:
		n := next(1)
		if strings.Contains(n, "/") && flatFirst(a.country) {
			return 1
		}
		if hasDigit(n) || len(n) == 1 || unitSides[n] {
			a.unit += n
			return 2
		}
		if !begun && n != "" { // a street whose name begins with such a word
			a.street = append(a.street, word)
		}
		return 1
	case unitSides[word] && (a.unit != "" || a.number != ""):
		a.unit += word
		return 1
	case floorWords[word]:
		if n := next(1); hasDigit(n) && (a.number != "" || len(w) == 2) {
			a.unit += trimOrdinal(n)
			return 2
		}
		return 1
	case hasDigit(word):
		return a.takeNumber(word, next(1), begun)
	}
	a.street = append(a.street, word)
	return 1
}

// takeNumber decides what a number is: of the house, of the flat, or a part of
// the street's name.
func (a *address) takeNumber(word, next string, begun bool) (read int) {
	bare := trimOrdinal(word)
	switch {
	case floorWords[next] && (a.number != "" || bare != word): // "2nd floor", "3. OG"
		a.unit += bare
		return 2
	case bare != word && a.number != "" && len(a.street) > 0: // "3º Dto"
		a.unit += bare
		return 1
	case bare != word: // "5th Avenue"
		a.street = append(a.street, bare)
		return 1
	case begun && a.isName(next): // "Straße des 17. Juni", "Rue du 4 Septembre"
		a.street = append(a.street, word)
		return 1
	case a.number == "":
		return a.takeHouse(word, next)
	case a.country == "JP": // block and house follow each other
		a.number += "-" + word
		return 1
	}
	a.unit += word
	return 1
}

func (a *address) takeHouse(word, next string) (read int) {
	a.number = word
	if slash := strings.IndexByte(word, '/'); slash > 0 {
		switch {
		case slashIsUnit(a.country):
			a.number, a.unit = word[:slash], a.unit+strings.ReplaceAll(word[slash+1:], "/", "")
		case flatFirst(a.country):
			a.number, a.unit = word[slash+1:], a.unit+word[:slash]
		}
	}
	if len(next) == 1 && 'a' <= next[0] && next[0] <= 'h' { // "12 a"
		a.number += next
		return 2
	}
	return 1
}

// isName reports a word that can follow a number within a street's name.
func (a *address) isName(word string) bool {
	return len(word) > 1 && !hasDigit(word) && !unitWords[word] && !unitSides[word] && !floorWords[word] &&
		(len(a.city) == 0 || word != a.city[0])
}

// isPlace reports a part that holds nothing but postcode, town and country.
func (a *address) isPlace(w []string) bool {
	rest := strings.Join(w, "")
	if rest == "" {
		return true
	}
	if a.post != "" {
		rest = strings.Replace(strings.ReplaceAll(rest, "-", ""), a.post, "", 1)
	}
	if town := strings.Join(a.city, ""); town != "" {
		rest = strings.Replace(rest, town, "", 1)
	}
	return rest == "" || rest == strings.ToLower(a.country)
}

// words folds a part into words: ASCII, lower case, the usual abbreviations of
// street types, no articles. Punctuation inside a house number stays.
func (a *address) words(dst []string, s string) []string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, " ")
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			s = unidecode.Unidecode(ordinals.Replace(s))
			break
		}
	}
	s = strings.ToLower(s)
	german := a.country == "DE" || a.country == "AT" || a.country == "CH" || a.country == "LI"
	slavic := writesCyrillic(a.country)
	for i := 0; i < len(s) && len(dst) < maxAddressWords; {
		if !wordByte(s[i]) {
			i++
			continue
		}
		j := i
		digit := false
		for j < len(s) && (wordByte(s[j]) || s[j] == '\'' || digit && j+1 < len(s) && (s[j] == '/' || s[j] == '-') && wordByte(s[j+1])) {
			digit = digit || '0' <= s[j] && s[j] <= '9'
			j++
		}
		word := s[i:j]
		i = j
		if strings.Contains(word, "'") {
			word = strings.ReplaceAll(word, "'", "")
		}
		if german && !digit {
			word = umlauts.Replace(word)
		}
		if word == "tv" && (a.country == "PT" || a.country == "BR") {
			word = "trav" // a lane; elsewhere the flat on the left
		}
		if short, found := streetTypes[word]; found {
			word = short
		} else if !digit {
			word = shortSuffix(word)
			if slavic {
				word = romanised.Replace(word)
			}
		}
		switch {
		case word == "":
		case word == "str" && german && len(dst) > 0 && !hasDigit(dst[len(dst)-1]): // "Rosen Str."
			dst[len(dst)-1] += "str"
		default:
			dst = append(dst, word)
		}
	}
	return dst
}
