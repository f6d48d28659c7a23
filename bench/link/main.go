// Command link measures the index on disk: what it costs to make, what it takes on disk, how long it takes to say whom
// one applicant links to, and how many a second can come in and be linked. It invents its profiles from a seed (invent.go),
// prints Markdown for docs/speed-index.md and holds no figure of its own.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"bonafide/index"
	"bonafide/link"
)

func main() {
	profiles := flag.Int("profiles", 1_000_000, "profiles in the index")
	asks := flag.Int("asks", 20_000, "applicants asked about")
	inserts := flag.Int("inserts", 40_000, "applicants that come in and are linked")
	seed := flag.Uint64("seed", 1, "seed")
	dir := flag.String("dir", "", "folder for the index (default: a temporary one)")
	flag.Parse()
	if err := run(*profiles, *asks, *inserts, *seed, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "bench/link:", err)
		os.Exit(1)
	}
}

func run(profiles, asks, inserts int, seed uint64, dir string) error {
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
	town := invention{seed: seed, people: profiles}
	row := func(what, format string, args ...any) {
		fmt.Printf("| %s | %s |\n", what, fmt.Sprintf(format, args...))
	}
	fmt.Printf("%d profiles, seed %d, %d cores, %s/%s, %s\n\n| what | measured |\n|---|---|\n", profiles, seed, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())

	begin, cpu := time.Now(), used()
	x.Bulk()
	keys := 0
	for i := range profiles {
		p := town.profile(i)
		keys += len(p.Keys) + len(p.Sentences) + len(p.Photos)
		if _, _, err := x.Add(&p); err != nil {
			return err
		}
	}
	read := time.Since(begin)
	if err := x.Merge(); err != nil {
		return err
	}
	whole := time.Since(begin)
	row("values a profile", "%.1f", float64(keys)/float64(profiles))
	row("build", "%.0f s (%.0f s taking in, %.0f s merging), %.0f s of processor", whole.Seconds(), read.Seconds(), (whole - read).Seconds(), (used() - cpu).Seconds())
	size, files, err := onDisk(path)
	if err != nil {
		return err
	}
	row("on disk", "%.2f GB in %d files, %.0f bytes a profile", float64(size)/1e9, files, float64(size)/float64(profiles))
	row("memory so far, at most", "%.1f GiB", float64(peak())/(1<<30))
	begin = time.Now()
	if n, err := x.Verify(); err != nil {
		return err
	} else {
		row("verify every byte and row", "%.1f s, %d files", time.Since(begin).Seconds(), n)
	}
	if err := x.Close(); err != nil {
		return err
	}
	begin = time.Now()
	if x, err = index.Open(path, 1, false); err != nil {
		return err
	}
	row("open", "%.0f ms", 1000*time.Since(begin).Seconds())

	known := func(i int) link.Profile { return town.profile(int(mix(seed^uint64(i)*77) % uint64(profiles))) }
	fresh := func(i int) link.Profile { return town.profile(profiles + i) }
	for _, who := range []struct {
		what string
		of   func(int) link.Profile
	}{{"one applicant who is in the index", known}, {"one applicant who is new", fresh}} {
		times, links, err := ask(x, asks, who.of)
		if err != nil {
			return err
		}
		row(who.what+", just opened: "+fmt.Sprint(asks)+" asked", "%s; %.1f links each", spread(times), links)
		if times, _, err = ask(x, asks, who.of); err != nil {
			return err
		}
		row(who.what+", again", "%s", spread(times))
	}

	begin = time.Now()
	for i := range inserts {
		p := fresh(i)
		if _, _, err := x.Add(&p); err != nil {
			return err
		}
		if _, err := x.Who(&p); err != nil {
			return err
		}
		if i%100 == 99 {
			if err := x.Sync(); err != nil {
				return err
			}
		}
	}
	row("insert and link, on disk after every 100", "%.0f a second", float64(inserts)/time.Since(begin).Seconds())
	begin = time.Now()
	for i := range inserts / 4 {
		p := fresh(inserts + i)
		if _, _, err := x.Add(&p); err != nil {
			return err
		}
		if _, _, err := x.Question(&p); err != nil {
			return err
		}
		if i%100 == 99 {
			if err := x.Sync(); err != nil {
				return err
			}
		}
	}
	row("insert and follow the whole operator question", "%.0f a second", float64(inserts/4)/time.Since(begin).Seconds())
	times, _, err := ask(x, asks, known)
	if err != nil {
		return err
	}
	row("one applicant after that", "%s", spread(times))

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

func ask(x *index.Index, n int, of func(int) link.Profile) (times []time.Duration, links float64, err error) {
	for i := range n {
		p := of(i)
		begin := time.Now()
		a, err := x.Who(&p)
		if err != nil {
			return nil, 0, err
		}
		times = append(times, time.Since(begin))
		links += float64(len(a.Links))
	}
	return times, links / float64(n), nil
}

func spread(t []time.Duration) string {
	slices.Sort(t)
	at := func(share float64) float64 { return float64(t[int(share*float64(len(t)-1))].Microseconds()) / 1000 }
	return fmt.Sprintf("p50 %.2f ms, p99 %.2f ms, most %.1f ms", at(0.5), at(0.99), at(1))
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

func used() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func peak() int64 {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return int64(r.Maxrss) * 1024
}
