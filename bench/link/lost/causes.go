package main

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"bonafide/link"
	"bonafide/record"
)

// causes is how many pairs of records each cause loses.
type causes map[string]int

// take attributes every lost pair of one population, and returns how many pairs an oracle would find, who knows which
// shared values are true.
func (c causes) take(t *town, g *link.Graph, names []string, cells map[string][]int) (oracle int) {
	ties := map[[2]uint32][]link.Tie{}
	g.EachTie(func(x link.Tie) { ties[[2]uint32{x.A, x.B}] = append(ties[[2]uint32{x.A, x.B}], x) })
	holders := map[uint64]map[uint32]bool{}
	for i := range t.Profiles {
		for _, k := range t.Profiles[i].Keys {
			if t.Cell[names[i]] != "" {
				holders[k.Value] = map[uint32]bool{}
			}
		}
	}
	for i := range t.Profiles {
		if t.Cell[names[i]] != "" {
			for _, s := range t.Profiles[i].Sentences {
				holders[s.Value] = map[uint32]bool{}
			}
		}
	}
	for i := range t.Profiles {
		for _, s := range t.Profiles[i].Sentences {
			if h := holders[s.Value]; h != nil {
				h[g.Identity(uint32(i))] = true
			}
		}
		for _, k := range t.Profiles[i].Keys {
			if h := holders[k.Value]; h != nil {
				h[g.Identity(uint32(i))] = true
			}
		}
	}
	for _, cell := range slices.Sorted(maps.Keys(cells)) {
		in := cells[cell]
		n := len(in)
		raw := make([][][]string, n) // what two share at all
		up := make([]int, n)
		for i := range up {
			up[i] = i
		}
		find := func(x int) int {
			for up[x] != x {
				x = up[x]
			}
			return x
		}
		for i := range n {
			raw[i] = make([][]string, n)
			for j := range i {
				raw[i][j] = shared(&t.Profiles[in[i]], &t.Profiles[in[j]], holders)
				raw[j] = append(raw[j], nil)
				if len(raw[i][j]) > 0 {
					up[find(i)] = find(j)
				}
			}
		}
		// Pieces: found questions of this operator, and single records.
		pieces := map[string][]int{}
		for i := range n {
			name := g.Cluster(uint32(in[i]))
			if name == "" {
				name = "single " + names[in[i]]
			}
			pieces[name] = append(pieces[name], i)
		}
		list := slices.Sorted(maps.Keys(pieces))
		for i := range n {
			for j := range i {
				if find(i) == find(j) {
					oracle++
				}
			}
		}
		for x, p := range list {
			for _, q := range list[:x] {
				c.between(pieces[p], pieces[q], in, raw, ties, g, find)
			}
		}
	}
	return oracle
}

