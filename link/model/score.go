package model

import (
	"bytes"
	"math"
	"slices"
)

// scorer turns two records into bits of evidence. It is read-only after it is made and may be shared.
type scorer struct {
	frame   *Frame
	weight  [][8]float32
	best    []float32 // most a field can still add when its codes differ
	byCount [][]float32
	counts  [][]uint32 // per field and code: how many different people are thought to have the value
	tf      []bool
	order   []int // fields, cheapest to compare first
	prior   [2]float32
	shared  [MaxFields]bool // household fields
	whole   [MaxFields]bool // whole names
	cap     float32         // most they add together
	contact [MaxFields]bool // telephone and e-mail fields
	across  bool
	core    core
	named   [MaxFields]bool // e-mail fields with weights of their own among namesakes
	alike   [MaxFields][2][8]float32
}

const maxTFCount = 1 << 16

// newScorer prepares the model's weights for a frame. people[i], when given, counts for each code of field i the
// distinct people with that value; otherwise records are counted.
func newScorer(f *Frame, m *Model, people [][]uint32, entities float64) *scorer {
	s := &scorer{frame: f, core: coreOf(f.Fields), tf: make([]bool, len(m.Fields))}
	for i, field := range m.Fields {
		var w [8]float32
		best := float32(math.Inf(-1))
		if field.Levels[levelExact].Namesakes > 0 {
			s.named[i] = true
			for l, level := range field.Levels {
				s.alike[i][0][l] = float32(math.Log2(level.M / level.OneName))
				s.alike[i][1][l] = float32(math.Log2(level.M / level.Namesakes))
			}
		}
		for l, level := range field.Levels {
			w[l] = float32(level.Weight())
			if l != levelExact {
				best = max(best, w[l])
			}
		}
		s.weight = append(s.weight, w)
		s.best = append(s.best, best)
		s.byCount = append(s.byCount, nil)
		counts := f.Dicts[i].Count
		if people != nil {
			counts = people[i]
		}
		s.counts = append(s.counts, counts)
		if field.TermFrequency {
			s.tf[i] = true
			n := entities
			if n <= 0 {
				n = float64(present(f.Dicts[i]))
			}
			exact := field.Levels[levelExact]
			table := make([]float32, maxTFCount+1)
			for c := range table {
				// Of those who have the value, one is the record it is compared with.
				table[c] = float32(math.Log2(exact.M / chanceOfValue(float64(max(c-1, 1)), n, exact.U)))
			}
			s.byCount[i] = table
		}
	}
	s.cap = float32(m.HouseholdCap)
	for i, field := range m.Fields {
		s.shared[i] = householdField(field.Field)
		s.contact[i] = field.Role == Contact
		s.whole[i] = field.Role == WholeName && field.Kind == Words
	}
	for i := range m.Fields {
		s.order = append(s.order, i)
	}
	slices.SortStableFunc(s.order, func(x, y int) int {
		return costOf(m.Fields[x].Kind, f.Dicts[x]) - costOf(m.Fields[y].Kind, f.Dicts[y])
	})
	within, across := m.Lambda, m.Lambda
	if m.Within > 0 {
		within = m.Within
	}
	if m.Across > 0 {
		across = m.Across
	}
	s.prior = [2]float32{float32(prior(within)), float32(prior(across))}
	s.across = len(f.Sources) > 1
	return s
}

// costOf orders fields: cheap comparisons of values that stay in the cache come first, because after a few
// of them most pairs are decided. E-mail is last: what it says depends on the names.
func costOf(k Kind, d *Dict) int {
	cost := map[Kind]int{Date: 0, Code: 1, Phone: 1, Text: 2, Words: 4, Prose: 5, Email: 9}[k]
	if d.Len() > 300_000 {
		cost += 3
	}
	return cost
}

func present(d *Dict) (n uint64) {
	for _, c := range d.Count {
		n += uint64(c)
	}
	return n
}

// chanceOfValue estimates how likely another person shares a value that count of n people have: the posterior
// mean of a Beta prior whose mean is the field's chance u of agreeing at all. Of n people, one is the holder himself.
func chanceOfValue(count, n, u float64) float64 {
	const strength = 0.4
	return (strength + count - 1) / (strength/u + n - 1)
}

