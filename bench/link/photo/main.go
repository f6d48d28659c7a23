// Command photo measures the look-up of near-equal pictures by the index: build, size, time of a question, and whether all that is
// near was found. The hashes are made up, in two populations: even bits, and bits that crowd in few codes as those of real pictures do.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bonafide/bench/meter"
	"bonafide/index"
	"bonafide/link"
	"bonafide/match"
	"bonafide/match/photo"
	"bonafide/record"
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
func invent(r *rand.Rand, crowded bool) (h photo.PDQ) {
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

// near is the picture edited by n bits, every other one mirrored as well.
func near(r *rand.Rand, h photo.PDQ, n int) photo.PDQ {
	for _, b := range r.Perm(256)[:n] {
		h[b/64] ^= 1 << (b % 64)
	}
	if n%2 == 1 {
		h = h.Laid(photo.Mirrored)
	}
	return h
}

// profile has a picture and nothing else.
func profile(i uint64, h photo.PDQ) *link.Profile {
	return &link.Profile{Name: fmt.Sprintf("invented/%08d", i), Self: match.Mix(i + 1), Photos: []link.Photo{{PDQ: h, Kind: record.KindPhoto}}}
}

func measure(n, asked int, dir string, crowded bool) (err error) {
	r := rand.New(rand.NewPCG(1, 2))
	scratch, err := os.MkdirTemp(dir, "bonafide-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	path := filepath.Join(scratch, "index")
	x, err := index.Create(path, 1)
	if err != nil {
		return err
	}
	defer func() { x.Close() }()
	type question struct {
		hash photo.PDQ
		who  string
	}
	var questions []question
	begin := time.Now()
	x.Bulk()
	for i := range uint64(n) {
		h := invent(r, crowded)
		p := profile(i, h)
		if _, _, err := x.Add(p); err != nil {
			return err
		}
		if int(i)%(n/asked) == 0 {
			questions = append(questions, question{near(r, h, len(questions)%32), p.Name})
		}
	}
	if err := x.Merge(); err != nil {
		return err
	}
	built := time.Since(begin)
	if err := x.Close(); err != nil {
		return err
	}
	if x, err = index.Open(path, 1, true); err != nil {
		return err
	}
	begin = time.Now()
	if _, err := x.Verify(); err != nil {
		return err
	}
	verified := time.Since(begin)
	size := int64(0)
	all, err := filepath.Glob(filepath.Join(path, "*.photos"))
	if err != nil {
		return err
	}
	for _, f := range all {
		info, err := os.Stat(f)
		if err != nil {
			return err
		}
		size += info.Size()
	}
	fmt.Printf("%d pictures, crowded codes %v: index built in %.1f s, pictures %.2f GB (%.0f bytes each), all verified in %.1f s\n",
		n, crowded, built.Seconds(), float64(size)/1e9, float64(size)/float64(n), verified.Seconds())
	// What is asked: a known picture edited by 0 to 31 bits, upright or mirrored, and pictures nobody has; whole answers, weighed.
	for _, known := range []bool{true, false} {
		times := make([]time.Duration, 0, len(questions))
		missed, cpu := 0, meter.Processor()
		for _, q := range questions {
			p := profile(1<<40, q.hash)
			if !known {
				p = profile(1<<40, invent(r, crowded))
			}
			at := time.Now()
			a, err := x.Who(p)
			times = append(times, time.Since(at))
			if err != nil {
				return err
			}
			if known && !slices.ContainsFunc(a.Links, func(l index.Linked) bool { return l.With == q.who }) {
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
