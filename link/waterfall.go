package link

import (
	"cmp"
	"slices"

	"bonafide/record"
)

// waterfallsMost bounds how many sums a record is shown with.
const waterfallsMost = 5

// keepTies keeps what the sums are made of.
func (g *Graph) keepTies(e *evaluation) {
	g.ties, g.persona = e.ties, e.persona
	g.byOther = make([]uint64, len(g.ties))
	for i := range g.ties {
		g.byOther[i] = uint64(g.ties[i].b)<<32 | uint64(i)
	}
	slices.Sort(g.byOther)
	g.speaker = map[uint32]uint32{}
	for i := range g.subjects {
		r := g.ident.up[i]
		s, ok := g.speaker[r]
		if !ok {
			s = r
		}
		if uint32(i) != r && g.subjects[i].name < g.subjects[s].name && g.subjects[i].name != "" {
			g.speaker[r] = uint32(i)
		}
	}
}

// Persona is the model that this population taught, for look-ups that weigh
// further pairs against it.
func (g *Graph) Persona() *Persona { return g.persona }

// Waterfalls is why a subject is shown with others, sum by sum, the weightiest
// first and at most five. Only what counts for a question about this subject is
// kept: what others claimed after it stands there with nothing kept.
func (g *Graph) Waterfalls(i uint32) []record.Waterfall {
	x := g.ident.find2(i)
	var out []record.Waterfall
	add := func(other uint32, of []tie) {
		w := g.waterfall(x, other, of)
		if w.Total > 0 || w.Decided != "" || w.Families() > 0 && g.clusters[x] != 0 && g.clusters[x] == g.clusters[other] {
			out = append(out, w)
		}
	}
	from, _ := slices.BinarySearchFunc(g.ties, x, func(t tie, x uint32) int { return cmp.Compare(t.a, x) })
	to := from
	for to < len(g.ties) && g.ties[to].a == x {
		to++
	}
	eachPair(g.ties[from:to], func(_, b uint32, of []tie) { add(b, of) })
	at, _ := slices.BinarySearch(g.byOther, uint64(x)<<32)
	for at < len(g.byOther) && uint32(g.byOther[at]>>32) == x {
		lo := int(uint32(g.byOther[at]))
		hi := lo
		for hi < len(g.ties) && g.ties[hi].a == g.ties[lo].a && g.ties[hi].b == x {
			hi++
		}
		add(g.ties[lo].a, g.ties[lo:hi])
		at += hi - lo
	}
	for key := range g.decided { // those that share nothing
		a, b := uint32(key>>32), uint32(key)
		if b == x {
			a, b = b, a
		}
		if a == x && !slices.ContainsFunc(out, func(w record.Waterfall) bool { return w.With == g.nameOf(b) }) {
			out = append(out, g.waterfall(x, b, nil))
		}
	}
	slices.SortFunc(out, func(a, b record.Waterfall) int {
		return cmp.Or(cmp.Compare(min(1, len(b.Decided)), min(1, len(a.Decided))), cmp.Compare(b.Total, a.Total), cmp.Compare(a.With, b.With))
	})
	return out[:min(len(out), waterfallsMost)]
}

// waterfall is the sum of one pair, as it counts for a question about x.
func (g *Graph) waterfall(x, other uint32, of []tie) record.Waterfall {
	w := record.Waterfall{With: g.nameOf(other), Decided: g.decided[pairKey(x, other)]}
	held := heldBetween(of)
	steps := make([]weighedStep, 0, len(of))
	for _, t := range of {
		s := record.Step{Kind: t.kind, Holders: int(t.holders), Held: t.kind.Held(), Value: t.value, Part: t.part}
		s.Bits, s.M, s.U = g.persona.bits(t.kind, int(t.level), g.people, 0)
		mine := uint8(drawsA)
		if t.b == x {
			mine = drawsB
		}
		if t.draws&mine == 0 && !held {
			s.Excuse = record.EarlierOwner
		}
		steps = append(steps, weighedStep{s, storyAt(t.kind, int(t.level))})
	}
	g.persona.sum(&w, steps, g.people)
	return w
}

// nameOf is the smallest record name of an identity.
func (g *Graph) nameOf(ident uint32) string {
	if s, ok := g.speaker[ident]; ok {
		return g.subjects[s].name
	}
	return g.subjects[ident].name
}