// between attributes the pairs of two pieces of one operator.
func (c causes) between(p, q, in []int, raw [][][]string, ties map[[2]uint32][]link.Tie, g *link.Graph, find func(int) int) {
	pairs := len(p) * len(q)
	apart := 0
	for _, i := range p {
		for _, j := range q {
			if find(i) != find(j) {
				apart++
			}
		}
	}
	if apart == pairs {
		c["0 nothing shared, by way of nobody"] += pairs
		return
	}
	rawKinds := map[string]int{}
	all := map[string]int{}
	stories := map[string]bool{}
	hard, draws := false, false
	through := map[string]map[uint32]bool{}
	drawStories := map[string]bool{}
	for _, i := range p {
		for _, j := range q {
			for _, k := range raw[max(i, j)][min(i, j)] {
				rawKinds[k]++
			}
			a, b := g.Identity(uint32(in[i])), g.Identity(uint32(in[j]))
			for _, t := range ties[[2]uint32{min(a, b), max(a, b)}] {
				all[t.Kind.String()]++
				if len(p) == 1 || len(q) == 1 {
					w := fmt.Sprintf("%s#%d %d", t.Kind, t.Value, t.Holders)
					if through[w] == nil {
						through[w] = map[uint32]bool{}
					}
					through[w][a], through[w][b] = true, true
				}
				stories[story(t.Kind)] = true
				hard = hard || t.Hard
				if a > b {
					t.DrawsA, t.DrawsB = t.DrawsB, t.DrawsA
				}
				// A single record has to be drawn itself.
				if t.DrawsA && (len(p) == 1 || len(q) > 1) || t.DrawsB && (len(q) == 1 || len(p) > 1) {
					drawStories[story(t.Kind)] = true
					draws = true
				}
			}
		}
	}
	if *detail && draws && len(p)+len(q) > 2 && (len(p) == 1 || len(q) == 1) {
		line := ""
		for w, who := range through {
			name, _, _ := strings.Cut(w, "#")
			_, h, _ := strings.Cut(w, " ")
			line += fmt.Sprintf(" %s:%d members of %s", name, len(who)-1, h)
		}
		fmt.Printf("      lost %d, group of %d:%s\n", pairs, max(len(p), len(q)), line)
	}
	size := "two singles"
	if len(p) > 1 && len(q) > 1 {
		size = "two groups"
	} else if len(p) > 1 || len(q) > 1 {
		size = "single and group"
	}
	switch {
	case len(rawKinds) == 0:
		c["1 only by way of a third, "+size] += pairs
	case len(all) == 0:
		c["2 shared, not counted, "+size+": "+most(rawKinds)] += pairs
	case !draws:
		c["3 first holder, "+size+": "+most(all)] += pairs
	case len(drawStories) == 1 && hard:
		c["4 one story, hard, "+size+": "+most(all)] += pairs
	case len(drawStories) == 1:
		c["5 one story, soft, "+size+": "+most(all)] += pairs
	default:
		c["6 several stories, "+size+": "+strings.Join(slices.Sorted(maps.Keys(all)), "+")] += pairs
	}
}

func most(m map[string]int) string {
	keys := slices.Collect(maps.Keys(m))
	slices.SortFunc(keys, func(x, y string) int { return cmp.Or(cmp.Compare(m[y], m[x]), cmp.Compare(x, y)) })
	return strings.Join(keys[:min(2, len(keys))], "+")
}

func story(k record.Kind) string {
	switch k {
	case record.KindAddress, record.KindReplyOrigin:
		return "NET"
	case record.KindCareer:
		return "REF"
	}
	return string(k.Family())
}

// shared names the kinds of whatever two profiles share.
func shared(a, b *link.Profile, holders map[uint64]map[uint32]bool) (kinds []string) {
	for i := range a.Keys {
		for j := range b.Keys {
			if x, y := &a.Keys[i], &b.Keys[j]; x.Value == y.Value && len(holders[x.Value]) <= 60 {
				kinds = append(kinds, x.Kind.String())
			}
		}
	}
	mine := map[link.Sentence]bool{}
	for _, s := range a.Sentences {
		mine[s] = true
	}
	for _, s := range b.Sentences {
		if mine[s] && len(holders[s.Value]) <= 20 {
			kinds = append(kinds, s.Kind.String())
		}
	}
	for _, x := range a.Photos {
		for _, y := range b.Photos {
			if x.Kind == y.Kind && bits.OnesCount64(x.Hash^y.Hash) <= 7 {
				kinds = append(kinds, x.Kind.String())
			}
		}
	}
	if a.Referrer == b.Self || b.Referrer == a.Self {
		kinds = append(kinds, "referral")
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func (c causes) print(truth int) {
	coarse := map[string]int{}
	for k, n := range c {
		head, _, _ := strings.Cut(k, ":")
		coarse[head] += n
	}
	for _, k := range slices.Sorted(maps.Keys(coarse)) {
		fmt.Printf("  %6d  %5.1f %%  %s\n", coarse[k], 100*float64(coarse[k])/float64(truth), k)
		var fine []string
		for f := range c {
			if strings.HasPrefix(f, k+":") {
				fine = append(fine, f)
			}
		}
		slices.SortFunc(fine, func(x, y string) int { return cmp.Or(cmp.Compare(c[y], c[x]), cmp.Compare(x, y)) })
		for _, f := range fine[:min(6, len(fine))] {
			fmt.Printf("            %6d  %s\n", c[f], strings.TrimPrefix(f, k+": "))
		}
	}
}
