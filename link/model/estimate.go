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
	core   core
	shared uint64           // fields people of one household share, one bit each
	cap    float64          // most these fields may add together, in bits
	named  []*[2][8]float64 // of e-mail fields, u among people who share one name and all names; nil for other fields
	alike  [][2][8]float64  // their weights
}

// setNamesakes learns how alike the e-mail addresses of different people are who share one name, or all.
func (e *estimate) setNamesakes(t patternTable) {
	for i, f := range e.fields {
		if f.Kind != Email {
			continue
		}
		var u [2][8]float64
		var total [2]float64
		for k, p := range t.pattern {
			c := e.core.namesakes(p) - 1
			if l := levelIn(p, i); c >= 0 && l != levelNull {
				u[c][l] += t.count[k]
				total[c] += t.count[k]
			}
		}
		if total[0] < 50 || total[1] < 50 { // too few namesakes to tell
			continue
		}
		n := float64(len(e.start[i]))
		for c := range 2 {
			for l := range u[c] {
				u[c][l] = (u[c][l] + 0.5) / (total[c] + 0.5*n)
			}
		}
		e.named[i] = &u
	}
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
	case Prose: // people write their own text anew, and keep passages of it
		return []float64{0.15, 0.1, 0.15, 0.2, 0.15, 0.25}
	case Phone:
		return []float64{0.12, 0.01, 0.03, 0.02, 0.08, 0.74}
	}
	return []float64{0.1, 0.02, 0.02, 0.03, 0.08, 0.75}
}

