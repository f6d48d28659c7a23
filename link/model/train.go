package model

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
)

// Training bounds.
const (
	trainRows   = 500_000   // records looked at; chosen by seed when there are more
	allPairs    = 3_000_000 // up to so many pairs every pair is compared, without blocking
	randomPairs = 500_000
	pullPairs   = 30 // strength of the prior on m, in pairs
	seedPairs   = 2_000_000
)

// trainer carries what training needs from step to step.
type trainer struct {
	frame    *Frame
	rows     []uint32 // nil: all
	linkOnly bool
	seed     uint64
	budget   float64 // pairs per record in the final run
	est      *estimate
	random   patternTable
	exact    []float64
	keys     *keyTables
	pairs    float64 // possible pairs among the rows trained on
	rules    []Rule
	capped   bool // rules are judged by what is left of oversized blocks
	progress func(stage string, done, total int64)
}

func (t *trainer) n() int {
	if t.rows != nil {
		return len(t.rows)
	}
	return t.frame.rows
}

func (t *trainer) at(i int) uint32 {
	if t.rows != nil {
		return t.rows[i]
	}
	return uint32(i)
}

// train learns a model from a frame without labels.
func train(f *Frame, opt Options) (*Model, error) {
	if f.rows < 2 {
		return nil, errors.New("model: one record alone cannot be linked")
	}
	t := &trainer{frame: f, linkOnly: opt.LinkOnly, seed: opt.Seed, budget: 12, est: newEstimate(f.Fields), keys: newKeyTables(f), progress: opt.Progress}
	if f.rows > trainRows {
		t.rows = pickRows(f.rows, trainRows, opt.Seed)
	}
	t.pairs = t.possible()
	if t.pairs < 1 {
		return nil, errors.New("model: no two records may be compared (linking needs two files)")
	}
	t.say("random pairs", 0, 1)
	t.sampleRandom()
	t.sampleNamesakes()
	t.est.lambda = min(max(1/float64(f.rows), minLambda), maxLambda)
	t.est.setU(t.random, t.exact, false)

	all := t.candidates()
	if len(all) == 0 { // every key has one value that very many records share
		t.capped = true
		all = t.candidates()
	}
	if t.pairs <= allPairs {
		t.say("learning", 0, 1)
		t.learn(t.everyPattern())
		t.chooseRules(all, t.proposed(t.seedRules(all))) // not needed here, but the model may meet a larger table
		return t.model(), nil
	}
	t.say("blocking rules", 0, 1)
	seeds := t.proposed(t.seedRules(all))
	t.learn(tableOf(seeds))
	t.chooseRules(all, seeds)
	t.say("learning", 0, 1)
	t.learn(tableOf(t.proposed(t.rules)))
	return t.model(), nil
}

func (t *trainer) say(stage string, done, total int64) {
	if t.progress != nil {
		t.progress(stage, done, total)
	}
}

// learn alternates EM with cleaning u of the matches among the random pairs.
func (t *trainer) learn(table patternTable) {
	for range 4 {
		t.est.setCap(table, t.random, t.pairs)
		t.est.fit(table, t.pairs, pullPairs, 60)
		t.est.setU(t.random, t.exact, true)
	}
	t.est.setCap(table, t.random, t.pairs)
	t.est.fit(table, t.pairs, pullPairs, 100)
}

func (t *trainer) possible() float64 {
	n := float64(t.n())
	all := n * (n - 1) / 2
	if !t.linkOnly {
		return all
	}
	per := make([]float64, len(t.frame.Sources))
	for i := range t.n() {
		per[t.frame.source[t.at(i)]]++
	}
	for _, c := range per {
		all -= c * (c - 1) / 2
	}
	return all
}

// pickRows chooses k of n record numbers, evenly spread with a seeded jitter.
func pickRows(n, k int, seed uint64) []uint32 {
	r := rand.New(rand.NewPCG(seed, 17))
	out := make([]uint32, 0, k)
	for i := range k {
		lo, hi := i*n/k, (i+1)*n/k
		out = append(out, uint32(lo+r.IntN(hi-lo)))
	}
	return out
}

// sampleRandom records the patterns of seeded random pairs (or of all pairs of a small table) and the exact
// chance of equal values from their frequencies.
func (t *trainer) sampleRandom() {
	f := t.frame
	if t.pairs <= 2*randomPairs {
		t.random = t.everyPattern()
	} else {
		var hist [2]*histogram
		each(2, func(w int) {
			hist[w] = newHistogram()
			r := rand.New(rand.NewPCG(t.seed, 100+uint64(w)))
			n := t.n()
			for range randomPairs / 2 {
				a, b := t.at(r.IntN(n)), t.at(r.IntN(n))
				if a == b || t.linkOnly && f.source[a] == f.source[b] {
					continue
				}
				hist[w].count[f.pattern(f.Row(a), f.Row(b))]++
			}
		})
		t.random = merge(hist[:]).table()
	}
	t.exact = make([]float64, len(f.Fields))
	for i, d := range f.Dicts {
		t.exact[i] = -1
		if f.partner[i] >= 0 || f.multi[i] || t.pairs <= 2*randomPairs {
			continue
		}
		var n, same float64
		for _, c := range d.Count {
			n += float64(c)
			same += float64(c) * (float64(c) - 1)
		}
		if n > 1 {
			t.exact[i] = same / (n * (n - 1))
		}
	}
}

