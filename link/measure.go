package link

import (
	"math"

	"bonafide/record"
)

// measure learns how common each kind of sharing is in this population: how
// dense the strata are, how often two strangers meet in one value although
// nobody operates both.
func (e *evaluation) measure() {
	kinds := make([]record.Kind, 0, 8)
	var homes homeTally
	var meetings [record.Kinds]float64
	type tally struct{ carriers, pairs float64 }
	strata := make([]tally, len(e.b.space))
	var double, sharers [record.Kinds]float64
	single, carriers := e.b.alone.single, e.b.alone.single
	for n, c := range e.b.alone.carriers {
		strata[n].carriers += c
	}
	for i := range e.b.postings {
		ps := e.b.postings[i]
		for j := range ps {
			if j == 0 || ps[j].value != ps[j-1].value || ps[j].subject() != ps[j-1].subject() {
				strata[ps[j].stratum()].carriers++
				carriers[ps[j].of()]++
			}
			if j == 0 || ps[j].value != ps[j-1].value {
				single[ps[j].of()]++
			}
		}
	}
	for _, gr := range e.groups {
		for _, k := range e.kindsOf(gr, kinds) {
			if e.ofVeryMany(gr, k) {
				continue
			}
			ms := e.membersOf(gr, k)
			if len(ms) < 2 {
				continue
			}
			homes.note(e, k, ms)
			meetings[k] += float64(len(ms)*(len(ms)-1)) / 2
			if len(ms) > 5 {
				sharers[k] += float64(len(ms))
			} else {
				n := 0.0
				for i := range ms {
					for j := range i {
						if e.excused(k, &ms[i], &ms[j]) == record.NoExcuse {
							n++
						}
					}
				}
				strata[ms[0].first.stratum()].pairs += n
				if n > 0 {
					sharers[k] += float64(len(ms))
				}
				if len(ms) == 2 && n == 1 {
					double[k]++
				}
			}
			single[k]--
		}
	}
	homes.conclude(e)
	// Where so many values are drawn from so small a set that strangers meet,
	// and the sharing seen is of that size, chance explains it. Numbers that are
	// given to one person each are dense too, but then nothing is shared.
	const explains = 0.4
	all := tally{}
	expected := func(n float64, bits float32) float64 { return n * n / 2 / math.Exp2(float64(bits)) }
	expectedAll := 0.0
	for i := 1; i < len(strata); i++ {
		expectedAll += expected(strata[i].carriers, e.b.space[i])
		all.carriers += strata[i].carriers
		all.pairs += strata[i].pairs
	}
	for i := 1; i < len(strata); i++ {
		e.density[i] = strata[i].carriers / math.Exp2(float64(e.b.space[i]))
	}
	dense := expectedAll >= 5 && expectedAll >= all.carriers*falsePairs && all.pairs >= explains*expectedAll
	for i := 1; i < len(strata); i++ {
		want := expected(strata[i].carriers, e.b.space[i])
		if dense || want >= 5 && strata[i].pairs >= explains*want {
			e.rate[i] = e.density[i]
		}
	}
	// The same without knowing the set: if one value in fifty is shared by
	// exactly two strangers, being shared by two says nothing (Poisson).
	const coincidental = 0.02
	for k := range e.common {
		e.daily[k] = sharers[k] > softShare*carriers[k]
		if single[k] >= 500 {
			if rate := 2 * double[k] / single[k]; rate >= coincidental {
				e.common[k] = rate
			}
		}
	}
	e.inVain(&meetings)
}

// inVain notes which two kinds of daily life meet in the same two strangers more
// often than a kind of evidence may: those who know each other, more alike than any
// two by mixedness, behind one exit. Then neither corroborates the other.
func (e *evaluation) inVain(meetings *[record.Kinds]float64) {
	people := float64(e.people())
	for k := range meetings {
		for j := range meetings {
			if k != j && rules[k].soft && rules[j].soft && e.daily[k] && e.daily[j] &&
				mixedness*meetings[k]*meetings[j] > people*people/2*falsePairs*people {
				e.vain[k] |= bitOf(record.Kind(j))
			}
		}
	}
}

// chance reports whether strangers alone make groups of this size.
func (e *evaluation) chance(k record.Kind, stratum uint32, others int) bool {
	return poissonTail(others, max(e.rate[stratum], e.common[k])) > falsePairs
}
