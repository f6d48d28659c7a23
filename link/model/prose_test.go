package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"bonafide/match/text"
)

// letters invents texts of so many sentences.
type letters struct{ *rand.Rand }

func (r letters) sentence() string {
	words := strings.Fields("ferry ledger harbour clock signal bakery engine garden letter window bridge copper market paper river ticket winter valley meadow timber rebuilt measured painted counted carried taught wrote moved opened closed before after under beside without among quickly slowly every second third")
	var s []string
	for range 9 + r.IntN(6) {
		s = append(s, words[r.IntN(len(words))])
	}
	return strings.Join(s, " ") + "."
}

func (r letters) text(sentences int) []string {
	var all []string
	for range sentences {
		all = append(all, r.sentence())
	}
	return all
}

// TestProseLevels: what two texts share says which level they reach; case and line ends do not; too short a text says nothing.
func TestProseLevels(t *testing.T) {
	r := letters{rand.New(rand.NewPCG(1, 1))}
	one := r.text(20)
	with := func(kept int) string { return strings.Join(append(r.text(20 - kept)[:], one[:kept]...), "\n") }
	values := []string{strings.Join(one, "\n"), strings.ToUpper(strings.Join(one, "\r\n")), with(19), with(17), with(11), with(5), with(0), "Thank you for reading."}
	var data rows
	for i := range 60 {
		data = append(data, []string{fmt.Sprint(i), values[min(i, len(values)-1)]})
	}
	for i := 8; i < 60; i++ {
		data[i][1] = with(0)
	}
	f := build(t, BuildOptions{ID: "id"}, "id,cover_letter", data)
	if len(f.Fields) != 1 || f.Fields[0].Kind != Prose {
		t.Fatalf("read as %v", f.Fields)
	}
	for i, want := range []uint8{levelExact, 4, 4, 3, 2, 1, levelElse, levelNull} {
		if got := f.levelOf(0, f.Row(0), f.Row(uint32(i))); got != want && !(i == 2 && got == 3) {
			t.Errorf("text %d: level %d, not %d", i, got, want)
		}
	}
}

// TestLikeness: the sketch is near the exact Jaccard, and exact for short texts.
func TestLikeness(t *testing.T) {
	r := letters{rand.New(rand.NewPCG(2, 2))}
	reader := text.Reader{}
	set := func(s []string) []uint32 {
		k, ok := reader.Sketch(strings.Join(s, "\n"))
		if !ok {
			t.Fatal("a text was not read")
		}
		return k.Set
	}
	worst := 0.0
	for n := range 60 {
		a := r.text(10 + n)
		b := append(r.text(n/2+2), a[:len(a)*(n%10)/10+2]...)
		x, y := set(a), set(b)
		in := map[uint32]bool{}
		for _, h := range x {
			in[h] = true
		}
		both := 0
		for _, h := range y {
			if in[h] {
				both++
			}
		}
		exact := float64(both) / float64(len(x)+len(y)-both)
		got := likeness(x[:min(len(x), proseKept)], y[:min(len(y), proseKept)])
		if len(x)+len(y)-both <= proseKept && got != exact {
			t.Errorf("short texts: %.3f, not %.3f", got, exact)
		}
		worst = max(worst, math.Abs(got-exact))
	}
	t.Logf("furthest off: %.3f", worst)
	if worst > 0.16 { // four standard deviations of 128 draws
		t.Errorf("off by %.3f", worst)
	}
}

// TestProseLinks: letters that people rewrite here and there, with a phrase that everybody uses, speak for one person as other
// columns do, with u and m learnt as theirs are; and nobody is linked by the phrase.
func TestProseLinks(t *testing.T) {
	r := letters{rand.New(rand.NewPCG(3, 3))}
	people, truth := invented(1200, 5)
	var data rows
	var own []string
	for i, p := range people {
		if i == 0 || truth[i] != truth[i-1] {
			own = r.text(12)
		}
		letter := append(append([]string{}, own[r.IntN(3):]...), r.text(2)...) // rewritten here and there
		letter = append(letter, "I look forward to hearing from you soon and remain yours sincerely with best regards.")
		data = append(data, append(append([]string{}, p...), strings.Join(letter, "\n")))
	}
	f := build(t, BuildOptions{ID: "id"}, header+",letter", data)
	at := -1
	for i, field := range f.Fields {
		if field.Kind == Prose {
			at = i
		}
	}
	if at < 0 {
		t.Fatalf("no prose among %v", f.Fields)
	}
	res, err := Link(f, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if fig := Measure(f, res, truth, false); fig.Cluster.F1 < 0.99 {
		t.Errorf("cluster %+v", fig.Cluster)
	}
	levels := res.Model.Fields[at].Levels
	for l := range levels {
		t.Logf("%-20s m %.4f u %.5f", levels[l].Name, levels[l].M, levels[l].U)
		if l > 1 && levels[l].Weight() < levels[l-1].Weight()-0.1 {
			t.Errorf("%s weighs less than %s", levels[l].Name, levels[l-1].Name)
		}
	}
	if levels[3].Weight() < 5 || levels[0].Weight() > -1 {
		t.Errorf("mostly shared weighs %.1f bits, different %.1f", levels[3].Weight(), levels[0].Weight())
	}
}
