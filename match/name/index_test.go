package name

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// inventedNames gives n names without meaning, from a fixed seed.
func inventedNames(n int) []string {
	rng := rand.New(rand.NewPCG(1, 2))
	first := []string{"Ana", "Petro", "Karim", "Ines", "Tomas", "Olga", "Hamid", "Yusuf", "Clara", "Dmytro", "Ines", "Rafael"}
	vowels, consonants := "aeiou", "bdfgklmnprstvz"
	word := func() string {
		s := ""
		for range 2 + rng.IntN(3) {
			s += string(consonants[rng.IntN(len(consonants))]) + string(vowels[rng.IntN(5)])
		}
		return s + string(consonants[rng.IntN(len(consonants))])
	}
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s, %s %s", word(), first[rng.IntN(len(first))], word())
	}
	return out
}

func inventedIndex(names []string) *Index {
	b := NewBuilder()
	for i, n := range names {
		b.Add(i, n, Person)
	}
	return b.Build()
}

func TestIndexFindsHarmedNames(t *testing.T) {
	names := inventedNames(3000)
	ix := inventedIndex(names)
	rng := rand.New(rand.NewPCG(3, 4))
	for what, harm := range map[string]func(string) string{
		"as it is": func(s string) string { return s },
		"one letter less": func(s string) string {
			i := 1 + rng.IntN(3)
			return s[:i] + s[i+1:]
		},
		"one letter more": func(s string) string { return s[:2] + "q" + s[2:] },
		"two swapped":     func(s string) string { return s[:1] + string(s[2]) + string(s[1]) + s[3:] },
	} {
		found := 0
		for i, n := range names {
			hits := ix.Search(ix.Parse(harm(n), Person), SupportingAt, 0)
			if slices.ContainsFunc(hits, func(h Hit) bool { return h.Entity == i }) {
				found++
			}
		}
		if found < len(names)*97/100 {
			t.Errorf("%s: %d of %d", what, found, len(names))
		}
	}
}

// What the index returns has the similarity that Compare gives, for it is the
// same comparison.
func TestIndexAgreesWithCompare(t *testing.T) {
	names := inventedNames(500)
	ix := inventedIndex(names)
	for _, n := range names[:100] {
		q := ix.Parse(n, Person)
		for _, h := range ix.Search(q, 0.5, 5) {
			if r := ix.Explain(q, h.Name, Qualifiers{}, Qualifiers{}); r.Similarity != h.Similarity {
				t.Fatalf("%q, %q: %v and %v", n, names[h.Name], r.Similarity, h.Similarity)
			}
		}
	}
}

func TestIndexIsStableAndConcurrent(t *testing.T) {
	names := inventedNames(1000)
	ix, again := inventedIndex(names), inventedIndex(names)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < len(names); i += 4 {
				a := ix.Search(ix.Parse(names[i], Person), 0.3, 0)
				b := again.Search(again.Parse(names[i], Person), 0.3, 0)
				if !slices.Equal(a, b) {
					t.Errorf("%q: %v and %v", names[i], a, b)
				}
			}
		}()
	}
	wg.Wait()
}

func TestEmptyIndex(t *testing.T) {
	ix := NewBuilder().Build()
	if h := ix.Search(ix.Parse("Ana Silva", Person), 0, 0); len(h) != 0 {
		t.Errorf("hits in an empty index: %v", h)
	}
	ix = inventedIndex([]string{"Ana Silva"})
	for _, q := range []string{"", "...", "---", "a", "123"} {
		if h := ix.Search(ix.Parse(q, Person), 0.5, 0); len(h) != 0 {
			t.Errorf("%q: %v", q, h)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	names := inventedNames(40000)
	ix := inventedIndex(names)
	other := inventedNames(41000)[40000:]
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ix.Search(ix.Parse(other[i%len(other)], Person), WeakAt, 5)
	}
}
