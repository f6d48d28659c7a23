package index

import (
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"bonafide/link"
)

var day = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func quiet(string, int, int) {}

// wholeRows links all rows as they stand, with every value, in the order of their numbers.
func wholeRows(t *testing.T, x *Index) (g *link.Graph, names []string) {
	t.Helper()
	b := link.NewBuilder()
	for id := uint32(0); id < x.delta.to(); id++ {
		row, err := x.rowOf(id)
		if err != nil {
			t.Fatal(err)
		}
		if len(row) == 0 || x.dead.has(id) {
			continue
		}
		p, ok := readRow(row)
		if !ok {
			t.Fatal("a row cannot be read")
		}
		for i := range p.Sentences {
			p.Sentences[i].Value = spread(p.Sentences[i].Value)
		}
		if _, err := b.Add(p); err != nil {
			t.Fatal(err)
		}
		names = append(names, p.Name)
	}
	return b.Build(), names
}

// questions is who stands in whose question, by name.
func questions(g *link.Graph, names []string) map[string][]string {
	in := map[string][]string{}
	for i, n := range names {
		if c := g.Cluster(uint32(i)); c != "" {
			in[c] = append(in[c], n)
		}
	}
	out := map[string][]string{}
	for _, all := range in {
		slices.Sort(all)
		for _, n := range all {
			out[n] = all
		}
	}
	return out
}

func everybody(t *testing.T, all []link.Profile) map[string][]string {
	b := link.NewBuilder()
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
		if _, err := b.Add(all[i]); err != nil {
			t.Fatal(err)
		}
	}
	return questions(b.Build(), names)
}

// TestQuestionsAsEverybody: under the climate of everybody the question of one applicant, from its neighbourhood alone, is
// the one that linking everybody gives, in whatever order they came. BONAFIDE_TOWN=4000 asks in three larger towns and
// says how long it takes.
func TestQuestionsAsEverybody(t *testing.T) {
	people, towns, ask := 500, 1, 40
	if n, err := strconv.Atoi(os.Getenv("BONAFIDE_TOWN")); err == nil {
		people, towns, ask = n, 3, 120
	}
	for seed := range uint64(towns) {
		all := town(t, people, 60+seed)
		x := create(t)
		for n, i := range rand.New(rand.NewPCG(seed, 3)).Perm(len(all)) {
			fill(t, x, all[i:i+1])
			if n == people/3 {
				if err := x.Flush(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if ok, err := x.Learn(day, math.MaxInt, quiet); err != nil || !ok {
			t.Fatal(ok, err)
		}
		x = reopen(t, x)
		g, names := wholeRows(t, x)
		if !reflect.DeepEqual(x.climate, g.Climate()) {
			t.Errorf("seed %d: what the values that records share teach is not what all values teach", 60+seed)
		}
		rows, whole := questions(g, names), everybody(t, all)
		share := func(what string, want map[string][]string, got map[string][]string) float64 {
			both, either := 0, 0
			for name, q := range got {
				for _, o := range q {
					if slices.Contains(want[name], o) {
						both++
					}
				}
				either += len(q) + len(want[name])
			}
			either -= both
			t.Logf("seed %d, %d people, %s: of %d members in either %d in both, %.4f", 60+seed, people, what, either, both, float64(both)/float64(either))
			if both < ask {
				t.Fatalf("only %d members: the town says nothing", both)
			}
			return float64(both) / float64(either)
		}
		got := map[string][]string{}
		var took []time.Duration
		for i := range all {
			if rows[all[i].Name] == nil && whole[all[i].Name] == nil && i%9 != 0 || len(got) == ask {
				continue
			}
			at := time.Now()
			q, _, err := x.Question(&all[i])
			if err != nil {
				t.Fatal(err)
			}
			took = append(took, time.Since(at))
			got[all[i].Name] = q
		}
		slices.Sort(took)
		t.Logf("one question: p50 %v, most %v by the clock", took[len(took)/2], took[len(took)-1])
		if s := share("over the same rows", rows, got); s < 0.99 {
			t.Errorf("the index agrees in %.4f with linking everybody", s)
		}
		if s := share("over whole records", whole, got); s < 0.95 {
			t.Errorf("the index agrees in %.4f with screening everybody", s)
		}
	}
}

// TestClimateStays: what was learned outlasts closing, merging and deleting, is the same the second time, and a damaged
// one is an error; one that another version learned is as none.
func TestClimateStays(t *testing.T) {
	all := town(t, 120, 70)
	x := create(t)
	fill(t, x, all)
	for range 2 {
		if ok, err := x.Learn(day, math.MaxInt, quiet); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	want := answers(t, x, all)
	if err := x.Merge(); err != nil {
		t.Fatal(err)
	}
	x = reopen(t, x)
	same(t, "opened again", answers(t, x, all), want)
	if l, there := x.Learned(); !there || l.At != day.Unix() || l.Records != len(all) {
		t.Errorf("learned: %+v %v", l, there)
	}
	for i := range 9 {
		if _, err := x.Delete(all[5*i].Self); err != nil {
			t.Fatal(err)
		}
	}
	fill(t, x, all[5:6])
	if l, _ := x.Learned(); l.Records != len(all) {
		t.Errorf("what came in later is said to be learned from: %+v", l)
	}
	if ok, err := x.Learn(day, len(all)-9, quiet); err != nil || ok {
		t.Error("more are learned from than may be", err)
	}
	if ok, err := x.Learn(day, len(all), quiet); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if g, _ := wholeRows(t, x); !reflect.DeepEqual(x.climate, g.Climate()) {
		t.Error("with some deleted, what the values that records share teach is not what all values teach")
	}
	old, l := *x.climate, *x.man.Learned
	old.Version--
	if err := x.keepClimate(&old, l); err != nil {
		t.Fatal(err)
	}
	x = reopen(t, x)
	if _, there := x.Learned(); there {
		t.Error("what another version learned is gone by")
	}
	if ok, err := x.Learn(day, len(all), quiet); err != nil || !ok {
		t.Fatal(ok, err)
	}
	saved := files(t, x.dir)
	saved[x.man.Climate][7] ^= 1
	if y, err := Open(lay(t, saved), tag, true); err == nil {
		y.Close()
		t.Error("a damaged climate is taken")
	}
}
