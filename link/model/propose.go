package model

import (
	"math/bits"
	"slices"
)

// candidate is a rule that might be used, with what it would cost and find.
type candidate struct {
	rule  Rule
	key   ruleKey
	pairs float64 // estimated pairs over the whole table
}

// candidates lists every part and every pair of parts of different fields whose cost is bearable.
func (t *trainer) candidates() []candidate {
	f := t.frame
	var parts []KeyPart
	for _, field := range f.Fields {
		for _, take := range takes[field.Kind] {
			parts = append(parts, KeyPart{field.Name, take})
		}
	}
	sample := pickRows(t.n(), min(t.n(), 60_000), t.seed+1)
	for i := range sample {
		sample[i] = t.at(int(sample[i]))
	}
	n := float64(f.rows)
	scale := n * (n - 1) / (float64(len(sample)) * float64(len(sample)-1))
	limit := t.limit()
	cost := func(keys ...*keyTable) float64 {
		hash := make([]uint64, 0, len(sample))
		rule := ruleKey{parts: keys}
		for _, r := range sample {
			if k := rule.of(f.Row(r)); k != 0 {
				hash = append(hash, k)
			}
		}
		if len(hash) < 2 {
			return noKey
		}
		if t.capped {
			return cappedPairs(hash, n/float64(len(sample)))
		}
		return samePairs(hash) * scale
	}
	singles := make([]float64, len(parts))
	tables := make([]*keyTable, len(parts))
	for i, p := range parts {
		tables[i] = t.keys.table(p)
	}
	each(2, func(w int) {
		for i := w; i < len(parts); i += 2 {
			singles[i] = cost(tables[i])
		}
	})
	type pair struct{ i, j int }
	var todo []pair
	all := n * (n - 1) / 2
	for i := range parts {
		for j := i + 1; j < len(parts); j++ {
			if parts[i].Field == parts[j].Field || singles[i] == noKey || singles[j] == noKey || singles[i] < limit/50 || singles[j] < limit/50 {
				continue
			}
			if singles[i]/all*singles[j] <= 2*limit {
				todo = append(todo, pair{i, j})
			}
		}
	}
	costs := make([]float64, len(todo))
	each(2, func(w int) {
		for k := w; k < len(todo); k += 2 {
			costs[k] = cost(tables[todo[k].i], tables[todo[k].j])
		}
	})
	var out []candidate
	add := func(c float64, ps ...KeyPart) {
		if c > limit || c == noKey {
			return
		}
		r := Rule{Parts: ps}
		r.Split = t.splitFor(ps)
		// No rule is free: sorting the records costs about as much as one pair each for four records.
		out = append(out, candidate{rule: r, key: t.keys.rule(r), pairs: c + n/4})
	}
	for i, p := range parts {
		add(singles[i], p)
	}
	for k, p := range todo {
		add(costs[k], parts[p.i], parts[p.j])
	}
	return out
}

// noKey marks a rule that gives no record a key.
const noKey = -1

// limit is the most pairs one rule may propose over the whole table.
func (t *trainer) limit() float64 { return max(t.budget*float64(t.frame.rows)/2, smallBudget/2) }

// samePairs counts pairs of equal keys; it sorts its argument.
func samePairs(keys []uint64) float64 {
	slices.Sort(keys)
	sum := 0.0
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		c := float64(j - i)
		sum += c * (c - 1) / 2
		i = j
	}
	return sum
}

// cappedPairs is samePairs as the run would walk them: of a block over maxBlock, each record meets its near neighbours
// only. It sorts its argument; one key of the sample stands for so many records.
func cappedPairs(keys []uint64, stands float64) float64 {
	slices.Sort(keys)
	sum := 0.0
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		if c := float64(j-i) * stands; j-i > 1 {
			sum += c * min((c-1)/2, neighbour)
		}
		i = j
	}
	return sum
}

// splitFor picks the field with the most different values that the rule does not already use.
func (t *trainer) splitFor(parts []KeyPart) KeyPart {
	best, most := KeyPart{}, 1
	for i, f := range t.frame.Fields {
		if slices.ContainsFunc(parts, func(p KeyPart) bool { return p.Field == f.Name }) {
			continue
		}
		if n := t.frame.Dicts[i].Len(); n > most {
			best, most = KeyPart{f.Name, Whole}, n
		}
	}
	return best
}

// Bounds on how many rules one run, or its training, may use.
const (
	maxRules = 64
)

