// Command lost takes apart where the pairs of invented operators go that linking does not show together: by cause, in
// pairs of records. Linking alone, the profiles of bonafide sim, seeds of the method.
//
//	go run ./bench/link/lost -people 10000 -seeds 51,52,53 -evasion 0.35,0.7
package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/gob"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/link"
	"bonafide/record"
	"bonafide/sim"
)

func main() {
	people := flag.Int("people", 10000, "honest people")
	seeds := flag.String("seeds", "51,52,53", "seeds, by comma")
	evasion := flag.String("evasion", "0.35,0.7", "evasions, by comma")
	keep := flag.String("keep", "", "folder to keep profiles in between runs")
	why := flag.Bool("why", true, "print the causes")
	detail = flag.Bool("detail", false, "print each record that something ties to a question it is not in")
	amiss = flag.Bool("wrong", false, "print each question that holds several operators or people")
	flag.Parse()
	for _, ev := range strings.Split(*evasion, ",") {
		all := causes{}
		var right, wrong, truth, falseLinks, oracle int
		fmt.Printf("evasion %s\n", ev)
		n := 0
		var mean float64
		for _, s := range strings.Split(*seeds, ",") {
			t := invent(*people, s, ev, *keep)
			begin := time.Now()
			r := t.measure(all)
			fmt.Printf("  seed %s: precision %.4f recall %.4f oracle %.4f false links per 10,000 %.1f  (%d pairs wrong, %.1f s)\n", s, r.precision(), r.recall(), float64(r.oracle)/float64(r.truth),
				float64(r.falseLinks)*1e4/float64(*people), r.wrong, time.Since(begin).Seconds())
			right, wrong, truth, falseLinks, oracle = right+r.right, wrong+r.wrong, truth+r.truth, falseLinks+r.falseLinks, oracle+r.oracle
			mean += r.recall()
			n++
		}
		sum := result{right, wrong, truth, falseLinks, oracle}
		fmt.Printf("  all: precision %.4f recall %.4f (mean %.4f) oracle %.4f false links per 10,000 %.2f wrong %d\n", sum.precision(), sum.recall(), mean/float64(n), float64(oracle)/float64(truth), float64(falseLinks)*1e4/float64(n**people), wrong)
		if *why {
			all.print(truth)
		}
	}
}

var detail, amiss *bool

type result struct{ right, wrong, truth, falseLinks, oracle int }

func (r result) precision() float64 { return float64(r.right) / float64(max(1, r.right+r.wrong)) }
func (r result) recall() float64    { return float64(r.right) / float64(max(1, r.truth)) }

// town is a population as linking sees it, with its truth.
type town struct {
	Profiles []link.Profile
	Person   map[string]string
	Cell     map[string]string
	Kind     map[string]string
}

func invent(people int, seed, evasion, keep string) *town {
	file := filepath.Join(keep, fmt.Sprintf("town-%d-%s-%s.gob", people, seed, evasion))
	var t town
	if keep != "" {
		if f, err := os.Open(file); err == nil {
			defer f.Close()
			if gob.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&t) == nil {
				return &t
			}
		}
	}
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	e, err := strconv.ParseFloat(evasion, 64)
	if err != nil {
		log.Fatal(err)
	}
	t = town{Person: map[string]string{}, Cell: map[string]string{}, Kind: map[string]string{}}
	var truth bytes.Buffer
	if _, err := sim.Write(&lines{k: link.NewKeyer(nil, false), t: &t}, &truth, sim.Options{People: people, Operators: sim.DefaultOperators(people), Seed: n, Evasion: e}); err != nil {
		log.Fatal(err)
	}
	rows, err := csv.NewReader(&truth).ReadAll()
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range rows[1:] {
		t.Person[r[0]], t.Cell[r[0]], t.Kind[r[0]] = r[1], r[2], r[3]
	}
	if keep != "" {
		f, err := os.Create(file)
		if err != nil {
			log.Fatal(err)
		}
		defer f.Close()
		w := bufio.NewWriterSize(f, 1<<20)
		if err := gob.NewEncoder(w).Encode(&t); err != nil {
			log.Fatal(err)
		}
		w.Flush()
	}
	return &t
}

// lines takes applications as they are written.
type lines struct {
	k    *link.Keyer
	t    *town
	rest []byte
}

func (l *lines) Write(b []byte) (int, error) {
	l.rest = append(l.rest, b...)
	at := 0
	for {
		end := bytes.IndexByte(l.rest[at:], '\n')
		if end < 0 {
			break
		}
		var a record.Application
		if err := json.Unmarshal(l.rest[at:at+end], &a); err != nil {
			return 0, err
		}
		l.t.Profiles = append(l.t.Profiles, l.k.Profile(&a))
		at += end + 1
	}
	l.rest = append(l.rest[:0], l.rest[at:]...)
	return len(b), nil
}

func (t *town) measure(all causes) (r result) {
	b := link.NewBuilder()
	names := make([]string, len(t.Profiles))
	for i := range t.Profiles {
		names[i] = t.Profiles[i].Name
		if _, err := b.Add(t.Profiles[i]); err != nil {
			log.Fatal(err)
		}
	}
	g := b.Build()
	clusters := map[string][]int{}
	cells := map[string][]int{}
	for i, n := range names {
		if c := g.Cluster(uint32(i)); c != "" {
			clusters[c] = append(clusters[c], i)
		}
		if c := t.Cell[n]; c != "" {
			cells[c] = append(cells[c], i)
		}
	}
	two := func(n int) int { return n * (n - 1) / 2 }
	for _, in := range cells {
		r.truth += two(len(in))
	}
	for _, in := range clusters {
		by, people := map[string]int{}, map[string]int{}
		ops := 0
		for _, i := range in {
			if c := t.Cell[names[i]]; c != "" {
				by[c]++
				ops++
			} else {
				people[t.Person[names[i]]]++
			}
		}
		right, same := 0, 0
		for _, n := range by {
			right += two(n)
		}
		for _, n := range people {
			same += two(n)
		}
		r.right += right
		r.wrong += two(len(in)) - right - same
		r.falseLinks += two(len(people)) + len(people)*ops
	}
	if *amiss {
		t.printWrong(g, names, clusters)
	}
	r.oracle = all.take(t, g, names, cells)
	return r
}
