package index

import (
	"slices"
	"time"

	"bonafide/link"
)

// Learned says when a climate was learned, from how many records, and how many questions there were.
type Learned struct {
	At        int64 `json:"at"` // Unix seconds
	Records   int   `json:"records"`
	Questions int   `json:"questions"`
}

// Learned is what is known of the climate by which questions are answered; there is false where there is none.
func (x *Index) Learned() (l Learned, there bool) {
	x.files.RLock()
	defer x.files.RUnlock()
	if x.climate == nil {
		return l, false
	}
	if x.man.Learned != nil {
		return *x.man.Learned, true
	}
	return Learned{Records: x.climate.People, Questions: x.climate.Questions}, true
}

// LearnMost is how many records can be learned from: as many as one graph can hold.
const LearnMost = 16_000_000

// Learn looks at all records together, as screening them would, and keeps what that teaches (link.Climate): operator
// questions are answered by it from then on, whatever comes in later, until Learn is called again. Until it is done, and
// whatever happens meanwhile, the climate from before stands. step is told what is being done. learned is false where the
// index holds too few records for it or more than most; then nothing changes.
func (x *Index) Learn(now time.Time, most int, step func(what string, done, of int)) (learned bool, err error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.readOnly {
		return false, forReading()
	}
	if x.live < 2 || x.live > most {
		return false, nil
	}
	if err := x.flush(); err != nil {
		return false, err
	}
	b, err := x.builder(step)
	if err != nil {
		return false, err
	}
	b.Watch(func(what string) { step(what, 0, 0) })
	c := b.Learn()
	return true, x.keepClimate(c, Learned{now.Unix(), x.live, c.Questions})
}

// builder holds all records, in the order of their numbers, with what may link them: nine tenths of all values one record alone has,
// or so many that nobody is linked by them.
func (x *Index) builder(step func(what string, done, of int)) (*link.Builder, error) {
	step("values are counted", 0, 0)
	shared, err := x.sharing()
	if err != nil {
		return nil, err
	}
	b := link.NewBuilder()
	b.UsePersona(x.Persona)
	var p link.Profile
	every := x.delta.from/10 + 1
	for id := uint32(0); id < x.delta.from; id++ {
		if id%every == 0 {
			step("records are read", int(id), int(x.delta.from))
		}
		row, err := x.rowOf(id)
		if err != nil {
			return nil, err
		}
		if len(row) == 0 || x.dead.has(id) {
			continue
		}
		if !readRowTo(row, &p) {
			return nil, damaged(x.dir, "a row cannot be read")
		}
		shared.only(&p, b.Alone)
		mine := p
		mine.Person.Tokens, mine.Live = slices.Clone(p.Person.Tokens), slices.Clone(p.Live) // the builder keeps these
		if _, err := b.Add(mine); err != nil {
			return nil, err
		}
	}
	return b, nil
}
