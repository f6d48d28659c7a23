package match

import "testing"

func TestLookalike(t *testing.T) {
	for _, c := range []struct {
		host, of string
		want     Likeness
	}{
		{"mail.acmesystems.com", "www.acmesystems.com", Unlike},
		{"acmesystems.com", "acmesystems.com", Unlike},
		{"acmesystem.com", "acmesystems.com", NearLetters},
		{"acmesytsems.com", "acmesystems.com", NearLetters},
		{"acrnesystems.com", "acmesystems.com", SameShape},
		{"acme-systems.com", "acmesystems.com", SameShape},
		{"acmesystems-careers.com", "acmesystems.com", AddedWord},
		{"hr-acmesystems.net", "acmesystems.com", AddedWord},
		{"acmesystems.net", "acmesystems.com", OtherEnding},
		{"аcmesystems.com", "acmesystems.com", SameShape}, // Cyrillic а
		{"examp1e.com", "example.com", SameShape},
		{"acrnesystems.example", "acmesystems.example", SameShape},
		{"acmesystem.example.com", "acmesystems.example.com", NearLetters},
		{"other.example.com", "acmesystems.example.com", Unlike},
		{"sap.com", "sab.com", Unlike},
		{"unit12.example", "unit13.example", Unlike},
		{"firm7.example", "firm.example", Unlike},
		{"rosen.de", "dosen.de", NearLetters},
		{"gmail.com", "acmesystems.com", Unlike},
		{"", "acmesystems.com", Unlike}, {"com", "acmesystems.com", Unlike},
	} {
		if got := Lookalike(c.host, c.of); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.host, c.of, got, c.want)
		}
	}
}

func FuzzLookalike(f *testing.F) {
	f.Add("acrnesystems.com", "acmesystems.com")
	f.Add("xn--cmesystems-xxx.com", "а.de")
	f.Fuzz(func(t *testing.T, a, b string) {
		Lookalike(a, b)
		if got := Lookalike(a, a); got != Unlike {
			t.Errorf("%q is %q itself", a, got)
		}
	})
}
