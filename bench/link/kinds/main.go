// Command kinds measures how many false pairs each kind of evidence makes: two different honest people whom a link of that
// kind counts between, neither excused nor shown as weak. Linking alone, the profiles of bonafide sim.
//
//	go run ./bench/link/kinds -people 1000,100000 -seeds 81,82,83,84,85
//
// Whatever the size, everybody is linked at once and every rule sees the whole population: values that one record alone has
// are counted and not kept (link.Builder.Alone), sentences that say nothing because very many have them are left out. -all
// keeps them, which changes no figure; ten million fit in 12 GB only without.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"bonafide/bench/meter"
	"bonafide/record"
	"bonafide/sim"
)

type options struct {
	evasion  float64
	dir      string
	keep     bool
	all      bool
	blind    bool
	show     int
	memoryGB int
}

func main() {
	people := flag.String("people", "1000,100000", "honest people, by comma")
	seeds := flag.String("seeds", "81,82,83,84,85", "seeds, by comma")
	o := options{}
	flag.Float64Var(&o.evasion, "evasion", 0.35, "evasion of the operators among them")
	flag.StringVar(&o.dir, "dir", "", "folder with room: about 1.8 GB for a million people (default: that for temporary files)")
	flag.BoolVar(&o.keep, "keep", false, "keep the populations in -dir, and use those that are there")
	flag.BoolVar(&o.all, "all", false, "keep every value, also those that nobody shares")
	flag.BoolVar(&o.blind, "blind", false, "leave the perceptual hashes of pictures out: comparing them grows with the square")
	flag.IntVar(&o.show, "show", 0, "print so many false pairs of each kind, with what is going on in these lives")
	flag.IntVar(&o.memoryGB, "memory", 0, "try to stay below so many GB")
	flag.Parse()
	if err := run(strings.Split(*people, ","), strings.Split(*seeds, ","), o); err != nil {
		fmt.Fprintln(os.Stderr, "bench/link/kinds:", err)
		os.Exit(1)
	}
}

func run(sizes, seeds []string, o options) error {
	if o.memoryGB > 0 {
		debug.SetMemoryLimit(int64(o.memoryGB) << 30)
	}
	debug.SetGCPercent(50)
	columns := make([]column, 0, len(sizes))
	for _, size := range sizes {
		people, err := strconv.Atoi(size)
		if err != nil || people <= 0 {
			return fmt.Errorf("-people: %q is no size", size)
		}
		c := column{people: people}
		for _, s := range seeds {
			seed, err := strconv.ParseUint(s, 10, 64)
			if err != nil {
				return fmt.Errorf("-seeds: %q is no seed", s)
			}
			t, err := measure(people, seed, o)
			if err != nil {
				return err
			}
			c.add(t)
		}
		columns = append(columns, c)
	}
	return table(columns)
}

// measure links one population.
func measure(people int, seed uint64, o options) (*tally, error) {
	begin := time.Now()
	dir, records, err := folder(people, seed, o)
	if err != nil {
		return nil, err
	}
	if !o.keep {
		defer os.RemoveAll(dir)
	}
	invented := time.Since(begin)
	p, err := read(dir, records, o.all, !o.blind)
	if err != nil {
		return nil, err
	}
	debug.FreeOSMemory()
	g := p.builder.Build()
	t := p.falsePairs(g, o.show)
	fmt.Printf("%d people, seed %d: %d records; invented in %.0f s, read and linked in %.0f s, %.1f GiB at most\n", people, seed, records,
		invented.Seconds(), (time.Since(begin) - invented).Seconds(), float64(meter.Peak())/(1<<30))
	p.print(t)
	return t, nil
}

// folder makes a population, or finds the one that was kept: a file says how many records it has once it is whole.
func folder(people int, seed uint64, o options) (dir string, records int, err error) {
	if !o.keep {
		if dir, err = os.MkdirTemp(o.dir, "bonafide-bench-*"); err != nil {
			return "", 0, err
		}
	} else {
		dir = filepath.Join(o.dir, fmt.Sprintf("kinds-%d-%d-%g", people, seed, o.evasion))
		if b, err := os.ReadFile(filepath.Join(dir, "whole")); err == nil {
			records, err = strconv.Atoi(strings.TrimSpace(string(b)))
			return dir, records, err
		}
	}
	records, err = invent(dir, sim.Options{People: people, Operators: sim.DefaultOperators(people), Seed: seed, Evasion: o.evasion})
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "whole"), []byte(strconv.Itoa(records)), 0o600)
	}
	return dir, records, err
}

// column is one size of population, all seeds together.
type column struct {
	people, all int
	tally
}

func (c *column) add(t *tally) {
	c.all += c.people
	for k := range t.pairs {
		for s, n := range t.pairs[k] {
			c.pairs[k][s] += n
		}
		c.unlisted[k] += t.unlisted[k]
	}
}

// table prints every kind that any population shows, a pair at its strongest, and fails where one makes more false pairs than
// the law allows, by more than luck.
func table(columns []column) error {
	fmt.Print("\n| kind |")
	for _, c := range columns {
		fmt.Printf(" %d people: weak | supporting | strong | conclusive | counted per 10,000 |", c.people)
	}
	fmt.Print("\n|---|" + strings.Repeat("---:|", 5*len(columns)) + "\n")
	var err error
	for k := range record.Kind(record.Kinds) {
		seen := false
		for i := range columns {
			seen = seen || columns[i].pairs[k] != [record.Conclusive + 1]int{}
		}
		if !seen {
			continue
		}
		fmt.Printf("| %s |", k)
		for i := range columns {
			c, n := &columns[i], columns[i].counted(k)+columns[i].unlisted[k]
			for s := record.Weak; s <= record.Conclusive; s++ {
				fmt.Printf(" %d |", c.pairs[k][s])
			}
			fmt.Printf(" %.2f |", float64(n)*1e4/float64(c.all))
			if n > 0 && atLeast(n, mostPairs*float64(c.all)) < luck {
				err = fmt.Errorf("%s makes %d false pairs among %d honest people in populations of %d", k, n, c.all, c.people)
			}
		}
		fmt.Println()
	}
	return err
}

// mostPairs is what a kind may make, a person: architecture.md.
const mostPairs = 1e-4

// luck is how unlikely so many must be for it to be none.
const luck = 0.001

// atLeast is the chance of n or more where so many are expected (Poisson).
func atLeast(n int, expected float64) float64 {
	fewer, term := 0.0, math.Exp(-expected)
	for i := range n {
		fewer += term
		term *= expected / float64(i+1)
	}
	return 1 - fewer
}
