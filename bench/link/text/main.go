// Command text measures near-equal résumés and copied passages among made-up ones: how many of the pairs with a Jaccard of 0.6 or
// more are found, against an exact count over a sample, in what time; and whether copied bullets join the right people and templates
// and machine-written phrases nobody.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"time"

	"bonafide/bench/meter"
	"bonafide/match/text"
)

func main() {
	n := flag.Int("n", 1_000_000, "résumés")
	sample := flag.Int("sample", 3000, "résumés compared exactly with all")
	passages := flag.Int("passages", 200_000, "résumés among which copied bullets are looked for, at most n")
	seed := flag.Uint64("seed", 1, "another population")
	flag.Parse()
	w := newWorld(*seed, *n)
	corpus := nearEqual(w, *n)
	found, crowds := pairs(corpus)
	exact(w, corpus, found, crowds, min(*sample, *n))
	copied(w, min(*passages, *n))
}

// watch measures by the clock and by the processor.
type watch struct {
	at  time.Time
	cpu time.Duration
}

func begin() watch { return watch{time.Now(), meter.Processor()} }

func (w watch) String() string {
	return fmt.Sprintf("%.1f s by the clock, %.1f s of processor time", time.Since(w.at).Seconds(), (meter.Processor() - w.cpu).Seconds())
}

// nearEqual reads all texts, in pieces so that they need not be kept; only the reading is timed.
func nearEqual(w *world, n int) *text.Corpus {
	const piece = 20_000
	corpus := text.NewCorpus(n)
	var clock, cpu time.Duration
	size := 0
	texts := make([]string, piece)
	sketches := make([]text.Sketch, piece)
	for from := 0; from < n; from += piece {
		to := min(n, from+piece)
		parallel(to-from, func(i int, _ *text.Reader) { texts[i] = w.resume(from + i) })
		at := begin()
		parallel(to-from, func(i int, r *text.Reader) { sketches[i], _ = r.Sketch(texts[i]) })
		for i := range to - from {
			corpus.Add(sketches[i])
			size += len(texts[i])
		}
		clock += time.Since(at.at)
		cpu += meter.Processor() - at.cpu
	}
	fmt.Printf("read %d résumés, %.2f GB: %.1f s by the clock, %.1f s of processor time\n", n, float64(size)/1e9, clock.Seconds(), cpu.Seconds())
	return corpus
}

func parallel(n int, do func(i int, r *text.Reader)) {
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		group.Go(func() {
			var r text.Reader
			for i := k; i < n; i += workers {
				do(i, &r)
			}
		})
	}
	group.Wait()
}

func pairs(c *text.Corpus) ([]text.Pair, [][]uint32) {
	at := begin()
	found, crowds := c.Pairs(0.6)
	fmt.Printf("pairs at 0.6 and more: %d, crowds %d; %s\n", len(found), len(crowds), at)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("memory taken from the system: %.2f GB\n", float64(m.Sys)/1e9)
	return found, crowds
}

