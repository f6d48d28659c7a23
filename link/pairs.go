package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/match"
	"bonafide/record"
)

// pairLink is a link found between two subjects rather than through one value:
// near-equal photos, shared sentences, equal careers.
type pairLink struct {
	a, b           uint32
	value          uint64
	shared         uint16
	kind           record.Kind
	aIndex, bIndex uint8
	strength       record.Strength
	part           bool // pictures: one is a part of the other, or both of a third
}

// How sets are compared: a sentence that more than dfMost people have is a
// stock phrase or a popular template and says nothing; where a population has
// so many half-common sentences that the pairs would not fit, the cap falls.
const (
	dfMost      = 40
	dfLeast     = 4
	pairsMost   = 24 << 20
	mixedness   = 8.0   // how much more alike people of one trade are than random pairs
	singlesRare = 0.002 // share of people with one coincidental sentence up to which one still counts
)

// rarities are the steps at which shared sentences are counted: by how many
// people have them. Two that only two people have weigh more than two that
// forty have, and chance is asked at each step on its own.
var rarities = [...]int{2, 3, 5, 8, 12, 20, dfMost}

// shares counts, for one pair of subjects, the shared values at each rarity.
type shares struct {
	a, b uint32
	n    [len(rarities)]uint8
}

// textPairs finds pairs that share rare sentences, more of them than chance
// makes here. The two streams are counted each on its own; a pair takes the
// larger count.
func (b *Builder) textPairs(g *Graph, first, second int) []pairLink {
	kind := streamKind[first]
	pairs := b.sharedCounts(g, first)
	if second >= 0 {
		pairs = mergeShares(pairs, b.sharedCounts(g, second))
	}
	people := float64(len(b.subjects))
	var singles [len(rarities)]float64
	for i := range pairs {
		for r, n := range pairs[i].n {
			if n == 1 {
				singles[r]++
			}
		}
	}
	var need [len(rarities)]int
	for r := range rarities {
		need[r] = sharedNeeded(people, singles[r])
	}
	t := &b.textClimate[first]
	t.Need = need
	for r := range singles {
		t.Single[r] = singles[r] <= singlesRare*people
	}
	if b.climate != nil {
		t = &b.climate.Texts[first]
	}
	var out []pairLink
	for i := range pairs {
		p := pairLink{a: pairs[i].a, b: pairs[i].b, kind: kind, shared: uint16(pairs[i].n[len(rarities)-1])}
		for r, n := range pairs[i].n {
			switch {
			case int(n) >= max(t.Need[r], strongSentences):
				p.strength = record.Strong
			case n == 1 && t.Need[r] <= strongSentences && kind != record.KindCareer && t.Single[r]:
				p.strength = max(p.strength, record.Supporting)
			}
		}
		if kind == record.KindCareer && p.shared < 3 {
			p.strength = min(p.strength, record.Supporting)
		}
		if kind == record.KindPremises {
			if p.strength = 0; p.shared >= premisesDays {
				p.strength = record.Strong
			}
		}
		if p.strength > 0 {
			p.value = match.Mix(uint64(p.a)<<32 | uint64(p.b))
			out = append(out, p)
		}
	}
	return out
}

// strangersFrom is from how many people on more of them are strangers only: whoever
// worked on one thing is as much alike among a million as among a hundred thousand,
// while any two of all are ever less so.
const strangersFrom = 100_000

// sharedNeeded is the smallest number of shared rare sentences that chance
// makes in fewer than one in 10,000 people. singles, the pairs that share
// exactly one, tell how often strangers meet in a sentence at all.
func sharedNeeded(people, singles float64) int {
	pairs := people * people / 2
	rate := mixedness * max(1, people/strangersFrom) * singles / max(pairs, 1)
	expected := pairs
	for s := 1; s < 20; s++ {
		expected *= rate / float64(s)
		if expected <= people*falsePairs {
			return s
		}
	}
	return 20
}

