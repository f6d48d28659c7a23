package index

import (
	"slices"

	"bonafide/link"
)

// Bounds of what is looked at to answer one operator question.
const (
	aroundMost = 6000 // records
	rounds     = 6    // how often a question that grew is looked at again
	keyMost    = 60   // holders from which on link counts no value
	textMost   = 40   // writers from which on it counts no text
	secondMost = 40   // holders of a value that leads on from a neighbour
)

// around is the neighbourhood of one question: records within two steps of its members. Linking weighs it under the climate
// of everybody (link.Climate), so that its questions are those of the whole population.
type around struct {
	x     *Index
	p     *link.Profile // asked about
	me    uint32        // its subject, or gone: then it stands in the place of one
	rows  map[uint32]*link.Profile
	order []uint32
	step  map[uint32]int // how many steps from each record were taken
	count map[uint64]int // holders of a value
	ids   []uint32
}

// questionAround is question where there is a climate.
func (x *Index) questionAround(p *link.Profile) (names []string, whole bool, err error) {
	a := &around{x: x, p: p, me: gone, rows: map[uint32]*link.Profile{}, step: map[uint32]int{}, count: map[uint64]int{}}
	id, known, err := x.byName(p.Self)
	if err != nil {
		return nil, false, err
	}
	if known {
		a.me = id
	}
	a.rows[a.me], a.order = p, append(a.order, a.me)
	members := []uint32{a.me}
	for range rounds {
		size := len(a.order)
		for _, id := range members {
			if err := a.walk(id, 2); err != nil {
				return nil, false, err
			}
		}
		if len(a.order) > aroundMost {
			return nil, false, nil
		}
		if size == len(a.order) && size > 1 {
			break
		}
		if members, err = a.link(); err != nil {
			return nil, false, err
		}
		if len(members) == 0 {
			return nil, true, nil
		}
	}
	for _, id := range members {
		names = append(names, a.rows[id].Name)
	}
	slices.Sort(names)
	return slices.Compact(names), true, nil
}

// walk takes in who is so many steps away from a record.
func (a *around) walk(id uint32, steps int) error {
	if a.step[id] >= steps || len(a.order) > aroundMost {
		return nil
	}
	a.step[id] = steps
	near, err := a.near(a.rows[id], id, steps)
	if err != nil {
		return err
	}
	for _, n := range near {
		if err := a.take(n); err != nil {
			return err
		}
		if steps > 1 && a.rows[n] != nil {
			if err := a.walk(n, steps-1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *around) take(id uint32) error {
	if a.rows[id] != nil {
		return nil
	}
	b, err := a.x.rowOf(id)
	if err != nil || len(b) == 0 {
		return err
	}
	p, ok := readRow(b)
	if !ok {
		return damaged(a.x.dir, "a row cannot be read")
	}
	a.rows[id], a.order = &p, append(a.order, id)
	return nil
}

// near is who shares a value with a profile that not too many hold, or lives in the same building, in the order of numbers.
func (a *around) near(p *link.Profile, id uint32, steps int) ([]uint32, error) {
	var out []uint32
	keys, texts := keyMost, textMost
	if steps == 1 {
		keys, texts = secondMost, secondMost
	}
	look := func(v uint64, most int) error {
		ids, n, err := a.holders(v)
		if err == nil && n <= most {
			out = append(out, ids...)
		}
		return err
	}
	for i := range p.Keys {
		if err := look(p.Keys[i].Value, keys); err != nil {
			return nil, err
		}
	}
	for i := range p.Sentences {
		if err := look(p.Sentences[i].Value, texts); err != nil {
			return nil, err
		}
	}
	if p.Door != 0 {
		if err := look(p.Door, crowdMost); err != nil {
			return nil, err
		}
	}
	ask := &asking{x: a.x, p: p, self: gone}
	for _, ph := range p.Photos {
		ask.photo(ph)
	}
	for _, h := range ask.hits {
		out = append(out, h.id())
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(n uint32) bool { return n == id || n == a.me }), ask.err
}

// holders is who holds a value; n counts the one asked about too when it is new.
func (a *around) holders(v uint64) (ids []uint32, n int, err error) {
	a.ids, n, err = a.x.holders(v, a.ids[:0])
	if a.me == gone && a.has(v) {
		n++
	}
	a.count[v] = n
	return a.ids, n, err
}

// has says whether the one asked about holds a value.
func (a *around) has(v uint64) bool {
	found := false
	postingsOf(a.p, func(t int, w uint64) { found = found || t == tableKeys && (w^v)&valueMask == 0 })
	return found
}

// link builds the graph of the neighbourhood and gives the subjects in the question of the one asked about. A value counts
// where all its holders are there: at the edge it would look rarer than it is.
func (a *around) link() ([]uint32, error) {
	here := map[uint64]int{}
	each := func(p *link.Profile, f func(uint64)) {
		for i := range p.Keys {
			if i == 0 || !slices.ContainsFunc(p.Keys[:i], func(k link.Key) bool { return k.Value == p.Keys[i].Value }) {
				f(p.Keys[i].Value)
			}
		}
		for i := range p.Sentences {
			f(p.Sentences[i].Value)
		}
	}
	slices.Sort(a.order)
	for _, id := range a.order {
		each(a.rows[id], func(v uint64) { here[v]++ })
	}
	counts := func(v uint64, most int) (bool, error) {
		n := here[v]
		if n < 2 {
			return false, nil
		}
		all, ok := a.count[v]
		if !ok {
			var err error
			if _, all, err = a.holders(v); err != nil {
				return false, err
			}
		}
		return all <= most && all <= n, nil
	}
	b := link.NewBuilder()
	b.UseClimate(a.x.climate)
	mine := uint32(0)
	for i, id := range a.order {
		if id == a.me {
			mine = uint32(i)
		}
		p := *a.rows[id]
		var err error
		p.Keys = keep(p.Keys, func(k link.Key) bool {
			ok, e := counts(k.Value, keyMost)
			err = first(err, e)
			return ok
		})
		p.Sentences = keep(p.Sentences, func(s link.Sentence) bool {
			ok, e := counts(s.Value, textMost)
			err = first(err, e)
			return ok
		})
		if err != nil {
			return nil, err
		}
		for i := range p.Sentences {
			p.Sentences[i].Value = spread(p.Sentences[i].Value)
		}
		if _, err := b.Add(p); err != nil {
			return nil, err
		}
	}
	g := b.Build()
	cluster := g.Cluster(mine)
	if cluster == "" {
		return nil, nil
	}
	var members []uint32
	for i, id := range a.order {
		if g.Cluster(uint32(i)) == cluster {
			members = append(members, id)
		}
	}
	return members, nil
}

func keep[T any](all []T, f func(T) bool) (out []T) {
	for _, x := range all {
		if f(x) {
			out = append(out, x)
		}
	}
	return out
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