// exact compares some résumés, half of them copies, with all others and counts what was missed.
func exact(w *world, c *text.Corpus, found []text.Pair, crowds [][]uint32, sample int) {
	r := rand.New(rand.NewPCG(w.seed, 99))
	chosen := map[int]bool{}
	for len(chosen) < sample/2 {
		chosen[r.IntN(c.Len())] = true
	}
	for tries := 0; len(chosen) < sample && tries < 100*sample; tries++ {
		if i := r.IntN(c.Len()); w.copyOf(i) >= 0 {
			chosen[i] = true
		}
	}
	holders := map[uint32][]uint32{} // shingle to chosen documents
	for i := range chosen {
		for _, s := range c.Set(i) {
			holders[s] = append(holders[s], uint32(i))
		}
	}
	crowd := map[uint32]int{}
	for k, members := range crowds {
		for _, m := range members {
			crowd[m] = k + 1
		}
	}
	have := map[[2]uint32]bool{}
	for _, p := range found {
		have[[2]uint32{p.A, p.B}] = true
	}
	var mu sync.Mutex
	bins := make([][2]int, 5) // true pairs and found ones, by tenths of Jaccard from 0.6
	parallel(c.Len(), func(i int, _ *text.Reader) {
		shared := map[uint32]int{}
		for _, s := range c.Set(i) {
			for _, d := range holders[s] {
				shared[d]++
			}
		}
		for d, k := range shared {
			if int(d) == i || chosen[i] && int(d) > i { // once a pair
				continue
			}
			j := float64(k) / float64(len(c.Set(i))+len(c.Set(int(d)))-k)
			if j < 0.6 || crowd[d] != 0 && crowd[d] == crowd[uint32(i)] {
				continue
			}
			a, b := min(d, uint32(i)), max(d, uint32(i))
			mu.Lock()
			x := &bins[min(4, int((j-0.6)*10))]
			x[0]++
			if have[[2]uint32{a, b}] {
				x[1]++
			}
			mu.Unlock()
		}
	})
	all, hit := 0, 0
	for k, x := range bins {
		fmt.Printf("  Jaccard from %.1f: %d of %d found\n", 0.6+float64(k)/10, x[1], x[0])
		all, hit = all+x[0], hit+x[1]
	}
	fmt.Printf("recall %.4f (%d of %d pairs of %d sampled résumés with all)\n", float64(hit)/float64(max(1, all)), hit, all, len(chosen))
}

// copied joins people by rare fingerprints and asks how many of those who took bullets are found, and who else.
func copied(w *world, n int) {
	all := make([][]uint64, n)
	sections := make([][]text.Section, n)
	at := begin()
	parallel(n, func(i int, r *text.Reader) {
		sections[i] = r.Sections(w.resume(i))
		all[i] = text.All(sections[i])
	})
	counter := text.NewCounter(25)
	type posting struct {
		f  uint64
		id uint32
	}
	var postings []posting
	for i, fs := range all {
		counter.Add(fs)
		for _, f := range fs {
			postings = append(postings, posting{f, uint32(i)})
		}
	}
	slices.SortFunc(postings, func(a, b posting) int { return cmp.Or(cmp.Compare(a.f, b.f), cmp.Compare(a.id, b.id)) })
	type pair struct{ a, b uint32 }
	candidates := map[pair]bool{}
	for lo := 0; lo < len(postings); {
		hi := lo + 1
		for hi < len(postings) && postings[hi].f == postings[lo].f {
			hi++
		}
		if hi-lo <= text.RareMost {
			for x := lo; x < hi; x++ {
				for y := lo; y < x; y++ {
					candidates[pair{postings[y].id, postings[x].id}] = true
				}
			}
		}
		lo = hi
	}
	// What counts: a quarter of a section's own words, in at least so many passages. Fixed here for the measure; link weighs.
	counts := func(a, b uint32) int {
		most := 0
		for _, c := range text.Containment(sections[a], all[b], counter.Holders, text.RareMost) {
			if c.Share() >= 0.25 {
				most = max(most, c.Passages)
			}
		}
		return most
	}
	either := func(a, b uint32) int { return max(counts(a, b), counts(b, a)) }
	const steps = 4
	var right, wrong, taken [steps]int
	for p := range candidates {
		for k := range min(steps, either(p.a, p.b)) {
			if w.origin(int(p.a)) == w.origin(int(p.b)) {
				right[k]++
			} else {
				wrong[k]++
			}
		}
	}
	planted, whole := 0, 0
	for i := range n {
		if src := w.bulletsOf(i); src >= 0 && src < n {
			planted++
			for k := range min(steps, either(uint32(src), uint32(i))) {
				taken[k]++
			}
		}
		if src := w.copyOf(i); src >= 0 && src < n {
			whole++
		}
	}
	fmt.Printf("copied bullets among %d résumés, %d who took three to five lines from one other, %d whole copies besides; %s with making them\n", n, planted, whole, at)
	for k := range steps {
		fmt.Printf("  %d passages and more: %d of %d takers found; pairs of one origin %d, of different origins %d (%.2f per 10,000 people)\n",
			k+1, taken[k], planted, right[k], wrong[k], float64(wrong[k])/float64(n)*10_000)
	}
}
