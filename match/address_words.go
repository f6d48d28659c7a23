package match

import "strings"

// The words of addresses: what streets, flats, floors and post boxes are
// called. Facts of daily use in the languages of the countries this house
// serves first; a missing word makes two spellings differ, it never makes two
// places equal.

// streetTypes maps a word to its short form, "" to drop it.
var streetTypes = map[string]string{
	// English
	"street": "st", "saint": "st", "avenue": "av", "ave": "av", "road": "rd", "drive": "dr", "lane": "ln",
	"court": "ct", "place": "pl", "square": "sq", "boulevard": "blvd", "terrace": "ter", "crescent": "cres",
	"close": "c", "gardens": "gdns", "highway": "hwy", "parkway": "pkwy", "north": "n", "south": "s",
	"east": "e", "west": "w", "the": "", "of": "", "no": "", "nr": "", "number": "",
	// German; shortSuffix handles compounds
	"strasse": "str", "platz": "pl", "am": "", "an": "", "der": "", "dem": "", "den": "", "im": "", "in": "", "zum": "", "zur": "",
	"sankt": "st", "hausnummer": "",
	// Portuguese, Spanish, Italian, French, Catalan
	"rua": "r", "avenida": "av", "avda": "av", "travessa": "trav", "praca": "pc", "pca": "pc", "largo": "lg", "estrada": "estr",
	"calle": "c", "cl": "c", "plaza": "pl", "pza": "pl", "paseo": "po", "carretera": "ctra", "carrer": "c",
	"viale": "vle", "piazza": "pl", "corso": "cso", "allee": "all",
	"rue": "r", "chemin": "ch", "faubourg": "fbg", "bd": "blvd", "bld": "blvd", "boul": "blvd",
	"de": "", "da": "", "do": "", "das": "", "dos": "", "del": "", "della": "", "dei": "", "di": "", "des": "", "du": "",
	"la": "", "le": "", "les": "", "el": "", "los": "", "las": "", "num": "", "numero": "",
	// Slavic
	"ulica": "ul", "ulitsa": "ul", "ulitsia": "ul", "vulytsia": "ul", "vulitsia": "ul", "vul": "ul", "aleja": "al",
	"prospekt": "pr", "prosp": "pr", "prospect": "pr", "dom": "", "bud": "", "budynok": "",
	// Dutch, Nordic, Turkish
	"straat": "str", "plein": "pl", "sokak": "sk", "sok": "sk", "caddesi": "cd", "cad": "cd", "mahallesi": "mh", "mah": "mh",
}

// shortSuffix shortens what a compound ends in, so that "Rosenstraße",
// "Rosenstrasse" and "Rosenstr." are one word.
func shortSuffix(word string) string {
	switch {
	case len(word) > 8 && strings.HasSuffix(word, "strasse"):
		return word[:len(word)-4]
	case len(word) > 7 && strings.HasSuffix(word, "straat"):
		return word[:len(word)-6] + "str"
	case len(word) > 6 && strings.HasSuffix(word, "gatan"):
		return word[:len(word)-2]
	}
	return word
}

// unitWords stand before the number of a flat.
var unitWords = setOf("apt apartment appartement appartamento apto apartamento flat unit suite ste app appt whg wohnung top tur tuer lgh " +
	"bus bte kv kvartira kvartyra m mieszkanie lok fraccao fracao porta puerta pta interno int daire room rm zimmer nb stiege stg bloco bl")

// floorWords stand before or after the number of a storey.
var floorWords = setOf("floor fl flr level og ug stock etage etg stockwerk geschoss piso andar planta piano kat emelet patro pietro poverkh")

// unitSides tell the doors of one landing apart.
var unitSides = setOf("dto dta dt direito esq esquerdo frente fte tras izq izda izquierda dcha derecha rc rdc eg links rechts mitte hinterhaus hh vh vorderhaus tv th")

// ordinals turns the signs of "3º" and "2ª" into letters before folding.
var ordinals = strings.NewReplacer("º", "o ", "°", "o ", "ª", "a ", "№", " no ")

// umlauts makes "Müller", "Mueller" and "Muller" one word; only German-speaking
// countries write the middle one.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// romanised makes the ways of writing Cyrillic in Latin letters one.
var romanised = strings.NewReplacer("kh", "h", "iy", "i", "yi", "i", "ii", "i", "y", "i", "j", "i")

func writesCyrillic(country string) bool {
	switch country {
	case "UA", "RU", "BY", "KZ", "KG", "BG", "RS", "MK":
		return true
	}
	return false
}

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func wordByte(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// trimOrdinal is the number of "3rd", "5th", "3o", and s itself when it is no
// ordinal.
func trimOrdinal(s string) string {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	if i == 0 || i == len(s) {
		return s
	}
	switch s[i:] {
	case "st", "nd", "rd", "th", "o", "er", "eme":
		return s[:i]
	}
	return s
}

// isBoxWord is how many words name a post box or locker, 0 when none do.
func isBoxWord(w []string) int {
	switch w[0] {
	case "postfach", "packstation", "apartado", "paketshop", "postbox", "pobox", "pmb", "postbus":
		return 1
	case "po":
		if len(w) > 1 && w[1] == "box" {
			return 2
		}
	case "p":
		if len(w) > 2 && w[1] == "o" && w[2] == "box" {
			return 3
		}
	}
	return 0
}

// slashIsUnit: countries that write "12/5" for house 12, flat 5.
func slashIsUnit(country string) bool {
	switch country {
	case "AT", "PL", "RU", "UA", "BY", "KZ", "TR", "GR", "RS", "BG":
		return true
	}
	return false
}

// flatFirst: countries that write "5/12" for flat 5 of house 12.
func flatFirst(country string) bool { return country == "AU" || country == "NZ" }

func careOf(part string) bool {
	p := strings.ToLower(strings.TrimSpace(part))
	return strings.HasPrefix(p, "c/o ") || strings.HasPrefix(p, "a/c ") || strings.HasPrefix(p, "z. hd") || strings.HasPrefix(p, "attn")
}

func foldCountry(c string) string { return strings.ToUpper(strings.TrimSpace(c)) }

// foldPostcode keeps letters and digits; of a United States ZIP+4 the first
// five, which name the delivery area.
func foldPostcode(p, country string) string {
	b := make([]byte, 0, len(p))
	for i := 0; i < len(p); i++ {
		c := p[i] | 0x20
		if p[i] >= '0' && p[i] <= '9' {
			c = p[i]
		}
		if wordByte(c) {
			b = append(b, c)
		}
	}
	if foldCountry(country) == "US" && len(b) > 5 {
		b = b[:5]
	}
	return string(b)
}
