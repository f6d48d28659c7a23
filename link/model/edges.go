package model

import (
	"slices"
)

// Edge is a pair of records with its match weight in bits (prior included).
type Edge struct {
	A, B   uint32 // A < B
	Weight float32
}

// Probability that the pair is one person.
func (e Edge) Probability() float64 { return chance(float64(e.Weight)) }

// finder walks the rules over all records and keeps the pairs over a weight.
type finder struct {
	frame    *Frame
	score    *scorer
	rules    []ruleKey
	names    []string
	linkOnly bool
	floor    float32 // least weight kept, prior included
	progress func(done, total int64)
	scored   int64
	notes    []BlockNote
}

// all returns the edges at or over the floor, each once, sorted by records.
func (d *finder) all() []Edge {
	if n := float64(d.frame.rows); len(d.rules) == 0 || n*(n-1)/2 <= allPairs {
		return d.every()
	}
	var edges []Edge
	large := make([]map[uint64]bool, len(d.rules)) // keys of split blocks: such a rule does not vouch for all its pairs
	for k := range d.rules {
		rule := &d.rules[k]
		var found [parts256][]Edge
		var notes [2]BlockNote
		var big [2]map[uint64]bool
		big[0], big[1] = map[uint64]bool{}, map[uint64]bool{}
		rule.blocks(d.frame, nil, func(w, p int, block []keyed) {
			if len(block) > maxBlock {
				big[w][block[0].key] = true
			}
			rule.walk(d.frame, block, &notes[w], func(a, b uint32) {
				if d.linkOnly && d.frame.source[a] == d.frame.source[b] {
					return
				}
				notes[w].Pairs++
				ra, rb := d.frame.Row(a), d.frame.Row(b)
				pr := d.score.priorOf(a, b)
				sum, ok := d.score.above(ra, rb, d.floor-pr)
				if !ok {
					return
				}
				for e := range k {
					if d.rules[e].same(ra, rb) && !large[e][d.rules[e].of(ra)] {
						return
					}
				}
				notes[w].Kept++
				if a > b {
					a, b = b, a
				}
				found[p] = append(found[p], Edge{a, b, sum + pr})
			})
		})
		large[k] = big[0]
		for key := range big[1] {
			large[k][key] = true
		}
		for p := range found {
			edges = append(edges, found[p]...)
		}
		note := BlockNote{Rule: d.names[k], Pairs: notes[0].Pairs + notes[1].Pairs, Split: notes[0].Split + notes[1].Split,
			Capped: notes[0].Capped + notes[1].Capped, Kept: notes[0].Kept + notes[1].Kept}
		d.notes = append(d.notes, note)
		d.scored += note.Pairs
		if d.progress != nil {
			d.progress(int64(k+1), int64(len(d.rules)))
		}
	}
	return sortEdges(edges)
}

// every compares all pairs: for tables so small that blocking could only lose.
func (d *finder) every() []Edge {
	n := uint32(d.frame.rows)
	var found [2][]Edge
	var count [2]int64
	each(2, func(w int) {
		for a := uint32(w); a < n; a += 2 {
			ra := d.frame.Row(a)
			for b := a + 1; b < n; b++ {
				if d.linkOnly && d.frame.source[a] == d.frame.source[b] {
					continue
				}
				count[w]++
				pr := d.score.priorOf(a, b)
				if sum, ok := d.score.above(ra, d.frame.Row(b), d.floor-pr); ok {
					found[w] = append(found[w], Edge{a, b, sum + pr})
				}
			}
		}
	})
	d.scored = count[0] + count[1]
	edges := sortEdges(append(found[0], found[1]...))
	d.notes = []BlockNote{{Rule: "every pair", Pairs: d.scored, Kept: int64(len(edges))}}
	return edges
}

func sortEdges(edges []Edge) []Edge {
	slices.SortFunc(edges, func(x, y Edge) int {
		if x.A != y.A {
			return int(x.A) - int(y.A)
		}
		return int(x.B) - int(y.B)
	})
	return slices.CompactFunc(edges, func(x, y Edge) bool { return x.A == y.A && x.B == y.B })
}