// priorOf is log2 of the prior odds that the two records are one person.
func (s *scorer) priorOf(a, b uint32) float32 {
	if s.across && s.frame.source[a] != s.frame.source[b] {
		return s.prior[1]
	}
	return s.prior[0]
}

func (s *scorer) exact(i int, code uint32) float32 {
	if !s.tf[i] {
		return s.weight[i][levelExact]
	}
	return s.byCount[i][min(s.counts[i][code], maxTFCount)]
}

// one is the weight of one field at a level.
func (s *scorer) one(i int, l uint8, ra, rb []uint32) float32 {
	w := s.weight[i][l]
	if l == levelExact && ra[i] == rb[i] {
		w = s.exact(i, ra[i])
	}
	if s.whole[i] && w > 0 && l != levelNull {
		w = min(w, s.nameBits(i, ra[i], rb[i]))
	}
	return w
}

// nameBits bounds the evidence of a whole name by the rarity of the words both sides share. For cells
// with several names, the best pair counts.
func (s *scorer) nameBits(i int, x, y uint32) float32 {
	d, v := s.frame.Dicts[i], s.frame.words[i]
	best := 0.0
	for _, a := range bytes.Split(d.Value(x), []byte{valueSeparator}) {
		for _, b := range bytes.Split(d.Value(y), []byte{valueSeparator}) {
			best = max(best, v.bits(a, b))
		}
	}
	if best == 0 { // agreeing without a common word: short forms, other scripts
		return noCap
	}
	return float32(best)
}

// evidence is the sum of weights without the prior.
func (s *scorer) evidence(ra, rb []uint32) (float32, uint64) {
	var sum, home, contact float32
	p := s.frame.pattern(ra, rb)
	namesakes := s.core.namesakes(p)
	other := s.core.otherPerson(p)
	for i := range ra {
		l := levelIn(p, i)
		w := s.one(i, l, ra, rb)
		if other && s.whole[i] {
			w = min(w, s.weight[i][levelElse])
		}
		if namesakes > 0 && s.named[i] {
			w = min(w, s.alike[i][namesakes-1][l])
		}
		if s.shared[i] {
			home += w
		} else {
			sum += w
			if s.contact[i] {
				contact += max(w, 0)
			}
		}
	}
	if other {
		return sum - contact + min(home, 0), p
	}
	return sum + min(home, s.cap), p
}

// above scores a pair unless it is certain to stay below floor (evidence in bits, without prior).
// Fields are looked at in order of cost, and what is missing is bounded by the most it could give.
func (s *scorer) above(ra, rb []uint32, floor float32) (float32, bool) {
	var sum, home, bound float32
	var open [MaxFields]uint8
	var p uint64
	n := 0
	for _, i := range s.order {
		x, y := ra[i], rb[i]
		switch {
		case x == y && (x == 0 || !s.named[i]):
			p |= levelNull << (3 * i)
			if x != 0 {
				p ^= (levelNull ^ levelExact) << (3 * i)
				if w := s.one(i, levelExact, ra, rb); s.shared[i] {
					home += w
				} else {
					sum += w
				}
			}
		case (x == 0 || y == 0) && s.frame.partner[i] < 0:
			p |= levelNull << (3 * i)
		case x == y: // an equal e-mail address: weighed when the names are known
			open[n] = uint8(i)
			n++
			bound += max(s.exact(i, x), 0)
		default:
			open[n] = uint8(i)
			n++
			bound += max(s.best[i], 0)
		}
	}
	for k := range n {
		if sum+home+bound < floor {
			return sum + home, false
		}
		i := int(open[k])
		l := uint8(levelExact)
		if ra[i] == rb[i] {
			bound -= max(s.exact(i, ra[i]), 0)
		} else {
			bound -= max(s.best[i], 0)
			l = s.frame.levelOf(i, ra, rb)
		}
		p |= uint64(l) << (3 * i)
		w := s.one(i, l, ra, rb)
		if s.named[i] {
			if c := s.core.namesakes(p); c > 0 {
				w = min(w, s.alike[i][c-1][l])
			}
		}
		if s.shared[i] {
			home += w
		} else {
			sum += w
		}
	}
	if s.core.whole != nil && s.core.otherPerson(p) {
		sum, _ = s.evidence(ra, rb) // rare enough to be weighed anew
		return sum, sum >= floor
	}
	sum += min(home, s.cap)
	return sum, sum >= floor
}
