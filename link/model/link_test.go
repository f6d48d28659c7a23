package model

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// rows is a table in memory.
type rows [][]string

func (r rows) Len() int             { return len(r) }
func (r rows) Cell(i, j int) []byte { return []byte(r[i][j]) }
func build(t testing.TB, opt BuildOptions, header string, data rows) *Frame {
	t.Helper()
	b := NewBuilder(opt)
	if err := b.Source("test"); err != nil {
		t.Fatal(err)
	}
	b.Columns(strings.Split(header, ","))
	for start := 0; start < len(data); start += 500 {
		if err := b.Append(data[start:min(start+500, len(data))]); err != nil {
			t.Fatal(err)
		}
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// invented makes people of which every third has a noisy copy.
func invented(n int, seed uint64) (rows, []string) {
	r := rand.New(rand.NewPCG(seed, 9))
	given := strings.Fields("anna bela carl dora emil fina gerd hanne ivo jana karl lena marek nora otto paula quirin rosa sven tilda uwe vera walter xenia yara zeno")
	family := make([]string, 150)
	for i := range family {
		family[i] = fmt.Sprintf("%c%c%c%cmann", 'a'+i%26, "aeiou"[i%5], 'b'+i%23, "aeiou"[i/5%5])
	}
	var data rows
	var truth []string
	for i := range n {
		p := []string{"", given[r.IntN(len(given))], family[r.IntN(len(family))],
			fmt.Sprintf("%d-%02d-%02d", 1950+r.IntN(50), 1+r.IntN(12), 1+r.IntN(28)), fmt.Sprintf("%05d", r.IntN(90000)+10000), fmt.Sprintf("0%09d", r.IntN(1e9))}
		data = append(data, p)
		truth = append(truth, fmt.Sprint(i))
		if i%3 == 0 {
			q := slices.Clone(p)
			switch r.IntN(4) {
			case 0:
				q[1] = q[1][1:]
			case 1:
				q[2] = q[2][:2] + "x" + q[2][3:]
			case 2:
				q[3] = q[3][:8] + "01"
			}
			if r.IntN(3) == 0 {
				q[5] = ""
			}
			data = append(data, q)
			truth = append(truth, fmt.Sprint(i))
		}
	}
	for i := range data {
		data[i][0] = fmt.Sprint(i)
	}
	return data, truth
}

const header = "id,first_name,surname,dob,postcode,phone"

func TestLinkInvented(t *testing.T) {
	for _, n := range []int{900, 4000} { // every pair; blocked
		data, truth := invented(n, uint64(n))
		f := build(t, BuildOptions{ID: "id"}, header, data)
		res, err := Link(f, Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		fig := Measure(f, res, truth, false)
		if fig.Cluster.F1 < 0.99 || fig.Edge.F1 < 0.98 {
			t.Errorf("%d people: edge %+v cluster %+v", n, fig.Edge, fig.Cluster)
		}
		for _, field := range res.Model.Fields {
			for l := 1; l <= levelExact; l++ {
				if field.Levels[l].Weight() < field.Levels[l-1].Weight()-0.001 {
					t.Errorf("%s: %s weighs less than %s", field.Name, field.Levels[l].Name, field.Levels[l-1].Name)
				}
			}
		}
		if res.Model.Lambda < minLambda || res.Model.Lambda > maxLambda {
			t.Errorf("lambda %g", res.Model.Lambda)
		}
		// The steps of an explanation add up.
		for _, e := range res.Edges[:20] {
			sum := 0.0
			for _, s := range res.Explain(f, e.A, e.B) {
				sum += s.Weight
			}
			if math.Abs(sum-float64(e.Weight)) > 0.01 {
				t.Errorf("pair %d %d weighs %g, its steps %g", e.A, e.B, e.Weight, sum)
			}
		}
	}
}

// Two runs give equal integers, whatever the workers do, and a written model links as the trained one did.
func TestEqualRuns(t *testing.T) {
	data, _ := invented(3000, 3)
	var first *Result
	for range 2 {
		f := build(t, BuildOptions{ID: "id"}, header, data)
		res, err := Link(f, Options{Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = res
			continue
		}
		if !slices.Equal(first.Edges, res.Edges) || !slices.Equal(first.Cluster, res.Cluster) || first.Scored != res.Scored {
			t.Error("two runs differ")
		}
	}
	var b bytes.Buffer
	if err := first.Model.Write(&b); err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel(&b)
	if err != nil {
		t.Fatal(err)
	}
	var fields []Field
	for _, f := range m.Fields {
		fields = append(fields, f.Field)
	}
	f := build(t, BuildOptions{ID: "id", Fields: fields}, header, data)
	res, err := Link(f, Options{Model: m})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first.Edges, res.Edges) || !slices.Equal(first.Cluster, res.Cluster) {
		t.Error("the model read back links otherwise")
	}
}

// Families share name and address; that alone must not make them one person.
func TestHouseholds(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	given := strings.Fields("anna bela carl dora emil fina gerd hanne ivo jana karl lena marek nora otto paula quirin rosa sven tilda uwe vera walter xenia yara zeno")
	var data rows
	for h := range 1500 {
		family, street, number := fmt.Sprintf("f%cm%cily%d", 'a'+h%26, 'a'+h/26%26, h%7), fmt.Sprintf("street%d road", h%400), fmt.Sprint(1+h%90)
		for range 1 + r.IntN(4) {
			data = append(data, []string{fmt.Sprint(len(data)), given[r.IntN(len(given))], family,
				fmt.Sprintf("%d-%02d-%02d", 1930+r.IntN(85), 1+r.IntN(12), 1+r.IntN(28)), number, street})
		}
	}
	f := build(t, BuildOptions{ID: "id"}, "id,first_name,last_name,date_of_birth,street_number,street_name", data)
	res, err := Link(f, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	joined := 0
	for i, c := range res.Cluster {
		if c != uint32(i) {
			joined++
		}
	}
	if joined > len(data)/1000 {
		t.Errorf("%d of %d people, all different, were joined", joined, len(data))
	}
}

func TestBadTables(t *testing.T) {
	people, _ := invented(300, 5)
	extend := func(value func(i int) string) rows {
		var out rows
		for i, p := range people {
			out = append(out, append(slices.Clone(p), value(i)))
		}
		return out
	}
	cases := []struct {
		name   string
		data   rows
		column string
	}{
		{"a constant column", extend(func(int) string { return "same" }), "extra"},
		{"an empty column", extend(func(int) string { return "" }), "extra"},
		{"a key that names the row", extend(func(i int) string { return fmt.Sprint(i + 70000) }), "row_key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := build(t, BuildOptions{ID: "id"}, header+","+c.column, c.data)
			for _, field := range f.Fields {
				if field.Name == c.column {
					t.Errorf("%s is compared", c.column)
				}
			}
			if len(f.Notes) != 1 {
				t.Errorf("notes: %q", f.Notes)
			}
			if _, err := Link(f, Options{}); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("nothing to compare", func(t *testing.T) {
		b := NewBuilder(BuildOptions{ID: "id"})
		b.Source("x")
		b.Columns([]string{"id", "a"})
		b.Append(rows{{"1", ""}, {"2", ""}})
		if _, err := b.Frame(); err == nil || !strings.Contains(err.Error(), "no column can be compared") {
			t.Error(err)
		}
	})
	t.Run("a missing id column", func(t *testing.T) {
		b := NewBuilder(BuildOptions{ID: "key"})
		b.Source("x")
		b.Columns([]string{"id", "a"})
		if err := b.Append(rows{{"1", "x"}}); err == nil || !strings.Contains(err.Error(), `"key"`) {
			t.Error(err)
		}
	})
	t.Run("a model that names a missing column", func(t *testing.T) {
		b := NewBuilder(BuildOptions{Fields: []Field{{Name: "n", Kind: Text, Inputs: []string{"nickname"}}}})
		b.Source("x")
		b.Columns([]string{"id", "a"})
		b.Append(rows{{"1", "x"}})
		if _, err := b.Frame(); err == nil || !strings.Contains(err.Error(), `"nickname"`) {
			t.Error(err)
		}
	})
	t.Run("one record", func(t *testing.T) {
		f := build(t, BuildOptions{}, "a,b", rows{{"x", "y"}})
		if _, err := Link(f, Options{}); err == nil {
			t.Error("one record was linked")
		}
	})
}

// One value shared by everybody must neither take quadratic time nor tie everybody together.
func TestHub(t *testing.T) {
	people, truth := invented(4000, 6)
	for i := range people {
		people[i][5] = "0800123456"
	}
	f := build(t, BuildOptions{ID: "id"}, header, people)
	f.Notes = nil
	res, err := Link(f, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if res.Scored > 40_000_000 || res.Largest > 6 {
		t.Errorf("%d pairs, largest cluster %d", res.Scored, res.Largest)
	}
	if fig := Measure(f, res, truth, false); fig.Cluster.F1 < 0.95 {
		t.Errorf("%+v", fig.Cluster)
	}
}

// Blocks under a memory bound are the same blocks.
func TestBlocksInPasses(t *testing.T) {
	data, _ := invented(4000, 8)
	f := build(t, BuildOptions{ID: "id"}, header, data)
	keys := newKeyTables(f)
	rule := keys.rule(Rule{Parts: []KeyPart{{"surname", Whole}, {"dob", Year}}})
	gather := func() []string {
		var out [2][]string
		rule.blocks(f, nil, func(w, _ int, block []keyed) {
			s := ""
			for _, k := range block {
				s += fmt.Sprint(k.row, " ")
			}
			out[w] = append(out[w], s)
		})
		all := append(out[0], out[1]...)
		slices.Sort(all)
		return all
	}
	whole := gather()
	f.blockBytes = 20_000
	if passes := gather(); len(whole) == 0 || !slices.Equal(whole, passes) {
		t.Errorf("%d blocks at once, %d in passes", len(whole), len(passes))
	}
}

func TestMeasure(t *testing.T) {
	f := build(t, BuildOptions{}, "a,b", rows{{"x", "1"}, {"x", "2"}, {"y", "3"}, {"y", "4"}, {"z", "5"}})
	// Truth {0,1,2} {3,4}; said {0,1} {2,3,4}.
	res := &Result{Cluster: []uint32{0, 0, 2, 2, 2}, Edges: []Edge{{0, 1, 5}, {2, 3, 4}, {3, 4, 3}}}
	fig := Measure(f, res, []string{"p", "p", "p", "q", "q"}, false)
	if c := fig.Cluster; c.TP != 2 || c.FP != 2 || c.FN != 2 {
		t.Errorf("cluster %+v", c)
	}
	if e := fig.Edge; e.TP != 2 || e.FP != 1 || e.FN != 2 {
		t.Errorf("edge %+v", e)
	}
	// By hand: precision (1+1+1/3+2/3+2/3)/5, recall (2/3+2/3+1/3+1+1)/5.
	if p, r := 11.0/15, 11.0/15; math.Abs(fig.B3.Precision-p) > 1e-12 || math.Abs(fig.B3.Recall-r) > 1e-12 {
		t.Errorf("B3 %+v", fig.B3)
	}
	if math.Abs(fig.Best-4.0/7) > 1e-12 {
		t.Errorf("best %g", fig.Best)
	}
}