// sharedCounts counts, for every pair of different identities, the values of a
// stream that both have and few others do.
func (b *Builder) sharedCounts(g *Graph, stream int) []shares {
	var histogram [buckets][dfMost + 1]uint64
	each(func(i int) {
		s := b.texts[stream][i]
		slices.Sort(s)
		s = slices.Compact(s)
		b.texts[stream][i] = s
		for lo := 0; lo < len(s); {
			hi := runEnd(s, lo)
			if hi-lo <= dfMost {
				histogram[i][hi-lo]++
			}
			lo = hi
		}
	})
	df, total := 1, uint64(0)
	for d := 2; d <= dfMost; d++ {
		for i := range histogram {
			total += histogram[i][d] * uint64(d*(d-1)/2)
		}
		if total > pairsMost && d > dfLeast {
			break
		}
		df = d
	}
	if b.climate != nil {
		df = b.climate.Texts[stream].MostWriters
	}
	b.textClimate[stream].MostWriters = df
	var keys [buckets][]uint64 // two subjects of 24 bits, then how many people have the value
	each(func(i int) {
		s := b.texts[stream][i]
		room := uint64(0)
		for d := 2; d <= df; d++ {
			room += histogram[i][d] * uint64(d*(d-1)/2)
		}
		keys[i] = make([]uint64, 0, room)
		for lo := 0; lo < len(s); {
			hi := runEnd(s, lo)
			if n := hi - lo; n > pooledFrom && n <= dfMost {
				b.common[stream][i] = append(b.common[stream][i], s[lo:hi]...)
			}
			if n := hi - lo; n > 1 && n <= df {
				for x := lo; x < hi; x++ {
					for y := lo; y < x; y++ {
						u, v := s[x]&(maxCount-1), s[y]&(maxCount-1)
						if !g.sameIdent(uint32(u), uint32(v)) {
							keys[i] = append(keys[i], min(u, v)<<40|max(u, v)<<16|uint64(n))
						}
					}
				}
			}
			lo = hi
		}
		b.texts[stream][i] = nil
	})
	all := slices.Concat(keys[:]...)
	keys = [buckets][]uint64{} // up to two hundred megabytes
	slices.Sort(all)
	distinct := 0
	for i := range all {
		if i == 0 || all[i]>>16 != all[i-1]>>16 {
			distinct++
		}
	}
	out := make([]shares, 0, distinct)
	for lo := 0; lo < len(all); {
		p := shares{a: uint32(all[lo] >> 40), b: uint32(all[lo]>>16) & (maxCount - 1)}
		hi := lo
		for ; hi < len(all) && all[hi]>>16 == all[lo]>>16; hi++ {
			for r, most := range rarities {
				if int(all[hi]&0xffff) <= most && p.n[r] < math.MaxUint8 {
					p.n[r]++
				}
			}
		}
		out = append(out, p)
		lo = hi
	}
	return out
}

func runEnd(s []uint64, lo int) int {
	hi := lo + 1
	for hi < len(s) && s[hi]>>24 == s[lo]>>24 {
		hi++
	}
	return hi
}

// mergeShares joins two lists sorted by pair, taking the larger counts.
func mergeShares(x, y []shares) []shares {
	out := make([]shares, 0, len(x)+len(y)/4)
	order := func() int {
		switch {
		case len(y) == 0:
			return -1
		case len(x) == 0:
			return 1
		}
		return cmp.Or(cmp.Compare(x[0].a, y[0].a), cmp.Compare(x[0].b, y[0].b))
	}
	for len(x) > 0 || len(y) > 0 {
		switch order() {
		case -1:
			out, x = append(out, x[0]), x[1:]
		case 1:
			out, y = append(out, y[0]), y[1:]
		default:
			p := x[0]
			for r := range p.n {
				p.n[r] = max(p.n[r], y[0].n[r])
			}
			out, x, y = append(out, p), x[1:], y[1:]
		}
	}
	return out
}

// half is one side of a pair.
type half struct {
	me, other      uint32
	value          uint64
	shared         uint16
	kind           record.Kind
	index, otherAt uint8
	strength       record.Strength
	part           bool
}

