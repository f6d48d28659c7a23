package text

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bonafide/match"
)

// author invents sentences from a stock of words, unevenly often, as words are.
type author struct {
	*rand.Rand
	words []string
}

var stockOfWords = func() (words []string) {
	r := rand.New(rand.NewPCG(77, 77))
	for range 1500 {
		w := ""
		for range 2 + r.IntN(3) {
			w += string("bdfgklmnprstvz"[r.IntN(14)]) + string("aeiou"[r.IntN(5)])
		}
		words = append(words, w)
	}
	return words
}()

func newAuthor(seed uint64) author { return author{rand.New(rand.NewPCG(seed, 3)), stockOfWords} }

func (a author) sentence(n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = a.words[int(float64(len(a.words))*math.Pow(a.Float64(), 2))]
	}
	return strings.Join(w, " ")
}

func (a author) bullets(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = a.sentence(14 + a.IntN(10))
	}
	return out
}

func sets(t *testing.T, a, b string) (x, y []uint32) {
	t.Helper()
	var r Reader
	s, ok := r.Sketch(a)
	u, ok2 := r.Sketch(b)
	if !ok || !ok2 {
		t.Fatal("a text is too short for the test")
	}
	return s.Set, u.Set
}

// What a layout changes must not change the words, and what is common property must not count.
func TestReading(t *testing.T) {
	a := newAuthor(1)
	b := a.bullets(12)
	plain := strings.Join(b, ".\n") + "."
	wrapped := ""
	for _, s := range b {
		w := strings.Fields(s)
		wrapped += "  • " + strings.Join(w[:7], " ") + "\n    " + strings.Join(w[7:], "  ") + ".\r\n"
	}
	mixed := slices.Clone(b)
	a.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	for what, text := range map[string]string{
		"wrapped lines and bullets": wrapped,
		"another order":             "- " + strings.Join(mixed, "\n- "),
		"capitals":                  strings.ToUpper(plain),
		"hidden signs":              strings.ReplaceAll(plain, "ka", "k\u200ba\u00ad"),
		"headings":                  "WORK EXPERIENCE\n" + plain + "\n\nReferences:\n",
		"skills":                    plain + "\nGo, Rust, Docker, Kubernetes, Terraform, AWS, Postgres\nC++ | Java | SQL | Linux | Git | Bash",
	} {
		if x, y := sets(t, plain, text); !slices.Equal(x, y) {
			t.Errorf("%s: Jaccard %.2f of one text with itself", what, jaccard(x, y))
		}
	}
	x, y := sets(t, "Zoë hat den Umsatz von Café Rénové um 35 % gesteigert und 1.200 Gäste gewonnen. "+plain,
		"Zoe\u0308 hat den Umsatz von Cafe\u0301 Re\u0301nove\u0301 um 40 % gesteigert und 900 Ga\u0308ste gewonnen. "+plain)
	if !slices.Equal(x, y) {
		t.Error("composed and decomposed letters, or figures, differ")
	}
	han := "負責設計並開發面向全球用戶的支付系統後端服務採用微服務架構提升系統穩定性降低延遲"
	if x, y := sets(t, han, han[:60]+"与"+han[60:]); jaccard(x, y) < 0.6 || jaccard(x, y) == 1 {
		t.Errorf("a sign added to a text without spaces: Jaccard %.2f", jaccard(x, y))
	}
}

func TestSeed(t *testing.T) {
	text := newAuthor(3).sentence(300) + "."
	a, b, c := Reader{Seed: 1}, Reader{Seed: 1}, Reader{Seed: 2}
	x, _ := a.Sketch(text)
	y, _ := b.Sketch(text)
	z, _ := c.Sketch(text)
	if !slices.Equal(x.Set, y.Set) || jaccard(x.Set, z.Set) > 0 || slices.Equal(All(a.Sections(text)), All(c.Sections(text))) {
		t.Error("hashes do not depend on the seed, or on more than it")
	}
}

func TestTooLittleToCompare(t *testing.T) {
	var r Reader
	for _, text := range []string{"", "Ana Silva", "\n\n\n", "Go, Rust, SQL, Git, Bash, Vim", "EXPERIENCE\n\nSKILLS\n", strings.Repeat("very ", 3000),
		strings.Repeat("•", 10000), "\xff\xfe\xfd", strings.Repeat("a", MaxBytes+10)} {
		if _, ok := r.Sketch(text); ok {
			t.Errorf("%.20q was compared", text)
		}
	}
}

// jaccard is the measure that pairs are held against: the shared part of two sorted sets: 0 nothing, 1 equal.
func jaccard(a, b []uint32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	n := shared(a, b, 0)
	return float64(n) / float64(len(a)+len(b)-n)
}

