package name

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		schema Schema
		a, b   string
		want   Strength
		reason string // one that must be among the reasons
	}{
		// order, case, punctuation
		{Person, "Silva, Ana Maria", "ANA MARIA SILVA", Supporting, "silva = silva"},
		{Person, "Margarita-Beispiel Muster", "Muster Margarita Beispiel", Supporting, ""},
		// one slip, two words as one, a letter typed as a digit
		{Person, "Johanna Musterman", "Johanna Mustermann", Supporting, "another spelling"},
		{Person, "Tomas Vasquel", "Tomas Vasquez", Supporting, "one or two letters differ"},
		{Person, "AnaSilveira", "Ana Silveira", Supporting, "written as one word"},
		{Person, "1gor Petr0vsky", "Igor Petrovsky", Supporting, ""},
		// left out, initials, cut
		{Person, "Petro Ivanovych Kovalenko", "Petro Kovalenko", Supporting, "ivanovych stands only in the first"},
		{Person, "P. Kovalenko", "Petro Kovalenko", Supporting, "an initial"},
		{Person, "Nursultan Beispielov", "A. Beispielov", None, ""},
		{Person, "RAFAEL EDUARDO CASTELLANOS MONTEN", "Rafael Eduardo Castellanos Montenegro", Supporting, "cut at the end"},
		{Person, "Petro", "Petro Kovalenko", None, ""},
		// forms of a name
		{Person, "Bill Beispiel", "William Beispiel", Supporting, "a form of the same name"},
		{Person, "Oleksandr Shevchuk", "Aleksandr Shevchuk", Supporting, ""},
		// a word that contradicts
		{Person, "Rashid Hamdan al-Basri", "Rashid Hamdan al-Kufi", None, "basri and kufi differ"},
		{Person, "Ana Silva", "Ana Pereira", None, ""},
		{Person, "Salim bin Karim al-Misri", "Karim bin Salim al-Misri", Weak, "father and child are exchanged"},
		// scripts
		{Person, "Олександр Шевчук", "Oleksandr Shevchuk", Supporting, ""},
		{Person, "Γιώργος Παπαδάκης", "Giorgos Papadakis", Supporting, ""},
		{Person, "خالد محمود", "Khaled Mahmoud", Supporting, ""},
		{Person, "バラク・テスト", "Baraku Tesuto", Supporting, ""},
		{Person, "王小明", "Wang Xiaoming", Supporting, ""},
		{Person, "ბარათ ტესტაძე", "Barat Testadze", Supporting, ""},
		// Korean and Chinese spellings
		{Person, "Pak Chol-min", "Park Cheolmin", Supporting, "the same Korean syllables"},
		{Person, "박철민", "Pak Chol Min", Supporting, "the same Korean syllables"},
		{Person, "Kim Yong-min", "Kim Yong-su", None, ""},
		{Person, "박철민", "박절민", Weak, "some signs differ"},
		{Person, "Hsi Chin-ping", "Xi Jinping", Supporting, "the same Chinese syllables"},
		{Person, "Mao Tse-tung", "Mao Zedong", Supporting, ""},
		{Person, "Wang Xiaoming", "Wang Dahong", None, ""},
		// servant names and articles
		{Person, "Abd al-Rahman Testi", "Abdurrahman Testi", Supporting, ""},
		{Person, "Khalid Altesti", "Khalid al-Testi", Supporting, ""},
		// organisations
		{Organisation, "Beispiel Gesellschaft mit beschränkter Haftung", "BEISPIEL GmbH", Supporting, "beispiel = beispiel"},
		{Organisation, "OAO Testprom", "Testprom JSC", Supporting, ""},
		{Organisation, "L.X.C. Aviation", "LXC Aviation", Supporting, ""},
		{Organisation, "LXC Aviation", "LAU Aviation", None, "lxc and lau differ"},
		{Organisation, "Brigade Forty-Four", "Brigade 44", Supporting, ""},
		{Organisation, "Testing & Co", "Testing and Co", Supporting, ""},
		{Organisation, "Testa Systems Inc", "Testa Industries Inc", None, ""},
		{Organisation, "ООО \"БАЙ\"", "ООО \"БАЙКАЛ\"", None, ""},
	} {
		a, b := Parse(c.a, c.schema), Parse(c.b, c.schema)
		r := Compare(a, b, Qualifiers{}, Qualifiers{})
		if r.Strength != c.want {
			t.Errorf("%q, %q: %s %.3f %v, want %s", c.a, c.b, r.Strength, r.Similarity, r.Reasons, c.want)
		}
		if c.reason != "" && !slices.ContainsFunc(r.Reasons, func(s string) bool { return strings.Contains(s, c.reason) }) {
			t.Errorf("%q, %q: reasons %q lack %q", c.a, c.b, r.Reasons, c.reason)
		}
		if back := Compare(b, a, Qualifiers{}, Qualifiers{}); math.Abs(back.Similarity-r.Similarity) > 0.02 {
			t.Errorf("%q, %q: %.3f one way, %.3f the other", c.a, c.b, r.Similarity, back.Similarity)
		}
	}
}

