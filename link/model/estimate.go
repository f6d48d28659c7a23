package model

import (
	"math"
	"slices"
)

// Bounds of lambda: outside them an estimate says more about the estimator than about the data.
const (
	minLambda = 1e-9
	maxLambda = 0.3
)

// histogram counts agreement patterns. Estimation works on it, so its cost depends on the
// number of distinct patterns, not of pairs (the idea is fastLink's: T. Enamorado, B. Fifield, K. Imai, 2019).
type histogram struct {
	count map[uint64]float64
}

func newHistogram() *histogram { return &histogram{count: map[uint64]float64{}} }

// table is the histogram in a fixed order.
type patternTable struct {
	pattern []uint64
	count   []float64
}

func (h *histogram) table() patternTable {
	var t patternTable
	for p := range h.count {
		t.pattern = append(t.pattern, p)
	}
	slices.Sort(t.pattern)
	for _, p := range t.pattern {
		t.count = append(t.count, h.count[p])
	}
	return t
}

func levelIn(pattern uint64, field int) uint8 { return uint8(pattern>>(3*field)) & 7 }

// estimate holds the probabilities while they are being learnt.
type estimate struct {
	fields []Field
	lambda float64
	m, u   [][]float64 // field, level
	start  [][]float64 // prior mean of m
	weight [][8]float64
}

// startM is what is expected of one person's two records before any data: most values
// equal, some with small errors. It only shapes the start and the pull on sparse levels.
func startM(f Field) []float64 {
	switch f.Kind {
	case Text:
		return []float64{0.08, 0.02, 0.02, 0.05, 0.1, 0.72, 0.01}
	case Date:
		return []float64{0.03, 0.02, 0.02, 0.05, 0.1, 0.78}
	case Words:
		return []float64{0.08, 0.03, 0.04, 0.07, 0.08, 0.7}
	case Code:
		return []float64{0.08, 0.01, 0.03, 0.02, 0.1, 0.76}
	case Phone:
		return []float64{0.12, 0.01, 0.03, 0.02, 0.08, 0.74}
	}
	return []float64{0.1, 0.02, 0.02, 0.03, 0.08, 0.75}
}

func newEstimate(fields []Field) *estimate {
	e := &estimate{fields: fields}
	for _, f := range fields {
		s := startM(f)
		if f.Kind == Text && f.Cross == "" { // nothing to be crossed with: the level cannot occur
			s = slices.Clone(s)
			s[levelCrossed] = 1e-9
		}
		e.start = append(e.start, s)
		e.m = append(e.m, slices.Clone(s))
		e.u = append(e.u, make([]float64, len(s)))
	}
	return e
}

// setU estimates u from the patterns of random pairs, less the expected matches
// among them. exact[i], when not negative, is the chance of two values being equal computed from the
// frequencies of all values: sharper than any sample.
func (e *estimate) setU(random patternTable, exact []float64, purge bool) {
	if purge {
		e.weigh()
	}
	for i := range e.fields {
		n := len(e.m[i])
		seen := make([]float64, n)
		total, matched := 0.0, 0.0
		for k, p := range random.pattern {
			l := levelIn(p, i)
			if l == levelNull {
				continue
			}
			c := random.count[k]
			if purge {
				post := e.posterior(p)
				matched += c * post
				c *= 1 - post
			}
			seen[l] += c
			total += c
		}
		// A level never seen has about half an observation; the pull on common levels vanishes.
		for l := range seen {
			e.u[i][l] = (seen[l] + 0.5) / (total + 0.5*float64(n))
		}
		if exact != nil && exact[i] >= 0 {
			x := exact[i]
			if purge {
				x = max(x-e.lambda*e.m[i][levelExact], x/50, 1e-12)
			}
			rest := 1 - e.u[i][levelExact]
			for l := range e.u[i] {
				if l != levelExact {
					e.u[i][l] *= (1 - x) / rest
				}
			}
			e.u[i][levelExact] = max(x, 1e-12)
		}
	}
}

// weigh turns m and u into bits.
func (e *estimate) weigh() {
	e.weight = make([][8]float64, len(e.fields))
	for i := range e.fields {
		for l := range e.m[i] {
			e.weight[i][l] = math.Log2(e.m[i][l] / e.u[i][l])
		}
	}
}

func (e *estimate) evidence(pattern uint64) float64 {
	w := 0.0
	for i := range e.weight {
		w += e.weight[i][pattern>>(3*i)&7]
	}
	return w
}

func prior(lambda float64) float64 { return math.Log2(lambda / (1 - lambda)) }

func chance(bits float64) float64 {
	if bits > 60 {
		return 1
	}
	return 1 / (1 + math.Exp2(-bits))
}

func (e *estimate) posterior(pattern uint64) float64 {
	return chance(prior(e.lambda) + e.evidence(pattern))
}

// fit runs EM with u fixed. pairs is the number of all pairs, also those not in the table: they are taken as
// non-matches, which is what not being proposed by any rule means. pull is the strength of the prior in pairs.
func (e *estimate) fit(t patternTable, pairs, pull float64, rounds int) (matches float64) {
	last := -1.0
	for range rounds {
		e.weigh()
		sums := make([][8]float64, len(e.fields))
		matches = 0
		p0 := prior(e.lambda)
		for k, p := range t.pattern {
			post := t.count[k] * chance(p0+e.evidence(p))
			if post < 1e-9 {
				continue
			}
			matches += post
			for i := range sums {
				sums[i][p>>(3*i)&7] += post
			}
		}
		e.lambda = min(max(matches/pairs, minLambda), maxLambda)
		for i := range e.fields {
			total := 0.0
			for l := range e.m[i] {
				total += sums[i][l]
			}
			for l := range e.m[i] {
				e.m[i][l] = (sums[i][l] + pull*e.start[i][l]) / (total + pull)
			}
			e.order(i)
		}
		if math.Abs(matches-last) < 1e-4*matches+1e-6 {
			break
		}
		last = matches
	}
	e.weigh()
	return matches
}

// order keeps the weights of a field rising with likeness: neighbours out of order share their weight
// (pooled adjacent violators on m/u). A more similar pair can then never count for less.
func (e *estimate) order(i int) {
	type pool struct {
		m, u     float64
		from, to int
	}
	var stack []pool
	for l := levelElse; l <= levelExact; l++ {
		p := pool{e.m[i][l], e.u[i][l], l, l}
		for len(stack) > 0 && stack[len(stack)-1].m/stack[len(stack)-1].u > p.m/p.u {
			q := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			p = pool{p.m + q.m, p.u + q.u, q.from, p.to}
		}
		stack = append(stack, p)
	}
	for _, p := range stack {
		for l := p.from; l <= p.to; l++ {
			e.m[i][l] = max(p.m*e.u[i][l]/p.u, 1e-9)
		}
	}
}
