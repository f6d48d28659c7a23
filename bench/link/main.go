// Command link measures the index on disk: what it costs to make, what it takes on disk, how long it takes to say whom
// one applicant links to, and how many a second can come in and be linked. It invents its profiles from a seed (invent.go),
// prints Markdown for docs/speed-index.md and holds no figure of its own.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"bonafide/bench/meter"
	"bonafide/index"
	"bonafide/link"
	"bonafide/match"
)

func main() {
	profiles := flag.Int("profiles", 1_000_000, "profiles in the index")
	asks := flag.Int("asks", 20_000, "applicants asked about")
	inserts := flag.Int("inserts", 40_000, "applicants that come in and are linked")
	seed := flag.Uint64("seed", 1, "seed")
	dir := flag.String("dir", "", "folder in which the index is made (default: that for temporary files)")
	made := flag.String("made", "", "an index of so many profiles: made there and kept, or only asked and added to where it is there already")
	learn := flag.Bool("learn", false, "also learn a climate from all records, at the end")
	profile := flag.String("cpuprofile", "", "file for a profile of the processor while applicants come in and are linked")
	flag.Parse()
	if err := run(*profiles, *asks, *inserts, *seed, *dir, *made, *profile, *learn); err != nil {
		fmt.Fprintln(os.Stderr, "bench/link:", err)
		os.Exit(1)
	}
}

func row(what, format string, args ...any) {
	fmt.Printf("| %s | %s |\n", what, fmt.Sprintf(format, args...))
}

