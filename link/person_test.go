package link

import (
	"strings"
	"testing"

	"bonafide/match"
	"bonafide/record"
)

// TestNamesakes: two of one name and birth date are one person where they share a value of their own, and two where
// all they share follows from the name.
func TestNamesakes(t *testing.T) {
	for _, c := range []struct {
		what string
		a, b func(*record.Application)
		one  bool
	}{
		{"one network", ip("185.220.101.7"), ip("185.220.101.7"), true},
		{"one phone", phone("+351910000001"), phone("+351910000001"), true},
		{"mailboxes made up alike", mail("nora.sample17@example.org"), mail("nora.sample23@example.org"), false},
	} {
		t.Run(c.what, func(t *testing.T) {
			first := person("first", "Nora Sample", "1988-02-02", 1, c.a)
			second := person("second", "Nora Sample", "1988-02-02", 9, c.b)
			g := build(t, nil, first, second)
			if got := g.Identity(0) == g.Identity(1); got != c.one {
				t.Errorf("linked together: one person is %v", got)
			}
			k := NewKeyer(nil, false)
			x, y := k.Profile(first), k.Profile(second)
			w := (&Population{Records: 1000}).Weigh(&x, &y)
			if len(w.Steps) == 0 || w.Same != c.one {
				t.Errorf("weighed: one person is %v, by %+v", w.Same, w.Steps)
			}
		})
	}
}

// TestOneLineAddress: an address on one line opens the same door as its parts, also where a post code has letters apart.
func TestOneLineAddress(t *testing.T) {
	for _, a := range []record.Address{
		{Lines: []string{"Voorbeeldlaan 64", "Apt 11"}, Postcode: "3541 SL", City: "Arnhem", Country: "NL"},
		{Lines: []string{"12 Example Street"}, Postcode: "VLT 1117", City: "Valletta", Country: "MT"},
		{Lines: []string{"1 Sample Road"}, Postcode: "SW1A 1AA", City: "London", Country: "GB"},
		{Lines: []string{"Rua do Exemplo 3"}, Postcode: "4000-001", City: "Porto", Country: "PT"},
		{Lines: []string{"Musterweg 5"}, Postcode: "10115", City: "Berlin", Country: "DE"},
		{Lines: []string{"12 Sample Ave"}, Postcode: "P0N 0V9", City: "Calgary", Country: "CA"},
		{Lines: []string{"12 Sample Ave"}, Postcode: "10001", City: "New York", Country: "US"},
	} {
		for _, last := range []string{a.Postcode + " " + a.City, a.City + " " + a.Postcode} {
			line := strings.Join(a.Lines, ", ") + ", " + last + ", " + a.Country
			got, ok := oneLineAddress(line, "")
			if want, _, _ := match.AddressKey(a.Lines, a.City, a.Postcode, a.Country); !ok || got != want {
				t.Errorf("%q opens %q, its parts %q", line, got, want)
			}
		}
	}
}