func TestJaccard(t *testing.T) {
	for _, c := range []struct {
		a, b []uint32
		want float64
	}{{nil, nil, 0}, {[]uint32{1}, nil, 0}, {[]uint32{1, 2, 3}, []uint32{2, 3, 4}, 0.5}, {[]uint32{5, 9}, []uint32{5, 9}, 1}} {
		if got := jaccard(c.a, c.b); got != c.want {
			t.Errorf("%v and %v: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// Every pair at 0.6 or more of a few thousand documents, some near each other, against comparing all with all.
func TestPairsAgainstAllWithAll(t *testing.T) {
	const n = 1000
	var texts []string
	for i := range n {
		a := newAuthor(uint64(i))
		b := a.bullets(8 + i%20)
		if i > 0 && i%4 == 0 { // a copy with some words changed
			b = strings.Split(texts[a.IntN(i)], "\n")
			for k := range b {
				w := strings.Fields(b[k])
				for j := range w {
					if a.Float64() < float64(i%32)/400 {
						w[j] = a.sentence(1)
					}
				}
				b[k] = strings.Join(w, " ")
			}
		}
		if i%5 == 0 { // a popular form
			b = append(b, "i hereby declare that all particulars stated above are true and complete to the best of my own knowledge and belief")
		}
		for k := range b {
			b[k] = strings.TrimPrefix(b[k], "- ")
		}
		texts = append(texts, "- "+strings.Join(b, "\n- "))
	}
	var r Reader
	c := NewCorpus(n)
	for _, s := range texts {
		sketch, ok := r.Sketch(s)
		if !ok {
			t.Fatal("a text was not read")
		}
		c.Add(sketch)
	}
	pairs, crowds := c.Pairs(0.6)
	again, _ := c.Pairs(0.6)
	if !reflect.DeepEqual(pairs, again) || len(crowds) != 0 {
		t.Error("two runs differ, or a crowd where there is none")
	}
	got := map[[2]uint32]bool{}
	for _, p := range pairs {
		if j := jaccard(c.Set(int(p.A)), c.Set(int(p.B))); j != p.Jaccard || j < 0.6 {
			t.Errorf("pair %d %d: Jaccard %v, said %v", p.A, p.B, j, p.Jaccard)
		}
		got[[2]uint32{p.A, p.B}] = true
	}
	want, found := 0, 0
	for b := range uint32(n) {
		for a := range b {
			if jaccard(c.Set(int(a)), c.Set(int(b))) >= 0.6 {
				want++
				if got[[2]uint32{a, b}] {
					found++
				}
			}
		}
	}
	t.Logf("%d of %d pairs found", found, want)
	if want < 100 || float64(found) < 0.98*float64(want) || found != len(pairs) {
		t.Errorf("%d of %d pairs found, %d given", found, want, len(pairs))
	}
}

// One form, filled in by thousands: a crowd, not millions of pairs.
func TestCrowd(t *testing.T) {
	form := newAuthor(5).bullets(15)
	var r Reader
	c := NewCorpus(0)
	for i := range 5000 {
		s, _ := r.Sketch(strings.Join(form, "\n- ") + "\n- " + newAuthor(uint64(9000+i%7)).sentence(9))
		c.Add(s)
	}
	pairs, crowds := c.Pairs(0.6)
	if len(crowds) != 1 || len(crowds[0]) != 5000 || len(pairs) != 0 {
		t.Errorf("%d crowds, %d pairs", len(crowds), len(pairs))
	}
}

// population counts fingerprints exactly.
func population(r *Reader, texts []string) func(uint64) int {
	count := map[uint64]int{}
	for _, s := range texts {
		for _, f := range All(r.Sections(s)) {
			count[f]++
		}
	}
	return func(f uint64) int { return count[f] }
}

func resume(name string, summary string, jobs ...[]string) string {
	s := name + "\n\nSUMMARY\n" + summary + ".\n"
	for i, j := range jobs {
		s += fmt.Sprintf("\nEmployer %c Ltd\n- %s\n", 'A'+i, strings.Join(j, "\n- "))
	}
	return s + "\nSKILLS\ngo, rust, sql, docker, linux, git\n"
}

// Copied bullets count, in the section where they stand; templates, machine-written phrases and honest look-alikes do not.
func TestContainment(t *testing.T) {
	var r Reader
	stock := newAuthor(4).bullets(6) // phrases that machines write: many have them
	template := strings.Join(newAuthor(8).bullets(3), ". ")
	var texts []string
	for i := range 400 {
		a := newAuthor(uint64(1000 + i))
		texts = append(texts, resume("Person", template, append(a.bullets(4), stock[i%6], stock[(i+1)%6]), a.bullets(5)))
	}
	a := newAuthor(50)
	first := resume("Ana Silva", template, a.bullets(4), a.bullets(5))
	stolen := strings.Split(strings.SplitN(first, "Employer B Ltd\n- ", 2)[1], "\n- ")[:4]
	stolen[3] = strings.SplitN(stolen[3], "\n", 2)[0]
	thief := newAuthor(51)
	touched := slices.Clone(stolen)
	w := strings.Fields(touched[0])
	w[3] = "other"
	touched[0] = strings.Join(w, " ")
	second := resume("Bo Berg", template, thief.bullets(6), append(thief.bullets(3), touched...))
	stranger := newAuthor(52)
	third := resume("Cy Cole", template, append(stranger.bullets(4), stock...), stranger.bullets(5))
	texts = append(texts, first, second, third)
	holders := population(&r, texts)
	found := Containment(r.Sections(first), All(r.Sections(second)), holders, RareMost)
	if len(found) != 1 {
		t.Fatalf("%d sections share something: %+v", len(found), found)
	}
	s := r.Sections(first)[found[0].Section]
	if got := first[s.From:s.To]; !strings.HasPrefix(got, "Employer B Ltd") || strings.Contains(got, "SKILLS") {
		t.Errorf("the wrong section: %.40q", got)
	}
	if found[0].Share() < 0.6 || found[0].Share() >= 1 || found[0].Shared < 8 || found[0].Most != 2 || found[0].Passages != 4 {
		t.Errorf("%+v, share %.2f", found[0], found[0].Share())
	}
	for k, at := range found[0].Spans {
		if got := first[at[0]:at[1]]; got != "- "+stolen[k] {
			t.Errorf("passage %d is %q, want %q", k, got, stolen[k])
		}
	}
	// The template stands in all three, the phrases in two; nobody is held by either.
	if c := Containment(r.Sections(third), All(r.Sections(first)), holders, RareMost); len(c) != 0 {
		t.Errorf("a template joins two people: %+v", c)
	}
	if c := Containment(r.Sections(third), All(r.Sections(texts[0])), holders, RareMost); len(c) != 0 {
		t.Errorf("machine-written phrases join two people: %+v", c)
	}
	// Without the population they would: the test above is not empty.
	if c := Containment(r.Sections(third), All(r.Sections(texts[0])), func(uint64) int { return 2 }, RareMost); len(c) == 0 {
		t.Error("the phrases are not in the text")
	}
}

// A copied run of 11 words always leaves a common fingerprint.
func TestWinnowingGuarantee(t *testing.T) {
	var r Reader
	for seed := range uint64(500) {
		a := newAuthor(seed)
		passage := a.sentence(fingerprintWords + fingerprintWindow - 1)
		x := All(r.Sections(a.sentence(a.IntN(30)) + " " + passage + " " + a.sentence(a.IntN(30)) + "."))
		y := All(r.Sections(a.sentence(a.IntN(30)) + " " + passage + " " + a.sentence(a.IntN(30)) + "."))
		if !slices.ContainsFunc(x, func(f uint64) bool { _, found := slices.BinarySearch(y, f); return found }) {
			t.Fatalf("seed %d: a run of 11 words left nothing in common", seed)
		}
	}
}

func TestCounter(t *testing.T) {
	c := NewCounter(16)
	r := rand.New(rand.NewPCG(1, 1))
	exact := map[uint64]int{}
	for range 400 {
		var fs []uint64
		for range 60 {
			fs = append(fs, match.Mix(uint64(float64(40_000)*math.Pow(r.Float64(), 3))))
		}
		slices.Sort(fs)
		fs = slices.Compact(fs)
		for _, f := range fs {
			exact[f]++
		}
		c.Add(fs)
	}
	over := 0
	for f, n := range exact {
		if c.Holders(f) < min(n, 255) {
			t.Fatalf("%d holders counted as %d", n, c.Holders(f))
		}
		if c.Holders(f) > n {
			over++
		}
	}
	if over*10 > len(exact) {
		t.Errorf("%d of %d counted too high", over, len(exact))
	}
}

func FuzzRead(f *testing.F) {
	f.Add("SUMMARY\n\nBuilt a service that moves 1,200 parcels a day from one town to the next.\n- go, rust, c, d, e, f")
	f.Add("負責設計並開發\u200b面向全球\nกขค\xff•·—’")
	f.Add("\n\n:::\n- \n•\r\n....\n1 2 3 4 5 6 7 8 9 0")
	f.Fuzz(func(t *testing.T, text string) {
		var r Reader
		a, ok := r.Sketch(text)
		b, ok2 := r.Sketch(text)
		if ok != ok2 || !reflect.DeepEqual(a, b) {
			t.Error("one text, two sketches")
		}
		sections := r.Sections(text)
		at := 0
		for _, s := range sections {
			if s.From < at || s.To < s.From || s.To > len(text) {
				t.Errorf("section %d to %d of %d bytes", s.From, s.To, len(text))
			}
			at = s.From
		}
		all := All(sections)
		for _, c := range Containment(sections, all, func(uint64) int { return 1 }, 1) {
			if c.Shared != c.Rare || c.Rare != c.All || len(c.Spans) != c.Passages {
				t.Error("a text does not contain itself")
			}
			for _, at := range c.Spans {
				if at[0] < sections[c.Section].From || at[1] < at[0] || at[1] > len(text) {
					t.Errorf("a passage at %v of %d bytes", at, len(text))
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := resume("Ana Silva", newAuthor(1).sentence(40), newAuthor(2).bullets(6), newAuthor(3).bullets(6), newAuthor(4).bullets(6))
	var r Reader
	b.Run("sketch", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			r.Sketch(text)
		}
	})
	b.Run("sections", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			r.Sections(text)
		}
	})
}