func merge(hist []*histogram) *histogram {
	for _, h := range hist[1:] {
		for p, c := range h.count {
			hist[0].count[p] += c
		}
	}
	return hist[0]
}

func (t *trainer) everyPattern() patternTable {
	f := t.frame
	var hist [2]*histogram
	each(2, func(w int) {
		hist[w] = newHistogram()
		for i := w; i < t.n(); i += 2 {
			a := t.at(i)
			ra := f.Row(a)
			for j := i + 1; j < t.n(); j++ {
				b := t.at(j)
				if t.linkOnly && f.source[a] == f.source[b] {
					continue
				}
				hist[w].count[f.pattern(ra, f.Row(b))]++
			}
		}
	})
	return merge(hist[:]).table()
}

// met is a pair some rule proposed, with its agreement pattern.
type met struct {
	a, b    uint32
	pattern uint64
}

// proposed lists all pairs the rules propose among the training records, each pair once.
func (t *trainer) proposed(rules []Rule) []met {
	f := t.frame
	keys := make([]ruleKey, len(rules))
	for i, r := range rules {
		keys[i] = t.keys.rule(r)
	}
	var out []met
	for k := range keys {
		rule := &keys[k]
		var notes [2]BlockNote
		var found [parts256][]met
		rule.blocks(f, t.rows, func(w, p int, block []keyed) {
			rule.walk(f, block, &notes[w], func(a, b uint32) {
				if t.linkOnly && f.source[a] == f.source[b] {
					return
				}
				ra, rb := f.Row(a), f.Row(b)
				for e := range k {
					if keys[e].same(ra, rb) {
						return
					}
				}
				found[p] = append(found[p], met{a, b, f.pattern(ra, rb)})
			})
		})
		for p := range found {
			out = append(out, found[p]...)
		}
		t.say("blocking rules", int64(k+1), int64(len(keys)))
		if len(out) > seedPairs { // the most productive rules come first; more pairs teach no more
			break
		}
	}
	return out
}

func tableOf(pairs []met) patternTable {
	h := newHistogram()
	for _, p := range pairs {
		h.count[p.pattern]++
	}
	return h.table()
}

// sampleNamesakes looks at pairs that share a name but not a birth date: different people whose
// e-mail addresses are alike only because both are made of the same name.
func (t *trainer) sampleNamesakes() {
	f := t.frame
	var rules []Rule
	var both Rule
	hasBirth, hasMail := false, false
	for _, field := range f.Fields {
		switch {
		case field.Role == Given || field.Role == Family || field.Role == WholeName:
			p := KeyPart{field.Name, Whole}
			rules = append(rules, Rule{Parts: []KeyPart{p}})
			both.Parts = append(both.Parts, p)
		case field.Role == Birth:
			hasBirth = true
		case field.Kind == Email:
			hasMail = true
		}
	}
	if len(rules) == 0 || !hasBirth || !hasMail {
		return
	}
	if len(both.Parts) > 1 {
		rules = append(rules, both)
	}
	hist := [2]*histogram{newHistogram(), newHistogram()}
	for _, r := range rules {
		key := t.keys.rule(r)
		key.blocks(f, t.rows, func(w, _ int, block []keyed) {
			// A few pairs per name are enough, and keep common names from drowning the others.
			for i := 0; i+1 < min(len(block), 40); i += 2 {
				p := f.pattern(f.Row(block[i].row), f.Row(block[i+1].row))
				if t.est.core.otherBirth(p) {
					hist[w].count[p]++
				}
			}
		})
	}
	t.est.setNamesakes(merge(hist[:]).table())
}

// model writes down what was learnt.
func (t *trainer) model() *Model {
	m := &Model{Version: Version, Rows: t.frame.rows, Lambda: round(t.est.lambda), HouseholdCap: round(t.est.cap), Rules: t.rules, Notes: slices.Clone(t.frame.Notes)}
	for i, f := range t.frame.Fields {
		fm := FieldModel{Field: f, TermFrequency: f.Role != Gender}
		for l, name := range f.Kind.levels() {
			level := Level{Name: name, M: round(t.est.m[i][l]), U: round(t.est.u[i][l])}
			if t.est.named[i] != nil {
				level.OneName, level.Namesakes = round(t.est.named[i][0][l]), round(t.est.named[i][1][l])
			}
			fm.Levels = append(fm.Levels, level)
		}
		m.Fields = append(m.Fields, fm)
	}
	return m
}

// round keeps six significant digits: a model file is read by people, and links equally after a round trip.
func round(x float64) float64 {
	if x == 0 {
		return 0
	}
	scale := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(x))))
	return math.Round(x*scale) / scale
}
