package match

import (
	"strings"
	"testing"
)

func TestEmail(t *testing.T) {
	for in, want := range map[string]string{
		"ana@example.com":                        "ana@example.com",
		" Ana@Example.COM ":                      "ana@example.com",
		"mailto:ana@example.com":                 "ana@example.com",
		"a.n.a+jobs@gmail.com":                   "ana@gmail.com",
		"A.na@GoogleMail.com":                    "ana@gmail.com",
		"a.na+x@outlook.com":                     "a.na@outlook.com",
		"a.na+x@example.com":                     "a.na+x@example.com",
		"ana@bücher.example":                     "ana@xn--bcher-kva.example",
		"ana@XN--BCHER-KVA.example":              "ana@xn--bcher-kva.example",
		"анна@example.com":                       "анна@example.com",
		"Анна@example.com":                       "анна@example.com",
		"ana@example.com.":                       "ana@example.com",
		"x_y@protonmail.com":                     "x_y@proton.me",
		"ana":                                    "",
		"@example.com":                           "",
		"ana@":                                   "",
		"ana@localhost":                          "",
		"ana@exa mple.com":                       "",
		"ana@-x.example":                         "",
		"ana@example..com":                       "",
		"an a@example.com":                       "",
		"ana\u202e@example.com":                  "",
		"a\x00na@example.com":                    "",
		"+@gmail.com":                            "+@gmail.com",
		strings.Repeat("a", 65) + "@example.com": "",
	} {
		got, ok := Email(in)
		if got != want || ok != (want != "") {
			t.Errorf("Email(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestRegistrable(t *testing.T) {
	for in, want := range map[string]string{
		"mail.example.co.uk": "example.co.uk", "example.com": "example.com", "a.b.example.de": "example.de", "co.uk": "", "x": "",
	} {
		if got, ok := Registrable(in); got != want || ok != (want != "") {
			t.Errorf("Registrable(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestHostOf(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.Example.com:8080/a?b": "www.example.com", "example.com/x": "example.com", "//": "", "nothing": "", "https://u@h.example": "h.example",
	} {
		if got, ok := HostOf(in); ok != (want != "") || ok && got != want {
			t.Errorf("HostOf(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func FuzzEmail(f *testing.F) {
	for _, s := range []string{"ana@example.com", "A.B+c@gmail.com", "ana@bücher.example", "@", "a@b@c.de", "\xff@x.de", "ß@ß.de"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := Email(s)
		if !ok {
			return
		}
		if again, ok := Email(c); !ok || again != c {
			t.Errorf("%q: canonical %q becomes %q, %v", s, c, again, ok)
		}
		if d, ok := MailDomain(c); !ok || !strings.HasSuffix(c, "@"+d) {
			t.Errorf("%q: domain %q of %q", s, d, c)
		}
	})
}
