package index

import (
	"cmp"
	"math"
	"slices"

	"bonafide/link"
	"bonafide/record"
)

// Linked is one record that shares something with the one asked about, with every part of the reason.
type Linked struct {
	At    int64 // received, Unix seconds
	Joins bool  // enough for one operator question
	Own   bool  // odds for one operator, by a value that is somebody's own: worth a look
	link.Weighed
}

func (l *Linked) standing() int {
	switch {
	case l.Joins:
		return 2
	case l.Own:
		return 1
	}
	return 0
}

// Common is a value of the one asked about that so many hold that it links nobody.
type Common struct {
	Kind    record.Kind `json:"kind"`
	Index   uint8       `json:"index"`
	Holders int         `json:"holders"`
	AtLeast bool        `json:"at_least,omitempty"` // there are more; nobody counted on
}

// Answer is whom one profile links to.
type Answer struct {
	Records int      // in the index
	Known   bool     // the record itself stands in the index
	Links   []Linked // other identities: those that join, those worth a look, the rest; by bits, then by name
	Same    []string // records of the same identity, by name
	Common  []Common // values too common to link anybody
	Phrases int      // sentences too common to link anybody
	More    int      // further records that share something weaker, not weighed
}

const (
	linkMost      = 64 // holders up to which a value brings candidates; link counts no value beyond sixty
	weighMost     = 50 // candidates that are weighed, those that share the rarest first
	bucketMost    = 4096
	photoDistance = 7 // exact look-up up to here; link says what is near
)

// Who answers whom a profile links to. The profile need not stand in the index.
func (x *Index) Who(p *link.Profile) (Answer, error) {
	l := lean(p)
	x.files.RLock()
	defer x.files.RUnlock()
	return x.who(&l)
}

// hit says that a subject holds a value: the subject above, which of the values asked below.
type hit uint64

func hitOf(id uint32, value int) hit { return hit(id)<<32 | hit(value) }
func (h hit) id() uint32             { return uint32(h >> 32) }

type tally struct {
	value uint64
	n     int
}

// asking is the work of one question.
type asking struct {
	x      *Index
	p      *link.Profile
	live   int    // how many stood when it began
	self   uint32 // the record's own subject, gone when it is not in the index
	hits   []hit
	counts []tally   // by value: how many hold it, the record itself included
	rare   []float32 // by place in asked: log2 of records over holders
	asked  []uint64
	home   map[uint64][]resident
	err    error
	ids    []uint32
	both   []link.Sentence
	warm   warm
}

func (x *Index) who(p *link.Profile) (Answer, error) {
	out, _, err := x.whoWith(p, false)
	return out, err
}

