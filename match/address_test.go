package match

import (
	"strings"
	"testing"
)

type place struct {
	lines   string // lines divided by |
	city    string
	code    string
	country string
}

func (p place) key() (string, string, bool) {
	return AddressKey(strings.Split(p.lines, "|"), p.city, p.code, p.country)
}

// Two ways to write one building are one key.
func TestAddressKeySame(t *testing.T) {
	for _, c := range []struct {
		a, b   place
		ua, ub string
	}{
		{place{"Rua das Flores 12", "Porto", "4050-262", "PT"}, place{"R. das Flores, 12, 3º Dto", "PORTO", "4050 262", "pt"}, "", "3dto"},
		{place{"Rua das Flores 12, 4050-262 Porto", "Porto", "4050-262", "PT"}, place{"12 Rua das Flores", "Porto", "4050-262", "PT"}, "", ""},
		{place{"Rosenstraße 5", "Köln", "50667", "DE"}, place{"Rosenstr. 5|Wohnung 7", "Cologne", "50667", "DE"}, "", "7"},
		{place{"Müllerstrasse 5a", "Berlin", "13353", "DE"}, place{"Mueller Str. 5 A", "Berlin", "13353", "DE"}, "", ""},
		{place{"Straße des 17. Juni 135", "Berlin", "10623", "DE"}, place{"Strasse des 17. Juni 135, 2. OG", "Berlin", "10623", "DE"}, "", "2"},
		{place{"12 Rue du 4 Septembre", "Paris", "75002", "FR"}, place{"12, rue du 4 septembre", "PARIS", "75002", "FR"}, "", ""},
		{place{"350 5th Avenue|Apt 4B", "New York", "10118-0110", "US"}, place{"350 5th Ave #4B", "New York", "10118", "US"}, "4b", "4b"},
		{place{"Flat 3, 12 Rose Street", "London", "SW1A 1AA", "GB"}, place{"12 Rose St|London SW1A 1AA", "London", "sw1a1aa", "GB"}, "3", ""},
		{place{"5/12 Smith Street", "Perth", "6000", "AU"}, place{"Unit 5, 12 Smith St", "Perth", "6000", "AU"}, "5", "5"},
		{place{"ul. Długa 5/12", "Warszawa", "00-238", "PL"}, place{"Dluga 5 m. 12, ul.", "Warsaw", "00238", "PL"}, "12", "12"},
		{place{"вул. Хрещатик 22, кв. 5", "Київ", "01001", "UA"}, place{"Vul. Khreshchatyk 22/5", "Kyiv", "01001", "UA"}, "5", "5"},
		{place{"c/o Ana Silva|Largo do Rato 3", "Lisboa", "1250-185", "PT"}, place{"Lg. do Rato 3", "Lisbon", "1250-185", "PT"}, "", ""},
		{place{"12 Travessa do Sol", "Porto", "4050-262", "PT"}, place{"Tv. do Sol 12", "Porto", "4050-262", "PT"}, "", ""},
		{place{"12 Rose Close", "Leeds", "LS1 4AP", "GB"}, place{"12 Rose Cl", "Leeds", "LS1 4AP", "GB"}, "", ""},
		{place{"P.O. Box 120", "Nairobi", "00100", "KE"}, place{"PO Box 120", "Nairobi", "00100", "KE"}, "", ""},
	} {
		ka, ua, oka := c.a.key()
		kb, ub, okb := c.b.key()
		if !oka || !okb || ka != kb || ua != c.ua || ub != c.ub {
			t.Errorf("%q %q: %q (%q, %v) and %q (%q, %v)", c.a.lines, c.b.lines, ka, ua, oka, kb, ub, okb)
		}
	}
}

// A short form is nothing else's long form: whoever writes short and whoever
// writes long meet.
func TestStreetTypesClosed(t *testing.T) {
	for word, short := range streetTypes {
		if again, found := streetTypes[short]; found && again != short {
			t.Errorf("%s becomes %s, which becomes %s", word, short, again)
		}
	}
}

// Neighbours are not one house, and a street is not an address.
func TestAddressKeyDifferent(t *testing.T) {
	for _, c := range [][2]place{
		{{"Rua das Flores 12", "Porto", "4050-262", "PT"}, {"Rua das Flores 14", "Porto", "4050-262", "PT"}},
		{{"Rua das Flores 12", "Porto", "4050-262", "PT"}, {"Rua das Flores 12", "Lisboa", "1250-185", "PT"}},
		{{"Straße des 17. Juni 135", "Berlin", "10623", "DE"}, {"Straße des 17. Juni 114", "Berlin", "10623", "DE"}},
		{{"Rua 25 de Abril 13", "Porto", "4050-262", "PT"}, {"Rua 25 de Abril 31", "Porto", "4050-262", "PT"}},
		{{"Rosenstr. 5", "Köln", "50667", "DE"}, {"Rosenstr. 5a", "Köln", "50667", "DE"}},
		{{"Rosenstr. 5 d", "Köln", "50667", "DE"}, {"Rosenstr. 5", "Köln", "50667", "DE"}},
		{{"Main St 4", "X", "1000", "ZA"}, {"Main Rd 4", "X", "1000", "ZA"}},
		{{"PO Box 12", "X", "1000", "ZA"}, {"PO Box 13", "X", "1000", "ZA"}},
	} {
		ka, _, oka := c[0].key()
		kb, _, okb := c[1].key()
		if !oka || !okb || ka == kb {
			t.Errorf("%v: %q %v, %q %v", c, ka, oka, kb, okb)
		}
	}
	for _, p := range []place{
		{"Rua das Flores", "Porto", "4050-262", "PT"}, {"", "Porto", "4050-262", "PT"}, {"Rua das Flores 12", "", "", "PT"},
		{"Porto", "Porto", "", "PT"}, {"12", "Porto", "4050-262", "PT"}, {strings.Repeat("Rua 1 ", 400), "Porto", "1", "PT"},
	} {
		if k, _, ok := p.key(); ok {
			t.Errorf("%.40q: key %q", p.lines, k)
		}
	}
}

func FuzzAddressKey(f *testing.F) {
	f.Add("Rua das Flores 12|3º Dto", "Porto", "4050-262", "PT")
	f.Add("Flat 2/1, 15 Gibson St", "Glasgow", "G12 8NX", "GB")
	f.Add("Apt\x00 P.O. Box", "\xff", "०१२", "日本")
	f.Fuzz(func(t *testing.T, lines, city, code, country string) {
		k, u, ok := place{lines, city, code, country}.key()
		if !ok && (k != "" || u != "") {
			t.Error("a key without ok")
		}
		if ok && (k != strings.ToValidUTF8(k, "")) && len(country) < 3 {
			t.Error("a key that is not text")
		}
		if k2, u2, ok2 := (place{lines, city, code, country}).key(); k != k2 || u != u2 || ok != ok2 {
			t.Error("two answers to one question")
		}
	})
}

func BenchmarkAddressKey(b *testing.B) {
	lines := []string{"Rua das Flores 12, 3º Dto"}
	b.ReportAllocs()
	for b.Loop() {
		AddressKey(lines, "Porto", "4050-262", "PT")
	}
}