func TestQualifiers(t *testing.T) {
	a := Parse("Ana Maria Silveira", Person)
	for _, c := range []struct {
		what   string
		qa, qb Qualifiers
		want   Strength
	}{
		{"the name alone", Qualifiers{}, Qualifiers{}, Supporting},
		{"the same day", Qualifiers{BirthDates: []string{"1994-05-01"}}, Qualifiers{BirthDates: []string{"1980", "1994-05-01"}}, Strong},
		{"the same year only", Qualifiers{BirthDates: []string{"1994-05-01"}}, Qualifiers{BirthDates: []string{"1994"}}, Supporting},
		{"an identifier", Qualifiers{Identifiers: []string{"FE123456"}}, Qualifiers{Identifiers: []string{"FE123456"}}, Conclusive},
		{"another generation", Qualifiers{BirthDates: []string{"1994-05-01"}}, Qualifiers{BirthDates: []string{"1961"}}, Weak},
		{"another generation, country and gender", Qualifiers{BirthDates: []string{"1994-05-01"}, Countries: []string{"PT"}, Gender: "female"}, Qualifiers{BirthDates: []string{"1961"}, Countries: []string{"BR"}, Gender: "male"}, None},
		{"nonsense dates", Qualifiers{BirthDates: []string{"soon"}}, Qualifiers{BirthDates: []string{"1961"}}, Supporting},
	} {
		if r := Compare(a, a, c.qa, c.qb); r.Strength != c.want {
			t.Errorf("%s: %s %.2f %v, want %s", c.what, r.Strength, r.Similarity, r.Reasons, c.want)
		}
	}
	other := Parse("Somebody Else", Person)
	if r := Compare(a, other, Qualifiers{Identifiers: []string{"FE123456"}}, Qualifiers{Identifiers: []string{"FE123456"}}); r.Strength != None {
		t.Errorf("an identifier does not make two names one: %v", r)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("Kim Jong Un", "김정은", uint8(1))
	f.Add("OAO Testprom", "Testprom JSC", uint8(2))
	f.Add("Abd al-Rahman bin Salim", "عبد الرحمن بن سالم", uint8(1))
	f.Add("J.-C. Test", "Jean Claude Test", uint8(0))
	f.Add("a a a a a a a a a a a a a a a a a a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", uint8(1))
	f.Fuzz(func(t *testing.T, x, y string, schema uint8) {
		a, b := Parse(x, Schema(schema%3)), Parse(y, Schema(schema%3))
		r := Compare(a, b, Qualifiers{}, Qualifiers{})
		if math.IsNaN(r.Similarity) || r.Similarity < 0 || r.Similarity > 1 {
			t.Fatalf("%q %q: %v", x, y, r.Similarity)
		}
		if r.Strength == Strong || r.Strength == Conclusive {
			t.Fatalf("%q %q: a name alone is %s", x, y, r.Strength)
		}
		if s := Similarity(&a, &a); !a.Empty() && s < 0.5 && anyPlain(a.tokens) {
			t.Fatalf("%q is %.2f like itself", x, s)
		}
	})
}

func BenchmarkCompare(b *testing.B) {
	x, y := Parse("Petro Ivanovych Kovalenko", Person), Parse("KOVALENKO, Piotr", Person)
	b.ReportAllocs()
	for b.Loop() {
		Similarity(&x, &y)
	}
}

// TestTitlesThatAreNames: a word that is a title for some and a family name for
// others counts as the name wherever it does not stand in front of one.
func TestTitlesThatAreNames(t *testing.T) {
	sim := func(a, b string) float64 {
		x, y := Parse(a, Person), Parse(b, Person)
		return Similarity(&x, &y)
	}
	for _, c := range [][4]string{ // the first pair is as alike as the second
		{"Bilal Sheikh", "Bilal Ahmed", "Bilal Khalid", "Bilal Ahmed"},
		{"Bilal Sheikh", "Bilal", "Bilal Khalid", "Bilal"},
		{"SHEIKH, Bilal", "Bilal Ahmed", "KHALID, Bilal", "Bilal Ahmed"},
		{"Lee Major", "Lee Marvin", "Lee Melvor", "Lee Marvin"},
		{"Sheikh Bilal Ahmed", "Bilal Ahmed", "Bilal Ahmed", "Bilal Ahmed"},
		{"Ahmed, Haji Bilal", "Bilal Ahmed", "Ahmed, Bilal", "Bilal Ahmed"},
		{"Bilal Ahmed (بلال أحمد)", "Bilal Ahmed", "Bilal Ahmed", "Bilal Ahmed"},
		{"(Bilal Ahmed)", "Bilal Ahmed", "Bilal Ahmed", "Bilal Ahmed"},
	} {
		if x, y := sim(c[0], c[1]), sim(c[2], c[3]); x-y > 0.02 || y-x > 0.02 {
			t.Errorf("%q and %q: %.3f, %q and %q: %.3f", c[0], c[1], x, c[2], c[3], y)
		}
	}
}
