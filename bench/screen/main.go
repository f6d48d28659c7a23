// Command screen measures the whole product on invented populations: what it
// costs (speed), what it finds and whom it hits wrongly (accuracy), whether
// names, nationality and languages change anything (fairness), and how many of
// ten thousand different people in households it takes for an operator. It runs the
// built binary as anybody would and prints Markdown for docs/speed.md and
// docs/accuracy.md. It holds no figure of its own and tunes nothing. One more
// measure is one more file here.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

type bench struct {
	binary  string
	scratch string
	people  []int
	seeds   []int
	evasion []string
}

func main() {
	b := &bench{}
	what := flag.String("what", "speed", "speed, accuracy, fairness or households")
	people := flag.String("people", "10000,100000", "sizes of populations")
	seeds := flag.String("seeds", "1", "seeds")
	evasion := flag.String("evasion", "0.35", "levels of evasion")
	flag.StringVar(&b.binary, "binary", "bin/bonafide", "the program to measure")
	flag.Parse()
	b.people, b.seeds, b.evasion = numbers(*people), numbers(*seeds), strings.Split(*evasion, ",")
	measures := map[string]func() error{"speed": b.speed, "accuracy": b.accuracy, "fairness": b.fairness, "households": b.households}
	run := measures[*what]
	if run == nil || len(b.people) == 0 || len(b.seeds) == 0 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	err := b.within(run)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/screen:", err)
		os.Exit(1)
	}
}

// within runs a measure with a scratch folder that is gone afterwards.
func (b *bench) within(run func() error) (err error) {
	if b.scratch, err = os.MkdirTemp("", "bonafide-bench-*"); err != nil {
		return err
	}
	defer os.RemoveAll(b.scratch)
	fmt.Printf("%s, %d cores, %s/%s, %s\n", version(b.binary), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return run()
}

// numbers reads 10000,100000 or "10000 100000", smallest first.
func numbers(s string) (all []int) {
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(f)
		if err != nil || n <= 0 {
			return nil
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}