func run(profiles, asks, inserts int, seed uint64, dir, made, profile string, learn bool) error {
	town := invention{seed: seed, people: profiles}
	fmt.Printf("%d profiles, seed %d, %d cores, %s/%s, %s\n\n| what | measured |\n|---|---|\n", profiles, seed, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if made == "" {
		scratch, err := os.MkdirTemp(dir, "bonafide-bench-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(scratch)
		made = filepath.Join(scratch, "index")
	}
	if _, err := os.Stat(made); os.IsNotExist(err) {
		if err := build(made, town); err != nil {
			return err
		}
	}
	if err := questions(made, town, asks, inserts, profile); err != nil || !learn {
		return err
	}
	return climate(made)
}

// climate learns from all records and says what that took, step by step.
func climate(path string) error {
	x, err := index.Open(path, 1, false)
	if err != nil {
		return err
	}
	defer x.Close()
	debug.FreeOSMemory()
	before := meter.Peak()
	begin, cpu := time.Now(), meter.Processor()
	last, at := "", begin
	step := func(what string, _, _ int) {
		if what != last && last != "" {
			row("… "+last, "%.0f s, then %.1f GiB at most", time.Since(at).Seconds(), float64(meter.Peak())/(1<<30))
		}
		if what != last {
			last, at = what, time.Now()
		}
	}
	if _, err := x.Learn(time.Now(), math.MaxInt, step); err != nil {
		return err
	}
	step("", 0, 0)
	l, _ := x.Learned()
	row("learn a climate", "%.0f s, %.0f s of processor; %.1f GiB at most (%.1f before); %d questions among %d records", time.Since(begin).Seconds(),
		(meter.Processor() - cpu).Seconds(), float64(meter.Peak())/(1<<30), float64(before)/(1<<30), l.Questions, l.Records)
	return nil
}

// build makes an index and says what that took.
func build(path string, town invention) error {
	x, err := index.Create(path, 1)
	if err != nil {
		return err
	}
	defer x.Close()
	profiles := town.people
	begin, cpu := time.Now(), meter.Processor()
	x.Bulk()
	keys := 0
	err = town.each(profiles, func(p *link.Profile) error {
		keys += len(p.Keys) + len(p.Sentences) + len(p.Photos)
		_, _, err := x.Add(p)
		return err
	})
	if err != nil {
		return err
	}
	read := time.Since(begin)
	if err := x.Merge(); err != nil {
		return err
	}
	whole, processor := time.Since(begin), meter.Processor()-cpu
	row("values a profile", "%.1f", float64(keys)/float64(profiles))
	row("build, inventing them included", "%.0f s (%.0f s taking in, %.0f s sorting); %.0f s of processor, %.0f of them for inventing", whole.Seconds(),
		read.Seconds(), (whole - read).Seconds(), processor.Seconds(), town.cost().Seconds()*float64(profiles))
	size, files, err := onDisk(path)
	if err != nil {
		return err
	}
	row("on disk", "%.2f GB in %d files, %.0f bytes a profile", float64(size)/1e9, files, float64(size)/float64(profiles))
	row("memory so far, at most", "%.1f GiB", float64(meter.Peak())/(1<<30))
	begin = time.Now()
	if n, err := x.Verify(); err != nil {
		return err
	} else {
		row("verify every byte and row", "%.1f s, %d files", time.Since(begin).Seconds(), n)
	}
	return nil
}

// questions asks an index, adds to it, and asks again.
func questions(path string, town invention, asks, inserts int, profile string) error {
	begin := time.Now()
	x, err := index.Open(path, 1, false)
	if err != nil {
		return err
	}
	defer x.Close()
	profiles, seed := town.people, town.seed
	row("open", "%.0f ms", 1000*time.Since(begin).Seconds())

	known := func(i int) link.Profile { return town.profile(int(match.Mix(seed^uint64(i)*77) % uint64(profiles))) }
	fresh := func(i int) link.Profile { return town.profile(profiles + i) }
	for _, who := range []struct {
		what string
		of   func(int) link.Profile
	}{{"one applicant who is in the index", known}, {"one applicant who is new", fresh}} {
		times, links, err := ask(x, asks, who.of)
		if err != nil {
			return err
		}
		row(who.what+", just opened: "+fmt.Sprint(asks)+" asked", "%s; %.1f links each", times, links)
		if times, _, err = ask(x, asks, who.of); err != nil {
			return err
		}
		row(who.what+", again", "%s", times)
	}

	for _, follow := range []bool{false, true} {
		n, from := inserts, 0
		what := fmt.Sprintf("insert, on disk after every %d, and link", batch)
		if follow {
			n, from, what = inserts/4, inserts, "insert and follow the whole operator question"
		}
		if profile != "" && !follow {
			f, err := os.Create(profile)
			if err != nil {
				return err
			}
			defer f.Close()
			if err := pprof.StartCPUProfile(f); err != nil {
				return err
			}
		}
		begin, cpu := time.Now(), meter.Processor()
		for at := 0; at < n; at += batch {
			if err := comeIn(x, fresh, from+at, from+min(at+batch, n), follow); err != nil {
				return err
			}
		}
		pprof.StopCPUProfile()
		row(what, "%.0f a second; %.0f a second of one processor, inventing them included", float64(n)/time.Since(begin).Seconds(), float64(n)/(meter.Processor()-cpu).Seconds())
	}
	from := inserts + inserts/4
	for _, desks := range []int{1, 2, 8} {
		begin, cpu := time.Now(), meter.Processor()
		if err := oneByOne(x, fresh, from, from+inserts/4, desks); err != nil {
			return err
		}
		from += inserts / 4
		row(fmt.Sprintf("insert one, on disk, and link it; %d at once", desks), "%.0f a second; %.0f a second of one processor, inventing them included",
			float64(inserts/4)/time.Since(begin).Seconds(), float64(inserts/4)/(meter.Processor()-cpu).Seconds())
	}
	times, _, err := ask(x, asks, known)
	if err != nil {
		return err
	}
	row("one applicant after that", "%s", times)

	hub := town.profile(hubEvery)
	begin = time.Now()
	a, err := x.Who(&hub)
	if err != nil {
		return err
	}
	most := 0
	for _, c := range a.Common {
		most = max(most, c.Holders)
	}
	row("a value held by very many", "%d hold it: answered in %.2f ms, not linked by it", most, 1000*time.Since(begin).Seconds())
	return nil
}

// batch is how many come in together: they are put in one by one, then on disk, then asked about on all cores.
const batch = 100

func comeIn(x *index.Index, fresh func(int) link.Profile, from, to int, follow bool) error {
	in := make([]link.Profile, to-from)
	for i := range in {
		in[i] = fresh(from + i)
		if _, _, err := x.Add(&in[i]); err != nil {
			return err
		}
	}
	if err := x.Sync(); err != nil {
		return err
	}
	return shared(runtime.GOMAXPROCS(0), 0, len(in), func(i int) (err error) {
		if follow {
			_, _, err = x.Question(&in[i])
		} else {
			_, err = x.Who(&in[i])
		}
		return err
	})
}

// shared does from … to-1 by so many desks and returns an error of theirs, if one has any: it ends then.
func shared(desks, from, to int, do func(i int) error) error {
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for desk := range desks {
		wg.Go(func() {
			for i := from + desk; i < to && failed.Load() == nil; i += desks {
				if err := do(i); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// oneByOne is so many desks of which each puts one in, waits until it is on disk, asks about it, and takes the next.
func oneByOne(x *index.Index, fresh func(int) link.Profile, from, to, desks int) error {
	return shared(desks, from, to, func(i int) error {
		p := fresh(i)
		_, _, err := x.Add(&p)
		if err == nil {
			err = x.Sync()
		}
		if err == nil {
			_, err = x.Who(&p)
		}
		return err
	})
}

// asked is what questions took, by the clock and of the processor: on a busy machine the two are far apart.
type asked struct{ clock, processor []time.Duration }

func ask(x *index.Index, n int, of func(int) link.Profile) (t asked, links float64, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for i := range n {
		p := of(i)
		begin, cpu := time.Now(), threadTime()
		a, err := x.Who(&p)
		if err != nil {
			return t, 0, err
		}
		t.processor = append(t.processor, threadTime()-cpu)
		t.clock = append(t.clock, time.Since(begin))
		links += float64(len(a.Links))
	}
	return t, links / float64(n), nil
}

func (t asked) String() string { return spread(t.clock) + "; of the processor " + spread(t.processor) }

func spread(t []time.Duration) string {
	slices.Sort(t)
	at := func(share float64) float64 { return float64(t[int(share*float64(len(t)-1))].Microseconds()) / 1000 }
	return fmt.Sprintf("p50 %.2f ms, p99 %.2f ms, most %.1f ms", at(0.5), at(0.99), at(1))
}

func threadTime() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

func onDisk(dir string) (size int64, files int, err error) {
	all, err := os.ReadDir(dir)
	for _, f := range all {
		info, err := f.Info()
		if err != nil {
			return 0, 0, err
		}
		size += info.Size()
		files++
	}
	return size, files, err
}
