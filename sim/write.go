package sim

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"io"
	"runtime"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Invented is one application and the truth about it.
type Invented struct {
	Application *record.Application
	Truth       Truth
}

// Write invents a population: applications as native JSONL, the truth as CSV
// with a header. Memory is that of a few towns, whatever the population.
func Write(applications, truth io.Writer, o Options) (records int, err error) {
	out := bufio.NewWriterSize(applications, 1<<20)
	rows := csv.NewWriter(truth)
	if err := rows.Write(truthHeader); err != nil {
		return 0, err
	}
	err = Towns(o, encode, func(p written) error {
		if _, err := out.Write(p.lines); err != nil {
			return err
		}
		for _, t := range p.truth {
			if err := rows.Write([]string{t.Record, t.Person, t.Cell, t.Kind, t.Country}); err != nil {
				return err
			}
		}
		records += len(p.truth)
		return nil
	})
	rows.Flush()
	return records, cmp.Or(err, rows.Error(), out.Flush())
}

// written is one town as it goes to files.
type written struct {
	lines []byte
	truth []Truth
}

func encode(town []Invented) (p written, err error) {
	var lines bytes.Buffer
	lines.Grow(len(town) * 8500)
	for _, i := range town {
		if err := json.MarshalWrite(&lines, i.Application); err != nil {
			return p, err
		}
		lines.WriteByte('\n')
		p.truth = append(p.truth, i.Truth)
	}
	p.lines = lines.Bytes()
	return p, nil
}

// Towns invents a population on all cores, a town at a time. What turn makes of
// a town, in any of several goroutines, is given to take one by one in the order
// of the towns. Memory is that of a few towns.
func Towns[T any](o Options, turn func([]Invented) (T, error), take func(T) error) error {
	w := newWorld(o)
	w.settle()
	type part struct {
		made T
		err  error
	}
	workers := max(1, runtime.GOMAXPROCS(0))
	parts := make([]chan part, w.towns())
	for i := range parts {
		parts[i] = make(chan part, 1)
	}
	// Only so many towns are under way at a time.
	room := make(chan struct{}, workers+1)
	next := make(chan int)
	go func() {
		for i := range parts {
			room <- struct{}{}
			next <- i
		}
		close(next)
	}()
	for range workers {
		go func() {
			for i := range next {
				made, err := turn(w.invent(i))
				parts[i] <- part{made, err}
			}
		}()
	}
	var err error
	for i := range parts {
		p := <-parts[i]
		parts[i] = nil
		<-room
		if err = cmp.Or(err, p.err); err == nil { // else drain
			err = take(p.made)
		}
	}
	return err
}

var truthHeader = []string{"record", "person", "cell", "kind", "country"}

// settle draws the operators, sets them among the towns and lets them use
// honest people.
func (w *world) settle() {
	w.inTown = make([][]*persona, w.towns())
	w.cells = make([]*cell, w.Operators)
	sizes, firsts := make([]int, w.Operators), make([]uint64, w.Operators)
	ordinal := uint64(0)
	for n := range w.cells {
		sizes[n] = cellSize(roll(w.Seed, "cell", uint64(n)))
		firsts[n] = ordinal
		ordinal += uint64(sizes[n])
	}
	type use struct {
		victim int
		how    string
	}
	uses := make([][]use, w.Operators)
	var all sync.WaitGroup
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for n := range w.cells {
		all.Add(1)
		gate <- struct{}{}
		go func() {
			defer func() { <-gate; all.Done() }()
			c := w.newCell(n, firsts[n], sizes[n])
			w.cells[n] = c
			note := func(v *person, how string) { uses[n] = append(uses[n], use{v.n, how}) }
			if c.d.chance(0.3) {
				t := c.personas[c.d.upTo(c.size)]
				if v := w.findVictim(c.d, t); v != nil && w.plant(t, v) {
					note(v, "framed-victim")
				}
			}
			for _, t := range c.personas {
				if t.d.chance(0.05) {
					if v := w.findVictim(t.d, t); v != nil {
						t.copied = v
						note(v, "stolen-resume")
					}
				}
			}
		}()
	}
	all.Wait()
	w.victims = map[int]string{}
	for _, some := range uses {
		for _, u := range some {
			if w.victims[u.victim] == "" || u.how == "framed-victim" {
				w.victims[u.victim] = u.how
			}
		}
	}
	for _, c := range w.cells {
		for _, t := range c.personas {
			at := int(stir(w.key^t.key) % uint64(len(w.inTown)))
			w.inTown[at] = append(w.inTown[at], t)
		}
	}
}

// findVictim is somebody honest who applied before the persona, nil after a few tries.
func (w *world) findVictim(d dice, t *persona) *person {
	if w.People == 0 {
		return nil
	}
	at := d.upTo(w.People)
	town := w.town(at / townSize)
	for i := range 40 {
		v := town[(at%townSize+i*7)%len(town)]
		if v.received.AddDate(0, 0, 3).Before(t.received) && v.agency == nil {
			return v
		}
	}
	return nil
}

// invent makes the records of one town, in an order that shows nothing.
func (w *world) invent(town int) []Invented {
	type entry struct {
		p *person
		k int
	}
	var entries []entry
	for _, p := range w.town(town) {
		if how := w.victims[p.n]; how != "" {
			p.is(how)
		}
		times := w.again(p)
		if times > 1 {
			p.is("applied-again")
		}
		entries = append(entries, entry{p, 0})
		for k := 1; k < times; k++ {
			entries = append(entries, entry{w.later(p, k), k})
		}
	}
	for _, t := range w.inTown[town] {
		entries = append(entries, entry{t.person, 0})
	}
	d := roll(w.Seed, "order", uint64(town))
	d.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	all := make([]Invented, len(entries))
	for i, e := range entries {
		a := w.application(e.p, e.k)
		kind := strings.Join(e.p.kinds, "+")
		if kind == "" {
			kind = "plain"
		}
		all[i] = Invented{a, Truth{a.Name(), e.p.truth, e.p.cell, kind, a.Person.Nationality}}
	}
	return all
}