// whoWith is who, with the profiles of all it names if they are to be kept.
func (x *Index) whoWith(p *link.Profile, keep bool) (Answer, map[string]*link.Profile, error) {
	a := &asking{x: x, p: p, self: gone, live: x.standing()}
	const many = 64 // values of most profiles, and more
	a.hits, a.counts, a.rare, a.asked, a.ids = make([]hit, 0, 8*many), make([]tally, 0, many), make([]float32, 0, many), make([]uint64, 0, many), make([]uint32, 0, many)
	out := Answer{Records: a.live}
	id, known, err := x.byName(p.Self)
	if err != nil {
		return out, nil, err
	}
	if out.Known = known; known {
		a.self = id
	}
	if err := a.lookAhead(); err != nil {
		return out, nil, err
	}
	for i := range p.Keys {
		k := &p.Keys[i]
		if n := a.value(k.Value); n > linkMost {
			out.Common = append(out.Common, Common{Kind: k.Kind, Index: k.Index, Holders: n})
		}
	}
	for i := range p.Sentences {
		if n := a.value(p.Sentences[i].Value); n > linkMost {
			out.Phrases++
		}
	}
	for i := range p.Photos {
		if n := a.photo(p.Photos[i]); n > 0 {
			out.Common = append(out.Common, Common{p.Photos[i].Kind, p.Photos[i].Index, n, n == photoCrowd})
		}
	}
	if a.err != nil {
		return out, nil, a.err
	}
	slices.SortFunc(a.counts, func(x, y tally) int { return cmp.Compare(x.value, y.value) })
	candidates := a.candidates(&out.More)
	out.Links = make([]Linked, 0, len(candidates))
	pop := x.population(a)
	var profiles map[string]*link.Profile
	if keep {
		profiles = make(map[string]*link.Profile, len(candidates))
	}
	q, mine := new(link.Profile), valuesOf(p)
	rows, err := a.rowsOf(candidates)
	if err != nil {
		return out, nil, err
	}
	for _, b := range rows {
		if len(b) == 0 {
			continue // gone since it was found
		}
		if !readRowOf(b, q, mine) {
			return out, nil, damaged(x.dir, "a row cannot be read")
		}
		if q.Self == p.Self {
			continue // a version of the one asked about that came in since
		}
		w := a.weigh(pop, q)
		w.Same = w.Same || samePerson(p, q, &w)
		switch {
		case a.err != nil:
			return out, nil, a.err
		case len(w.Steps) == 0: // 48 bits agreed and the rest did not
			continue
		case w.Same:
			out.Same = append(out.Same, q.Name)
		default:
			l := Linked{At: q.At, Weighed: w}
			l.Joins, l.Own = joins(p, q, &w)
			out.Links = append(out.Links, l)
		}
		if l := len(out.Links); keep && (w.Same || l > 0 && out.Links[l-1].Joins) {
			whole, ok := readRow(b)
			if !ok {
				return out, nil, damaged(x.dir, "a row cannot be read")
			}
			profiles[q.Name] = &whole
		}
	}
	slices.SortFunc(out.Links, func(x, y Linked) int {
		return cmp.Or(y.standing()-x.standing(), cmp.Compare(y.Total, x.Total), cmp.Compare(x.With, y.With))
	})
	slices.Sort(out.Same)
	return out, profiles, nil
}

// weigh weighs a pair by the texts they share: the others add nothing, and most pairs share none.
func (a *asking) weigh(pop *link.Population, q *link.Profile) link.Weighed {
	a.both = a.both[:0]
	x, y := a.p.Sentences, q.Sentences
	for len(x) > 0 && len(y) > 0 {
		switch c := cmp.Or(cmp.Compare(x[0].Kind, y[0].Kind), cmp.Compare(x[0].Value, y[0].Value)); {
		case c < 0:
			x = x[1:]
		case c > 0:
			y = y[1:]
		default:
			a.both = append(a.both, x[0])
			x, y = x[1:], y[1:]
		}
	}
	mine, theirs := *a.p, *q
	mine.Sentences, theirs.Sentences = a.both, a.both
	return pop.Weigh(&mine, &theirs)
}

// value notes who holds a value, and gives how many do, the record itself included.
func (a *asking) value(v uint64) int {
	if slices.ContainsFunc(a.counts, func(t tally) bool { return t.value == v }) {
		return 0
	}
	ids, n, err := a.x.holdersIn(a.warm.of(len(a.counts), len(a.x.segs)), v, linkMost, a.ids[:0])
	a.ids = ids
	if err != nil {
		a.err = err
		return 0
	}
	if a.self == gone {
		n++
	}
	a.counts = append(a.counts, tally{v, n})
	if n > linkMost {
		return n
	}
	at := a.ask(v, float32(math.Log2(float64(a.live+1)/float64(n))))
	for _, id := range ids {
		if id != a.self {
			a.hits = append(a.hits, hitOf(id, at))
		}
	}
	return n
}

func (a *asking) ask(v uint64, rare float32) int {
	a.asked, a.rare = append(a.asked, v), append(a.rare, rare)
	return len(a.asked) - 1
}

