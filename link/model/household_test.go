package model

import (
	"fmt"
	"testing"
)

func TestRelatives(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"bruno falke", "bianca falke", true},
		{"bruno falke", "bianca falkke", true}, // the family name mistyped
		{"bruno falke", "bruno otter", false},  // another family name: a marriage
		{"b falke", "bianca falke", false},     // an initial may be anybody's
		{"falke", "bianca falke", false},
		{"falke", "falke", false},
	} {
		if got := relatives([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("relatives(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestNamesAndGendersAreReadAlike(t *testing.T) {
	for _, c := range []struct {
		role      Role
		kind      Kind
		raw, want string
	}{
		{WholeName, Words, "Falke, Bruno", "bruno falke"},
		{WholeName, Words, "Falke Werke, GmbH", "falke werke gmbh"},
		{WholeName, Words, "Falke, Jr.", "falke jr"},
		{WholeName, Words, "Falke, Bruno, Dr", "falke bruno dr"},
		{WholeName, Words, "Falke,", "falke"},
		{Gender, Text, "Male", "m"},
		{Gender, Text, "weiblich", "f"},
		{Gender, Text, "X", "x"},
		{Gender, Text, "U", ""},
	} {
		f := Field{Kind: c.kind, Role: c.role}
		if got := string(f.normal(nil, []byte(c.raw))); got != c.want {
			t.Errorf("%s %q reads %q, want %q", c.role, c.raw, got, c.want)
		}
	}
}

// TestHouseholdIsNoPerson: twins share family name, birthday, home, telephone and mailbox and stay two; the number of a
// document brings two spellings of one person together all the same.
func TestHouseholdIsNoPerson(t *testing.T) {
	rows := csvRows{}
	add := func(cells ...string) {
		var row [][]byte
		for _, c := range cells {
			row = append(row, []byte(c))
		}
		rows.cells = append(rows.cells, row)
	}
	given := []string{"Aldo", "Berit", "Cosmo", "Dunja", "Egon", "Fanny", "Gero", "Hedda", "Ingo", "Jutta"}
	family := []string{"Abend", "Birke", "Castor", "Dorn", "Esche", "Falke", "Ginster", "Hasel", "Iltis", "Jasmin"}
	for i := range 60 {
		g, f := given[i%10], family[(i/10*3+i)%10]
		for range 1 + i%2 {
			add(fmt.Sprint(len(rows.cells)), g+" "+f, fmt.Sprintf("19%02d-%02d-%02d", 40+i%50, 1+i%12, 1+i%28),
				fmt.Sprintf("%d %s Road, Port %s", 10+i*7, family[i%10], given[i/6]), fmt.Sprintf("030 55%05d", 701*i), fmt.Sprintf("P%07d", 7919*i+13))
		}
	}
	first := len(rows.cells)
	add("t1", "Mika Quitte", "1999-09-09", "8 Poppy Lane, Port Aldo", "030 9999001", "")
	add("t2", "Runa Quitte", "1999-09-09", "8 Poppy Lane, Port Aldo", "030 9999001", "")
	add("p1", "Lee Reiher", "", "", "", "K4410098")
	add("p2", "Lea Reiher", "", "", "", "K4410098")
	b := NewBuilder(BuildOptions{ID: "id"})
	b.Source("people")
	b.Columns([]string{"id", "full name", "date of birth", "address", "phone", "passport number"})
	if err := b.Append(rows); err != nil {
		t.Fatal(err)
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	res, err := Link(f, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	c := res.Cluster
	if c[first] == c[first+1] {
		t.Errorf("twins were joined: %v", res.Explain(f, uint32(first), uint32(first+1)))
	}
	if c[first+2] != c[first+3] {
		t.Errorf("one passport, two spellings: not joined: %v", res.Explain(f, uint32(first+2), uint32(first+3)))
	}
	sum := 0.0
	for _, s := range res.Explain(f, uint32(first), uint32(first+1)) {
		sum += s.Weight
	}
	e, _ := res.score.evidence(f.Row(uint32(first)), f.Row(uint32(first+1)))
	if d := sum - float64(e+res.score.priorOf(uint32(first), uint32(first+1))); d > 1e-3 || d < -1e-3 {
		t.Errorf("the steps of the explanation miss the weight by %g", d)
	}
}
