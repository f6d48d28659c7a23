// Command photo measures the look-up of near-equal pictures: build, size, time of a question, and whether all that is near
// was found. The hashes are made up, in two populations: even bits, and bits that crowd in few codes as those of real pictures do.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"bonafide/bench/meter"
	"bonafide/index"
)

func main() {
	n := flag.Int("n", 10_000_000, "hashes")
	asked := flag.Int("q", 4000, "questions")
	dir := flag.String("dir", os.TempDir(), "where the file is written")
	pictures := flag.Int("pictures", 200, "made-up pictures that are edited")
	flag.Parse()
	speed()
	edits(*pictures)
	for _, crowded := range []bool{false, true} {
		if err := measure(*n, *asked, *dir, crowded); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// invent makes a hash. Crowded ones take half of their slots from 2,000 codes, so that buckets are thirty times as long there.
func invent(r *rand.Rand, crowded bool) (h index.PhotoHash) {
	for w := range h {
		h[w] = r.Uint64()
		for s := 0; crowded && s < 4; s++ {
			if r.IntN(2) == 0 {
				code := uint64(r.IntN(2000)*2654435761) >> 7 & 0xffff
				h[w] = h[w]&^(0xffff<<(16*s)) | code<<(16*s)
			}
		}
	}
	return h
}

func near(r *rand.Rand, h index.PhotoHash, n int) index.PhotoHash {
	for _, b := range r.Perm(256)[:n] {
		h[b/64] ^= 1 << (b % 64)
	}
	return h
}

func measure(n, asked int, dir string, crowded bool) error {
	r := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(dir, "bonafide-bench-photos")
	defer os.Remove(path)
	b := index.NewPhotoBuilder(index.ShapePDQ, n)
	type question struct {
		hash index.PhotoHash
		who  uint32
		far  int
	}
	var questions []question
	begin := time.Now()
	for i := range uint32(n) {
		h := invent(r, crowded)
		b.Add(h, i)
		if int(i)%(n/asked) == 0 {
			d := len(questions) % 32
			questions = append(questions, question{near(r, h, d), i, d})
		}
	}
	made := time.Since(begin)
	begin = time.Now()
	if err := b.Write(path); err != nil {
		return err
	}
	built := time.Since(begin)
	runtime.GC()
	p, err := index.OpenPhotos(path)
	if err != nil {
		return err
	}
	defer p.Close()
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	begin = time.Now()
	if err := p.Verify(); err != nil {
		return err
	}
	verified := time.Since(begin)
	fmt.Printf("%d hashes, crowded codes %v: made %.1f s, sorted and written %.1f s, %.2f GB (%.0f bytes a hash), verified %.1f s\n",
		n, crowded, made.Seconds(), built.Seconds(), float64(info.Size())/1e9, float64(info.Size())/float64(n), verified.Seconds())
	// What is asked: a known picture edited by 0 to 31 bits, and pictures nobody has.
	for _, known := range []bool{true, false} {
		times := make([]time.Duration, 0, len(questions))
		missed, cpu := 0, meter.Processor()
		for _, q := range questions {
			ask := q.hash
			if !known {
				ask = invent(r, crowded)
			}
			at := time.Now()
			hits, _, err := p.Near(ask, 31, 20)
			times = append(times, time.Since(at))
			if err != nil {
				return err
			}
			if known && !slices.ContainsFunc(hits, func(h index.PhotoHit) bool { return h.Distance == q.far && slices.Contains(h.Subjects, q.who) }) {
				missed++
			}
		}
		cpu = meter.Processor() - cpu
		slices.Sort(times)
		total := time.Duration(0)
		for _, t := range times {
			total += t
		}
		at := func(share float64) float64 { return times[int(share*float64(len(times)-1))].Seconds() * 1000 }
		fmt.Printf("  known pictures %-5v: %d questions, mean %.3f ms, p50 %.3f, p99 %.3f, most %.3f ms; mean of processor time %.3f ms; missed %d\n", known, len(times),
			total.Seconds()*1000/float64(len(times)), at(.5), at(.99), at(1), cpu.Seconds()*1000/float64(len(times)), missed)
	}
	fmt.Printf("  resident %s\n", resident())
	return nil
}

// resident is what the system says of this process, mapped pages included.
func resident() string {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return "unknown"
	}
	var size, rss uint64
	fmt.Sscan(string(raw), &size, &rss)
	return fmt.Sprintf("%.2f GB", float64(rss)*float64(os.Getpagesize())/1e9)
}