// candidates are the subjects to be weighed: those whose shared values are rarest together, those with the smaller digest
// first where that is equal, and nothing that depends on the order of arrival.
func (a *asking) candidates(more *int) []uint32 {
	slices.Sort(a.hits)
	type candidate struct {
		id    uint32
		rare  float32
		value uint64
	}
	all := make([]candidate, 0, len(a.hits))
	for i, h := range a.hits {
		if i > 0 && h == a.hits[i-1] {
			continue
		}
		v := uint32(h)
		if n := len(all); n > 0 && all[n-1].id == h.id() {
			all[n-1].rare += a.rare[v]
			all[n-1].value = min(all[n-1].value, a.asked[v])
		} else {
			all = append(all, candidate{h.id(), a.rare[v], a.asked[v]})
		}
	}
	if len(all) > weighMost {
		room := make([]float32, len(all))
		for i := range all {
			room[i] = all[i].rare
		}
		slices.Sort(room)
		least := room[len(room)-weighMost] // who is below it is out, before anything is compared by value
		left := len(all)
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.rare < least })
		left -= len(all)
		slices.SortFunc(all, func(x, y candidate) int {
			switch {
			case x.rare != y.rare:
				return cmp.Compare(y.rare, x.rare)
			case x.value != y.value:
				return cmp.Compare(x.value, y.value)
			}
			return cmp.Compare(x.id, y.id)
		})
		n, last := weighMost, all[weighMost-1]
		for n < len(all) && all[n].rare == last.rare && all[n].value == last.value {
			n++ // equals are in together
		}
		*more = left + len(all) - n
		all = all[:n]
	}
	out := make([]uint32, len(all))
	for i, c := range all {
		out[i] = c.id
	}
	return out
}

// population is what weighing asks of everybody else.
func (x *Index) population(a *asking) *link.Population {
	count := func(v uint64) int {
		if i, ok := slices.BinarySearchFunc(a.counts, v, func(t tally, v uint64) int { return cmp.Compare(t.value, v) }); ok {
			return a.counts[i].n
		}
		return 2
	}
	records := a.live
	if a.self == gone {
		records++
	}
	return &link.Population{Records: records, Persona: cmp.Or(x.Persona, x.shipped), Holders: count, Writers: func(_ record.Kind, v uint64) int { return count(v) },
		AtHome: a.atHome, Photos: x.photos()}
}

// photos is how many perceptual hashes the index holds, about.
func (x *Index) photos() (n int) {
	for _, s := range x.segs {
		n += int(s.at[1].nWords)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	return n + len(x.delta.photos.all)
}

// hasParts says whether any picture came with hashes of its parts.
func (x *Index) hasParts() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.delta.parts.rows) > 0 || slices.ContainsFunc(x.segs, func(s *segment) bool { return s.photos.partly.n > 0 })
}

type resident struct{ who, flat uint64 }

// atHome is how many people live in a flat, or in that building without a flat named.
func (a *asking) atHome(door, flat uint64) int {
	all, ok := a.home[door]
	if !ok {
		ids, n, err := a.x.holders(door, nil)
		if err != nil {
			a.err = err
			return 0
		}
		if n > len(ids) {
			return n // a residence
		}
		if a.p.Door == door {
			all = append(all, residentOf(a.p))
		}
		var q link.Profile
		for _, id := range ids {
			b, err := a.x.rowOf(id)
			if err != nil {
				a.err = err
				return 0
			}
			if len(b) > 0 && readRowOf(b, &q, noValues) && q.Door == door {
				all = append(all, residentOf(&q))
			}
		}
		slices.SortFunc(all, func(x, y resident) int { return cmp.Or(cmp.Compare(x.who, y.who), cmp.Compare(y.flat, x.flat)) })
		all = slices.CompactFunc(all, func(x, y resident) bool { return x.who == y.who })
		if a.home == nil {
			a.home = map[uint64][]resident{}
		}
		a.home[door] = all
	}
	n := 0
	for _, r := range all {
		if flat == 0 || r.flat == 0 || r.flat == flat {
			n++
		}
	}
	return n
}

// residentOf tells people apart by name and birth date; whoever gave neither, by the record.
func residentOf(p *link.Profile) resident {
	h := p.Person.Day
	for _, t := range p.Person.Tokens {
		h += t * t // the parts of a name in any order
	}
	return resident{cmp.Or(h, p.Self), p.Flat}
}