// weighPairs gives each subject one link per kind, with everyone it is paired
// with, under the same rules of direction and excuse as shared values.
func (e *evaluation) weighPairs(pairs []pairLink) {
	halves := make([]half, 0, 2*len(pairs))
	for _, p := range pairs {
		halves = append(halves, half{p.a, p.b, p.value, p.shared, p.kind, p.aIndex, p.bIndex, p.strength, p.part},
			half{p.b, p.a, p.value, p.shared, p.kind, p.bIndex, p.aIndex, p.strength, p.part})
	}
	slices.SortFunc(halves, func(x, y half) int {
		return cmp.Or(cmp.Compare(x.me, y.me), cmp.Compare(x.kind, y.kind), cmp.Compare(e.b.subjects[x.other].name, e.b.subjects[y.other].name))
	})
	if e.b.climate == nil {
		e.everyday(pairs)
	}
	for lo := 0; lo < len(halves); {
		hi := lo + 1
		for hi < len(halves) && halves[hi].me == halves[lo].me && halves[hi].kind == halves[lo].kind {
			hi++
		}
		e.weighHalves(halves[lo:hi])
		lo = hi
	}
}

// everyday notes the kinds of which those pairs that nothing else links are more
// than a kind of evidence may make: by itself such a pair says nothing.
func (e *evaluation) everyday(pairs []pairLink) {
	var n [record.Kinds]float64
	for _, p := range pairs {
		if another, _ := e.corroborated(e.g.ident.find(p.a), e.g.ident.find(p.b), p.kind); p.strength == record.Supporting && !another {
			n[p.kind]++
		}
	}
	for k := range n {
		e.daily[k] = e.daily[k] || n[k] >= habit && n[k] > falsePairs*float64(e.people())
	}
}

func (e *evaluation) weighHalves(hs []half) {
	me := &e.b.subjects[hs[0].me]
	k := hs[0].kind
	mine := e.g.firstSeen[e.g.ident.find(hs[0].me)]
	f := found{subject: hs[0].me, kind: k, otherKind: k, index: hs[0].index, otherIndex: hs[0].otherAt, value: hs[0].value}
	var counted, planted, excused []uint32
	idents := map[uint32]bool{}
	why := record.Agency
	f.flags |= foundPart // unless one of them is the whole picture
	for _, h := range hs {
		if !h.part {
			f.flags &^= foundPart
		}
		o := &e.b.subjects[h.other]
		if me.agency != 0 && me.agency == o.agency && k.Family() == record.CV {
			excused = append(excused, h.other)
			continue
		}
		if k == record.KindPremises && e.oneHome(me, o) {
			excused, why = append(excused, h.other), record.Household
			continue
		}
		another, held := e.corroborated(e.g.ident.find(h.me), e.g.ident.find(h.other), k)
		theirs := e.g.firstSeen[e.g.ident.find(h.other)]
		if !k.Held() && !held && (theirs > mine || me.proven && !o.proven) {
			planted = append(planted, h.other)
			continue
		}
		if another {
			f.flags |= foundCorroborated
		}
		if theirs <= mine {
			f.flags |= foundLater
		}
		counted = append(counted, h.other)
		idents[e.g.ident.find(h.other)] = true
		f.strength, f.shared = max(f.strength, h.strength), max(f.shared, h.shared)
	}
	if len(counted) == 0 {
		counted, f.excuse = planted, record.EarlierOwner
		if len(planted) == 0 {
			counted, f.excuse = excused, why
		}
		for _, h := range hs {
			f.shared = max(f.shared, h.shared)
		}
		for _, s := range counted {
			idents[e.g.ident.find(s)] = true
		}
	}
	if e.daily[k] && f.strength == record.Supporting && f.flags&foundCorroborated == 0 {
		f.strength = record.Weak
	}
	f.identities = uint32(len(idents))
	f.firstOther, f.otherCount = uint32(len(e.others)), uint8(min(len(counted), 5))
	e.others = append(e.others, counted[:min(len(counted), 5)]...)
	e.found = append(e.found, f)
}