// seedRules takes for every field alone, and for every pair of fields not already covered by one of them,
// the coarsest rules that fit its share of the seed budget: wide nets in every direction, so that few matches escape
// them all. Fine rules would only find again what the coarse ones find.
func (t *trainer) seedRules(all []candidate) []Rule {
	n := float64(t.frame.rows)
	share := float64(t.n()) * float64(t.n()) / (n * n)
	own := func(c candidate) float64 { return (c.pairs - n/4) * share }
	key := func(r Rule) string {
		if len(r.Parts) == 1 {
			return r.Parts[0].Field
		}
		return r.Parts[0].Field + "\x00" + r.Parts[1].Field
	}
	order := byCost(all)
	slices.Reverse(order) // coarsest first
	single := map[string]bool{}
	pick := func(parts int, allot float64, most int) (out []Rule) {
		taken := map[string]int{}
		for _, c := range order {
			if len(c.rule.Parts) != parts || own(c) > allot || own(c) < 1 || taken[key(c.rule)] >= most {
				continue
			}
			if parts == 2 && (single[c.rule.Parts[0].Field] || single[c.rule.Parts[1].Field]) {
				continue
			}
			taken[key(c.rule)]++
			out = append(out, c.rule)
		}
		return out
	}
	fields := len(t.frame.Fields)
	out := pick(1, seedPairs/float64(2*fields), 2)
	for _, r := range out {
		if r.Parts[0].Take == Whole {
			single[r.Parts[0].Field] = true
		}
	}
	rest := fields - len(single)
	sets := max(1, rest*(rest-1)/2)
	most := 2
	if sets > 20 {
		most = 1
	}
	out = append(out, pick(2, seedPairs/float64(sets), most)...)
	return out[:min(len(out), maxRules)]
}

func byCost(all []candidate) []candidate {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(x, y candidate) int {
		if x.pairs < y.pairs {
			return -1
		} else if x.pairs > y.pairs {
			return 1
		}
		return 0
	})
	return order
}

// chooseRules picks rules by measured yield: pairs likely to be one person, seen under
// the seed rules, are the goal, and the rule that finds the most new ones per proposed pair is taken until
// little is left to gain or the budget is spent. A small table spends the rest of the budget on further rules.
func (t *trainer) chooseRules(all []candidate, seeds []met) {
	goal, thin := t.likely(seeds, 200_000)
	f := t.frame
	words := (len(goal) + 63) / 64
	covers := make([][]uint64, len(all))
	each(2, func(w int) {
		for c := w; c < len(all); c += 2 {
			covers[c] = make([]uint64, words)
			for k, p := range goal {
				if all[c].key.same(f.Row(p[0]), f.Row(p[1])) {
					covers[c][k/64] |= 1 << (k % 64)
				}
			}
		}
	})
	left := make([]uint64, words)
	for k := range goal {
		left[k/64] |= 1 << (k % 64)
	}
	budget := max(t.budget*float64(f.rows), smallBudget)
	used := make([]bool, len(all))
	spent := 0.0
	// A likely match among the records trained on stands for so many in the whole table.
	whole := float64(f.rows) / float64(t.n())
	whole *= whole * thin
	for len(t.rules) < maxRules {
		best, bestYield, bestGain := -1, 0.0, 0
		for c := range all {
			if used[c] || spent+all[c].pairs > budget {
				continue
			}
			gain := 0
			for i := range left {
				gain += bits.OnesCount64(left[i] & covers[c][i])
			}
			if y := float64(gain) / all[c].pairs; y > bestYield {
				best, bestYield, bestGain = c, y, gain
			}
		}
		if best < 0 || float64(bestGain) < leastGain*float64(len(goal)) || all[best].pairs > mostPairs*float64(bestGain)*whole {
			break
		}
		used[best] = true
		spent += all[best].pairs
		t.rules = append(t.rules, all[best].rule)
		for i := range left {
			left[i] &^= covers[best][i]
		}
	}
	if len(t.rules) == 0 { // nobody seems to be there twice: look where repeats would be, so that the answer is not a guess
		for _, c := range named(all, t.seedRules(all)) {
			if len(t.rules) < fewRules && spent+c.pairs <= budget {
				t.rules = append(t.rules, c.rule)
				spent += c.pairs
			}
		}
	}
	if f.rows <= fillRows {
		for _, c := range append(named(all, t.seedRules(all)), byCost(all)...) {
			if len(t.rules) == maxRules {
				break
			}
			if spent+c.pairs > budget {
				continue
			}
			if !slices.ContainsFunc(t.rules, func(r Rule) bool { return r.String() == c.rule.String() }) {
				t.rules = append(t.rules, c.rule)
				spent += c.pairs
			}
		}
	}
}

// smallBudget is what a table too small for the budget per record may spend.
const smallBudget = 6_000_000

// fewRules are walked when training met no likely match at all.
const fewRules = 4

// fillRows: up to so many records, pairs cost so little that the whole budget is spent.
const fillRows = 50_000

// named finds the candidates of rules.
func named(all []candidate, rules []Rule) (out []candidate) {
	for _, r := range rules {
		for _, c := range all {
			if c.rule.String() == r.String() {
				out = append(out, c)
			}
		}
	}
	return out
}

// leastGain is the share of likely matches a rule must add to be worth a pass over the data.
const leastGain = 0.0005

// mostPairs is how many pairs a rule may cost, passes over the data included, for each new match.
const mostPairs = 1500

// likely gathers pairs the present estimate takes for one person, at most about limit of them.
// The second result is how many pairs each stands for.
func (t *trainer) likely(pairs []met, limit int) ([][2]uint32, float64) {
	var out [][2]uint32
	for _, p := range pairs {
		if t.est.posterior(p.pattern) >= 0.5 {
			out = append(out, [2]uint32{p.a, p.b})
		}
	}
	if len(out) <= limit {
		return out, 1
	}
	step := len(out)/limit + 1
	var thin [][2]uint32
	for i := 0; i < len(out); i += step {
		thin = append(thin, out[i])
	}
	return thin, float64(step)
}
