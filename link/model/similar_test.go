package model

import (
	"math/rand/v2"
	"testing"
)

// slowEdits is the textbook table for optimal string alignment.
func slowEdits(a, b []byte) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestEditsAgainstTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() []byte {
		w := make([]byte, r.IntN(9))
		for i := range w {
			w[i] = 'a' + byte(r.IntN(3))
		}
		return w
	}
	for range 200_000 {
		a, b := word(), word()
		for limit := 1; limit <= 3; limit++ {
			want := min(slowEdits(a, b), limit+1)
			if got := edits(a, b, limit); got != want {
				t.Fatalf("edits(%s, %s, %d) = %d, want %d", a, b, limit, got, want)
			}
		}
	}
}

func TestCompare(t *testing.T) {
	cases := []struct {
		kind Kind
		a, b string
		want uint8
	}{
		{Text, "robert", "rob", 1}, {Text, "r", "robert", 1}, {Text, "garcia", "garica", 4}, {Text, "meier", "schulz", 0},
		{Text, "johannsen", "johanssen", 4}, {Text, "anna maria", "annamaria", 4}, {Text, "smith jr", "smith sr", 0},
		{Date, "19800312", "19801203", 4}, {Date, "19800312", "19800313", 4}, {Date, "19800312", "19810312", 4},
		{Date, "19800312", "19800428", 2}, {Date, "19800312", "19800101", 2}, {Date, "19800312", "19500817", 0}, {Date, "1983129q", "19831299", 4},
		{Code, "4011", "4011a", 4}, {Code, "7", "8", 0}, {Code, "123456789", "6789", 3}, {Code, "1234567", "1243576", 2},
		{Phone, "442079460000", "02079460000", 3}, {Phone, "5551234567", "5551234576", 4},
		{Email, "ann.lee@a.org", "ann.lee@b.net", 3}, {Email, "ann.lee@a.org", "an.lee@a.org", 4}, {Email, "ann.lee@a.org", "zoe@b.net", 0},
	}
	for _, c := range cases {
		if got := c.kind.compare([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("%s %q %q: %s, want %s", c.kind, c.a, c.b, c.kind.levels()[got], c.kind.levels()[c.want])
		}
		if x, y := c.kind.compare([]byte(c.a), []byte(c.b)), c.kind.compare([]byte(c.b), []byte(c.a)); x != y {
			t.Errorf("%s %q %q: not symmetric", c.kind, c.a, c.b)
		}
	}
}

func TestNormal(t *testing.T) {
	cases := []struct {
		field Field
		in    string
		want  string
	}{
		{Field{Kind: Text}, "  Müller-Lüdenscheidt ", "muller ludenscheidt"}, {Field{Kind: Text}, "O'Hare", "ohare"},
		{Field{Kind: Text}, "NA", ""}, {Field{Kind: Text}, "Na", "na"}, {Field{Kind: Text}, "\xdcbel", "ubel"},
		{Field{Kind: Date, Order: "DMY"}, "03-04-1980", "19800403"}, {Field{Kind: Date, Order: "MDY"}, "3/4/80", "19800304"},
		{Field{Kind: Date, Order: "MDY"}, "20/8/1991", "19910820"}, {Field{Kind: Date, Order: "DMY"}, "24-May-11", "20110524"},
		{Field{Kind: Date, Order: "YMD"}, "19800304", "19800304"}, {Field{Kind: Date, Order: "DMY"}, "29-1q-1983", "19831q29"},
		{Field{Kind: Phone}, "(702) 919-1300", "7029191300"}, {Field{Kind: Email}, "Maria <M@x.org>", "m@x.org"},
		{Field{Kind: Words, Role: Address}, "1515 Adela Lane", "1515 adela ln"},
	}
	for _, c := range cases {
		if got := string(c.field.normal(nil, []byte(c.in))); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.field.Kind, c.in, got, c.want)
		}
	}
}

func FuzzNormal(f *testing.F) {
	f.Add("3/4/80", "12-Mar-1999")
	f.Add("\xff\xfe王", "a@b<c>@")
	f.Add("a\x1fb", "\x1f\x1f")
	f.Fuzz(func(t *testing.T, a, b string) {
		for kind := range levelNames {
			for _, order := range []string{"", "DMY", "MDY"} {
				field := Field{Kind: kind, Order: order, Role: Address}
				x, y := field.normal(nil, []byte(a)), field.normal(nil, []byte(b))
				if kind == Words {
					v := newWordValue(newDict())
					v.compare(x, y)
					compareName(x, y)
					continue
				}
				if len(x) == 0 || len(y) == 0 || string(x) == string(y) {
					continue
				}
				if l := int(kind.compare(x, y)); l >= len(kind.levels()) {
					t.Fatalf("level %d", l)
				}
				for _, take := range takes[kind] {
					take.cut(nil, x)
				}
			}
		}
	})
}

// The quick test must never contradict the full comparison.
func TestApart(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, kind := range []Kind{Text, Code, Phone} {
		d := newDict()
		letters := "abcdefghijklmnopqrstuvwxyz"
		if kind != Text {
			letters = "0123456789"
		}
		for range 1500 {
			v := make([]byte, 1+r.IntN(11))
			for i := range v {
				v[i] = letters[r.IntN(len(letters))/(1+r.IntN(3))]
			}
			d.code(v)
			if w := append([]byte(nil), v...); len(w) > 4 {
				w[r.IntN(len(w))] = letters[r.IntN(len(letters))]
				d.code(w[r.IntN(2):])
			}
		}
		d.fillBags()
		quick := 0
		for x := uint32(1); x <= uint32(d.Len()); x++ {
			for y := x + 1; y <= uint32(d.Len()); y++ {
				if apart(kind, d, x, y) {
					quick++
					if l := kind.compare(d.Value(x), d.Value(y)); l != levelElse {
						t.Fatalf("%s: %s and %s are taken for apart, but reach %s", kind, d.Value(x), d.Value(y), kind.levels()[l])
					}
				}
			}
		}
		if quick == 0 {
			t.Errorf("%s: the quick test never helps", kind)
		}
	}
}
