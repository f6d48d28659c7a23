package index

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
	"bonafide/sim"
)

const tag = 7

var testKey = []byte("0123456789abcdef0123456789abcdef")

// town is the profiles of a small invented population.
func town(t testing.TB, people int, seed uint64) []link.Profile {
	t.Helper()
	var apps bytes.Buffer
	if _, err := sim.Write(&apps, io.Discard, sim.Options{People: people, Operators: max(2, people/60), Seed: seed, Evasion: 0.3}); err != nil {
		t.Fatal(err)
	}
	r, err := intake.Open("town.jsonl", bytes.NewReader(apps.Bytes()), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := link.NewKeyer(testKey, true)
	var all []link.Profile
	for {
		it, err := r.Next()
		if err != nil {
			break
		}
		a, err := r.Decode(it.Raw, it)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, k.Profile(a))
	}
	return all
}

func create(t testing.TB) *Index {
	t.Helper()
	x, err := Create(filepath.Join(t.TempDir(), "index"), tag)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func reopen(t testing.TB, x *Index) *Index {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	y, err := Open(x.dir, tag, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { y.Close() })
	return y
}

func fill(t testing.TB, x *Index, all []link.Profile) {
	t.Helper()
	for i := range all {
		if _, _, err := x.Add(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
}

// answers is everything the index says of these profiles, as text.
func answers(t testing.TB, x *Index, all []link.Profile) []string {
	t.Helper()
	var out []string
	for i := range all {
		a, err := x.Who(&all[i])
		if err != nil {
			t.Fatal(err)
		}
		q, whole, err := x.Question(&all[i])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %+v %v %v", all[i].Name, a, q, whole))
	}
	slices.Sort(out)
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("%s:\n got %.1500s\nwant %.1500s", what, got[i], want[i])
		}
	}
}

// TestAnyOrder: records in any order, edited, deleted and added again, in memory, in segments, merged, closed and
// opened in between: the same answers, and the same operator questions.
func TestAnyOrder(t *testing.T) {
	all := town(t, 130, 51)
	x := create(t)
	x.Bulk()
	fill(t, x, all)
	if err := x.Merge(); err != nil {
		t.Fatal(err)
	}
	want := answers(t, x, all)
	joined := 0
	for _, s := range want {
		if !strings.HasSuffix(s, "[] true") {
			joined++
		}
	}
	if joined < 3 {
		t.Fatalf("only %d records are in an operator question: the town says nothing", joined)
	}
	for seed := range uint64(4) {
		d := rand.New(rand.NewPCG(seed, 1))
		y := create(t)
		for _, i := range d.Perm(len(all)) {
			if d.IntN(10) == 0 { // an older version, before or after
				old := all[i]
				old.At -= 1000
				old.Keys = all[d.IntN(len(all))].Keys
				fill(t, y, []link.Profile{old})
			}
			fill(t, y, all[i:i+1])
			switch d.IntN(40) {
			case 0:
				if err := y.Flush(); err != nil {
					t.Fatal(err)
				}
			case 1:
				if err := y.Merge(); err != nil {
					t.Fatal(err)
				}
			case 2:
				y = reopen(t, y)
			case 3:
				j := d.IntN(len(all))
				there, err := y.Delete(all[j].Self)
				if err != nil {
					t.Fatal(err)
				}
				if there {
					fill(t, y, all[j:j+1])
				}
			}
		}
		same(t, fmt.Sprint("order ", seed), answers(t, y, all), want)
		y = reopen(t, y)
		if err := y.Merge(); err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprint("order ", seed, " merged"), answers(t, y, all), want)
		if _, err := y.Verify(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAgainstEveryPair: the index finds what comparing every pair with the counts of the whole population finds.
func TestAgainstEveryPair(t *testing.T) {
	all := town(t, 150, 52)
	lean1 := make([]link.Profile, len(all))
	holders := map[uint64]map[string]bool{}
	photos := 0
	for i := range all {
		lean1[i] = lean(&all[i])
		photos += len(lean1[i].Photos)
		postingsOf(&lean1[i], func(table int, v uint64) {
			if table == tableKeys {
				if holders[v] == nil {
					holders[v] = map[string]bool{}
				}
				holders[v][all[i].Name] = true
			}
		})
	}
	count := func(v uint64) int { return len(holders[v]) }
	pop := &link.Population{Records: len(all), Holders: count, Writers: func(_ record.Kind, v uint64) int { return count(v) }, Photos: photos,
		AtHome: func(door, flat uint64) int {
			at := map[uint64]uint64{}
			for i := range lean1 {
				if r := residentOf(&lean1[i]); lean1[i].Door == door {
					at[r.who] = max(at[r.who], r.flat)
				}
			}
			n := 0
			for _, f := range at {
				if flat == 0 || f == 0 || f == flat {
					n++
				}
			}
			return n
		}}
	x := create(t)
	fill(t, x, all)
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	pairs, joined := 0, 0
	for i := range lean1 {
		a, err := x.Who(&all[i])
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]link.Weighed{}
		for _, l := range a.Links {
			got[l.With] = l.Weighed
		}
		for j := range lean1 {
			if i == j {
				continue
			}
			w := pop.Weigh(&lean1[i], &lean1[j])
			bits := 0.0
			for _, s := range w.Steps {
				bits += s.Bits
			}
			if w.Same || bits == 0 || samePerson(&lean1[i], &lean1[j], &w) {
				continue
			}
			if a.More > 0 {
				if _, ok := got[w.With]; !ok {
					continue // said to be left out
				}
			}
			if !reflect.DeepEqual(got[w.With], w) {
				t.Fatalf("%s and %s\n got %+v\nwant %+v", all[i].Name, all[j].Name, got[w.With], w)
			}
			pairs++
			if j, _ := joins(&lean1[i], &lean1[j], &w); j {
				joined++
			}
		}
	}
	if pairs < 100 || joined < 2 {
		t.Fatalf("%d pairs, %d join: the town says nothing", pairs, joined)
	}
}

// TestBadInput: nothing but a name; one value of very many; a record edited a thousand times.
func TestBadInput(t *testing.T) {
	k := link.NewKeyer(testKey, true)
	app := func(i int, edit func(*record.Application)) link.Profile {
		a := &record.Application{Source: "x", ID: fmt.Sprint(i)}
		a.Person.Name = fmt.Sprintf("Given%c Family%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		if edit != nil {
			edit(a)
		}
		return k.Profile(a)
	}
	x := create(t)
	const crowdSize = 3000
	for i := range crowdSize {
		p := app(i, func(a *record.Application) { a.Emails = []string{"jobs@example.org"} })
		fill(t, x, []link.Profile{p})
		if i == crowdSize/2 || i == crowdSize-7 {
			if err := x.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask := func(i int, edit func(*record.Application)) Answer {
		t.Helper()
		p := app(i, edit)
		a, err := x.Who(&p)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := ask(9999, nil); len(a.Links)+len(a.Same)+len(a.Common) > 0 {
		t.Errorf("a name alone links: %+v", a)
	}
	a := ask(9999, func(a *record.Application) { a.Emails = []string{"jobs@example.org"} })
	if len(a.Links) > 0 || len(a.Common) != 1 || a.Common[0].Holders != crowdSize+1 {
		t.Errorf("a mailbox of %d: %+v", crowdSize, a)
	}
	for i := range 1000 {
		p := app(5, func(a *record.Application) {
			a.ReceivedAt = a.ReceivedAt.AddDate(3000, 0, 0).AddDate(0, 0, i)
			a.Phones = []string{fmt.Sprintf("+49301234%04d", i)}
			a.Emails = []string{"steady@example.org"}
			a.Photos = []record.Photo{{PHash: "c3d2e1f0a5b49687"}}
		})
		fill(t, x, []link.Profile{p})
		if i%300 == 7 {
			if err := x.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if x.Records() != crowdSize {
		t.Errorf("%d records stand, not %d", x.Records(), crowdSize)
	}
	for i, want := range []int{0, 1} {
		a := ask(8888, func(a *record.Application) { a.Phones = []string{fmt.Sprintf("+49301234%04d", 998+i)} })
		if n := len(a.Links); n != want && !(want == 0 && n == 1 && a.Links[0].Steps[0].Kind == record.KindPhoneBlock) {
			t.Errorf("phone %d: %+v", i, a)
		}
	}
	if a := ask(8888, func(a *record.Application) { a.Emails = []string{"steady@example.org"} }); len(a.Links) != 1 || a.Links[0].Steps[0].Holders != 2 {
		t.Errorf("a mailbox of a record edited a thousand times: %+v", a)
	}
	if err := x.Merge(); err != nil {
		t.Fatal(err)
	}
	if n := x.segs[0].keys.Meta[metaTo]; n < 1000 || x.dead.n != 0 || x.segs[0].rows.Meta[metaLive] != crowdSize {
		t.Errorf("after the merge %d dead, %d rows live", x.dead.n, x.segs[0].rows.Meta[metaLive])
	}
}

// TestDeleted: what was deleted is gone from the files after a merge.
func TestDeleted(t *testing.T) {
	k := link.NewKeyer(testKey, true)
	x := create(t)
	var selves []uint64
	for i := range 20 {
		p := k.Profile(&record.Application{Source: "x", ID: fmt.Sprintf("to-be-found-%d", i), Emails: []string{"one@example.org"}})
		fill(t, x, []link.Profile{p})
		selves = append(selves, p.Self)
	}
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, s := range selves[3:] {
		if there, err := x.Delete(s); err != nil || !there {
			t.Fatal(there, err)
		}
	}
	x = reopen(t, x)
	if there, err := x.Delete(selves[5]); err != nil || there {
		t.Errorf("deleted twice: %v %v", there, err)
	}
	if err := x.Merge(); err != nil {
		t.Fatal(err)
	}
	files, _ := os.ReadDir(x.dir)
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(x.dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte("to-be-found-5")) {
			t.Errorf("%s still holds it", f.Name())
		}
	}
	if _, there, _ := x.Lookup(selves[1]); !there || x.Records() != 3 {
		t.Errorf("%d records stand", x.Records())
	}
}
