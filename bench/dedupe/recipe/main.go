// Recipe writes the made-up population the linkage bench runs on: 80 % distinct
// persons, 20 % noisy copies of random ones. Every row is computed from the seed and its number, so any size
// needs no memory and two runs write equal bytes.
//
//	go run ./bench/dedupe/recipe -rows 1000000 [-names DIR] > people.csv
//
// -names is a folder with male-first-names.csv, female-first-names.csv and last-names.csv (columns name, count),
// as the clkhash package on PyPI carries them in clkhash/data. Without it names are syllables with a similar spread.
package main

import (
	"bufio"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
)

// names is a list drawn from by frequency.
type names struct {
	text []string
	upTo []float64 // cumulated share
}

func (n *names) pick(r *rand.Rand) string {
	i := sort.SearchFloat64s(n.upTo, r.Float64()*n.upTo[len(n.upTo)-1])
	return n.text[min(i, len(n.text)-1)]
}

func (n *names) add(name string, count float64) {
	if len(n.upTo) > 0 {
		count += n.upTo[len(n.upTo)-1]
	}
	n.text = append(n.text, name)
	n.upTo = append(n.upTo, count)
}

func readNames(files ...string) (*names, error) {
	var n names
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		f.Close()
		if err != nil {
			return nil, err
		}
		for _, row := range rows[1:] {
			c, err := strconv.ParseFloat(strings.TrimSpace(row[len(row)-1]), 64)
			if err == nil && c > 0 {
				n.add(strings.TrimSpace(row[0]), c)
			}
		}
	}
	return &n, nil
}

// invented makes k pronounceable names whose frequencies fall as rank to the power of -slope.
func invented(k int, slope float64, seed uint64) *names {
	r := rand.New(rand.NewPCG(seed, 5))
	on := strings.Fields("b br c ch d f g gr h j k l m n p pr r s sh st t th v w")
	vo := strings.Fields("a e i o u ai ea ie oo")
	co := []string{"", "", "n", "r", "l", "s", "t", "ck", "m"}
	var n names
	seen := map[string]bool{}
	for rank := 1; rank <= k; {
		var b strings.Builder
		for range 2 + r.IntN(2) {
			b.WriteString(on[r.IntN(len(on))] + vo[r.IntN(len(vo))] + co[r.IntN(len(co))])
		}
		name := strings.ToUpper(b.String()[:1]) + b.String()[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		n.add(name, math.Pow(float64(rank), -slope))
		rank++
	}
	return &n
}

type person struct{ first, last, dob, postcode, phone, email string }

type population struct {
	first, last *names
	seed        uint64
	people      int
}

func (p *population) person(i int) person {
	r := rand.New(rand.NewPCG(p.seed, uint64(i)<<1))
	first, last := p.first.pick(r), p.last.pick(r)
	dob := time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(16_000)).Format("2006-01-02")
	return person{first, last, dob, strconv.Itoa(10_000 + r.IntN(20_001)), fmt.Sprintf("555%07d", r.IntN(10_000_000)),
		fmt.Sprintf("%s.%s%d@example.com", strings.ToLower(first), strings.ToLower(last), r.IntN(1000))}
}

// copyOf returns whom row is a copy of, and the copy with its errors.
func (p *population) copyOf(row int) (int, person) {
	r := rand.New(rand.NewPCG(p.seed, uint64(row)<<1|1))
	of := r.IntN(p.people)
	x := p.person(of)
	if r.Float64() < 0.3 && len(x.first) > 1 {
		i := r.IntN(len(x.first))
		x.first = x.first[:i] + x.first[i+1:]
	}
	if r.Float64() < 0.2 && len(x.last) > 2 {
		x.last = x.last[:2] + "x" + x.last[3:]
	}
	if d := r.Float64(); d < 0.15 {
		x.dob = x.dob[:8] + "01"
	} else if d < 0.2 {
		x.dob = ""
	}
	if r.Float64() < 0.3 {
		x.postcode = strconv.Itoa(10_000 + r.IntN(20_001))
	}
	if r.Float64() < 0.4 {
		x.phone = ""
	}
	if e := r.Float64(); e < 0.4 {
		x.email = ""
	} else if e < 0.6 {
		x.email = fmt.Sprintf("user%d@example.org", r.IntN(1_000_000_000))
	}
	return of, x
}

func main() {
	rows := flag.Int("rows", 1_000_000, "rows to write")
	dir := flag.String("names", "", "folder with name frequencies")
	seed := flag.Uint64("seed", 1, "seed")
	flag.Parse()
	log.SetFlags(0)
	p := &population{seed: *seed, people: *rows * 8 / 10}
	if *dir == "" {
		p.first, p.last = invented(5_000, 1.0, 1), invented(80_000, 0.9, 2)
	} else {
		var err error
		if p.first, err = readNames(filepath.Join(*dir, "male-first-names.csv"), filepath.Join(*dir, "female-first-names.csv")); err != nil {
			log.Fatal(err)
		}
		if p.last, err = readNames(filepath.Join(*dir, "last-names.csv")); err != nil {
			log.Fatal(err)
		}
	}
	w := bufio.NewWriterSize(os.Stdout, 1<<20)
	fmt.Fprintln(w, "id,first_name,last_name,dob,postcode,phone,email,person")
	for i := range *rows {
		of := i
		var x person
		if i < p.people {
			x = p.person(i)
		} else {
			of, x = p.copyOf(i)
		}
		fmt.Fprintf(w, "%d,%s,%s,%s,%s,%s,%s,%d\n", i, x.first, x.last, x.dob, x.postcode, x.phone, x.email, of)
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
}
