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
	keep     Checkpoint
}

// all returns the edges at or over the floor, each once, sorted by records.
func (d *finder) all() ([]Edge, error) {
	if n := float64(d.frame.rows); len(d.rules) == 0 || n*(n-1)/2 <= allPairs {
		return d.every(), nil
	}
	var edges []Edge
	large := make([]map[uint64]bool, len(d.rules)) // keys of split blocks: such a rule does not vouch for all its pairs
	for k := range d.rules {
		var r RuleResult
		ok := false
		if d.keep != nil {
			r, ok = d.keep.LoadRule(k)
		}
		if !ok {
			r = d.rule(k, large)
			if d.keep != nil {
				if err := d.keep.SaveRule(k, r); err != nil {
					return nil, err
				}
			}
		}
		large[k] = map[uint64]bool{}
		for _, key := range r.Large {
			large[k][key] = true
		}
		edges = append(edges, r.Edges...)
		d.notes = append(d.notes, r.Note)
		d.scored += r.Note.Pairs
		if d.progress != nil {
			d.progress(int64(k+1), int64(len(d.rules)))
		}
	}
	return sortEdges(edges), nil
}

// rule scores the pairs of one rule, except those an earlier rule has already had.
func (d *finder) rule(k int, large []map[uint64]bool) RuleResult {
	rule := &d.rules[k]
	var found [parts256][]Edge
	var notes [2]BlockNote
	var big [2][]uint64
	rule.blocks(d.frame, nil, func(w, p int, block []keyed) {
		if len(block) > maxBlock {
			big[w] = append(big[w], block[0].key)
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
	out := RuleResult{Large: append(big[0], big[1]...)}
	slices.Sort(out.Large)
	for p := range found {
		out.Edges = append(out.Edges, found[p]...)
	}
	out.Note = BlockNote{Rule: d.names[k], Pairs: notes[0].Pairs + notes[1].Pairs, Split: notes[0].Split + notes[1].Split,
		Capped: notes[0].Capped + notes[1].Capped, Kept: notes[0].Kept + notes[1].Kept}
	return out
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