func newEstimate(fields []Field) *estimate {
	e := &estimate{fields: fields, core: coreOf(fields), cap: noCap, named: make([]*[2][8]float64, len(fields))}
	for i, f := range fields {
		if householdField(f) {
			e.shared |= 1 << i
		}
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
		// What is known of such fields anywhere weighs as much as a hundred pairs: nothing in a table of
		// size, decisive for a column with a dozen values.
		start := startU(e.fields[i])
		for l := range seen {
			pull := priorU
			if e.fields[i].Role == Identifier {
				pull *= 30 // numbers made to be unique
			}
			e.u[i][l] = (seen[l] + pull*start[l]) / (total + pull)
		}
		if e.fields[i].Role == Gender && e.u[i][levelExact] < 0.45 {
			rest := 1 - e.u[i][levelExact]
			for l := range e.u[i] {
				e.u[i][l] *= 0.55 / rest
			}
			e.u[i][levelExact] = 0.45
			continue
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

const priorU = 100.0

// startU is what is expected of two different people before any data.
func startU(f Field) []float64 {
	switch {
	case f.Kind == Date:
		return []float64{0.7, 0.24, 0.03, 0.02, 0.002, 0.0002}
	case f.Role == Identifier: // made to be unique: two people share one by mistake only
		return []float64{0.99, 0.003, 0.002, 0.001, 0.001, 0.00001}
	case f.Kind == Phone || f.Kind == Email:
		return []float64{0.99, 0.003, 0.002, 0.001, 0.001, 0.0002}
	case f.Kind == Prose:
		return []float64{0.97, 0.02, 0.005, 0.002, 0.001, 0.002}
	case f.Kind == Words:
		return []float64{0.96, 0.02, 0.01, 0.005, 0.002, 0.002}
	case f.Kind == Code:
		return []float64{0.9, 0.02, 0.02, 0.01, 0.02, 0.03}
	}
	u := []float64{0.95, 0.005, 0.01, 0.01, 0.005, 0.02, 1e-6}
	if f.Cross != "" {
		u[levelCrossed] = 0.002
	}
	return u
}

// weigh turns m and u into bits.
func (e *estimate) weigh() {
	e.weight = make([][8]float64, len(e.fields))
	e.alike = make([][2][8]float64, len(e.fields))
	for i := range e.fields {
		for l := range e.m[i] {
			e.weight[i][l] = math.Log2(e.m[i][l] / e.u[i][l])
			if e.named[i] != nil {
				for c := range 2 {
					e.alike[i][c][l] = math.Log2(e.m[i][l] / e.named[i][c][l])
				}
			}
		}
	}
}

func (e *estimate) evidence(pattern uint64) float64 {
	w, home, contact := 0.0, 0.0, 0.0
	namesakes := e.core.namesakes(pattern)
	other := e.core.otherPerson(pattern)
	for i := range e.weight {
		x := e.weight[i][pattern>>(3*i)&7]
		if other && e.fields[i].Role == WholeName {
			x = min(x, e.weight[i][levelElse])
		}
		if namesakes > 0 && e.named[i] != nil {
			x = min(x, e.alike[i][namesakes-1][pattern>>(3*i)&7])
		}
		if e.shared>>i&1 == 1 {
			home += x
		} else {
			w += x
			if e.fields[i].Role == Contact {
				contact += max(x, 0)
			}
		}
	}
	if other {
		return w - contact + min(home, 0)
	}
	return w + min(home, e.cap)
}

// noCap is more than any evidence.
const noCap = 1000

// householdField: what people who live together have in common without being one person.
func householdField(f Field) bool { return f.Role == Family || f.Role == Address || f.Role == Place }

// setCap measures how often two people who are certainly different agree in the household fields, and
// bounds the evidence these fields can give together by that rate. Surname, street, house number and postcode
// are no independent witnesses where families are in the table; where none are, no cap arises.
//
// Noisy copies of one person may also contradict each other, so the rate must stand out from the matches.
func (e *estimate) setCap(candidates, random patternTable, pairs float64) {
	const enough, least = 12.0, 20.0
	matches := e.lambda * pairs
	e.cap = noCap
	e.weigh()
	var different, all float64
	for k, p := range random.pattern {
		all += random.count[k]
		if e.core.contradicted(p) {
			different += random.count[k]
		}
	}
	if different < all/10 {
		return
	}
	tail := 0.0
	for k, p := range candidates.pattern {
		if !e.core.contradicted(p) {
			continue
		}
		home := 0.0
		for i := range e.weight {
			if e.shared>>i&1 == 1 {
				home += e.weight[i][p>>(3*i)&7]
			}
		}
		if home >= enough {
			tail += candidates.count[k]
		}
	}
	if tail >= max(least, 0.05*matches) {
		e.cap = max(-math.Log2(tail/(pairs*different/all)), 0)
	}
}

func prior(lambda float64) float64 { return math.Log2(lambda / (1 - lambda)) }

func chance(bits float64) float64 {
	if bits > 60 {
		return 1
	}
	return 1 / (1 + math.Exp2(-bits))
}

func (e *estimate) posterior(pattern uint64) float64 {
	if e.core.contradicted(pattern) {
		return 0
	}
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
			if post < 1e-9 || e.core.contradicted(p) {
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
			e.hold(i)
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

// mostDifferent is how often the records of one person may differ outright in what makes
// him that person. An estimate beyond it describes something else that repeats in the table: a household, an employer, a batch.
func mostDifferent(f Field) float64 {
	switch f.Role {
	case Given, WholeName, Birth:
		return 0.15
	case Identifier:
		return 0.25
	case Family:
		return 0.3
	case Contact:
		return 0.6
	}
	return 1
}

// hold keeps the chance of outright difference within bounds; what is cut goes to the other levels in proportion.
func (e *estimate) hold(i int) {
	most := mostDifferent(e.fields[i])
	worst := 1 // levels that count as outright difference
	if e.fields[i].Kind == Date {
		worst = 0 // ten years off is a common slip
	}
	low, start := 0.0, 0.0
	for l := range worst + 1 {
		low += e.m[i][l]
		start += e.start[i][l]
	}
	if low <= most {
		return
	}
	for l := range e.m[i] {
		if l <= worst {
			e.m[i][l] *= most / low
		} else {
			// Towards the start, not towards what the wrong mode left there.
			e.m[i][l] = (1 - most) * e.start[i][l] / (1 - start)
		}
	}
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
