package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/record"
)

// The families as the model counts them: what tells one story stands in one. A
// home, its network and its computers are one place; a career names its referees.
const (
	storyIdent = iota
	storyContact
	storyPlace
	storyText
	storyWork
	storyPay
	stories
)

func storyOf(k record.Kind) int {
	switch k {
	case record.KindAddress, record.KindReplyOrigin:
		return storyPlace
	case record.KindCareer:
		return storyWork
	}
	switch k.Family() {
	case record.Ident:
		return storyIdent
	case record.Contact:
		return storyContact
	case record.Net:
		return storyPlace
	case record.CV:
		return storyText
	case record.Ref:
		return storyWork
	}
	return storyPay
}

// sign is a kind at a level: 0 is none, else 1 + kind*Levels + level.
type sign uint16

func signOf(k record.Kind, level uint8) sign { return sign(1 + int(k)*Levels + int(level)) }

func (s sign) kind() record.Kind { return record.Kind((s - 1) / Levels) }
func (s sign) level() uint8      { return uint8((s - 1) % Levels) }

// story is the story a sign belongs to: what people at one address share is
// all told by the address.
func (s sign) story() int { return storyAt(s.kind(), int(s.level())) }

func storyAt(k record.Kind, level int) int {
	if level == atOneDoor {
		return storyPlace
	}
	return storyOf(k)
}

const signs = 1 + int(record.Kinds)*Levels

// pattern is what a pair has in common: of each story the rarest sign.
type pattern [stories]sign

// eachPair walks over the pairs of sorted ties.
func eachPair(ties []tie, f func(a, b uint32, of []tie)) {
	for lo := 0; lo < len(ties); {
		hi := lo + 1
		for hi < len(ties) && ties[hi].a == ties[lo].a && ties[hi].b == ties[lo].b {
			hi++
		}
		f(ties[lo].a, ties[lo].b, ties[lo:hi])
		lo = hi
	}
}

func patternOf(ties []tie, rank *[signs]float64) (p pattern) {
	for i := range ties {
		p.add(signOf(ties[i].kind, ties[i].level), rank)
	}
	return p
}

func (p *pattern) add(s sign, rank *[signs]float64) {
	if at := &p[s.story()]; *at == 0 || rank[s] < rank[*at] || rank[s] == rank[*at] && s < *at {
		*at = s
	}
}

// ranks orders signs by how seldom strangers show them.
func (p *Persona) ranks() (r [signs]float64) {
	for k := range p.Kinds {
		for l := range Levels {
			r[signOf(record.Kind(k), uint8(l))] = p.Kinds[k][l].Strangers
		}
	}
	return r
}

// How much the shipped model counts beside what the population shows: as so
// many people for strangers, as so many pairs of operators.
const (
	priorPeople = 10_000
	priorPairs  = 20
	emRounds    = 30
)

// share is what part of the pairs that show a sign are operators': how often it
// stands in company, beside how often theirs do. The estimate is taken doubt
// standard deviations (of a Poisson count) up, so that a sign seen twice and
// both times alone is not yet honest life.
func share(count, alone, company, doubt float64) float64 {
	if count == 0 {
		return 0
	}
	together := count - alone
	return min(1, (together+doubt*math.Sqrt(together+1))/(count*company))
}

// company is how often another story stands beside one that two strangers
// hardly ever share: how many traces an operator leaves here. It anchors the
// fit. A sign that is as often in company is all operators'; one that is ten
// times as often alone is nine tenths honest life.
func (p *Persona) company(count, alone *[signs]float64) float64 {
	together, all := priorPairs*shippedCompany, float64(priorPairs)
	for s := sign(1); int(s) < signs; s++ {
		if c := p.Kinds[s.kind()][s.level()]; c.M > 0 && c.Strangers <= hardlyEver {
			together, all = together+count[s]-alone[s], all+count[s]
		}
	}
	return max(together/all, 0.1)
}

const (
	hardlyEver     = 2e-4 // strangers: two false pairs in 10,000 people
	shippedCompany = 0.3
)

// learn fits the model to a population. How much of a sign is honest life (u)
// comes from how often it stands in company, and is then fixed; m comes by
// expectation and maximisation over the histogram of agreement patterns
// (Fellegi and Sunter 1969; Winkler 1988). Given the class the stories are taken
// as independent, which is why a story gathers what honest life lets happen
// together. With u fixed and the pairs of operators bounded as the rare class it
// cannot run into the wrong mode, and what the shipped model says holds until
// the population has said more.
func (p *Persona) learn(ties []tie, people int) *Persona {
	n := float64(max(people, 2))
	rank := p.ranks()
	histogram := map[pattern]float64{}
	eachPair(ties, func(_, _ uint32, of []tie) { histogram[patternOf(of, &rank)]++ })
	type row struct {
		pattern
		count float64
	}
	rows := make([]row, 0, len(histogram))
	for q, c := range histogram {
		rows = append(rows, row{q, c})
	}
	slices.SortFunc(rows, func(x, y row) int { return slices.Compare(x.pattern[:], y.pattern[:]) })
	var count, alone [signs]float64
	for _, r := range rows {
		for _, s := range r.pattern {
			if s != 0 {
				count[s] += r.count
				if r.families() == 1 {
					alone[s] += r.count
				}
			}
		}
	}
	company := p.company(&count, &alone)
	var m, u, m0, of [signs]float64 // of: what part of the pairs are operators'
	for s := sign(1); int(s) < signs; s++ {
		c := p.Kinds[s.kind()][s.level()]
		m0[s] = c.M
		if c.M > 0 {
			doubt := 0.0
			if c.Strangers <= hardlyEver {
				doubt = 3
			}
			of[s] = share(count[s], alone[s], company, doubt)
		}
		honest := 2 * count[s] * (1 - of[s])
		u[s] = max(honest/n, (honest+c.Strangers*priorPeople)/(n+priorPeople)) / n
	}
	shown := 0.0 // pairs of operators that share something
	for _, r := range rows {
		most := 0.0
		for _, s := range r.pattern {
			if s != 0 {
				most = max(most, of[s])
			}
		}
		if r.families() > 1 {
			most = 1
		}
		shown += r.count * most
	}
	// Where another story stands beside one with this chance, so many pairs
	// show none at all, were stories independent.
	whole := shown / company
	mates := min(max(2*whole/n, leastMates), mostMates)
	for s := range m {
		m[s] = (count[s]*of[s] + priorPairs*m0[s]) / (whole + priorPairs)
	}
	lambda := mates / n
	for range emRounds {
		var fromM [signs]float64
		for _, r := range rows {
			odds := lambda / (1 - lambda)
			for _, s := range r.pattern {
				if s != 0 {
					odds *= m[s] / u[s]
				}
			}
			theirs := r.count * odds / (1 + odds)
			for _, s := range r.pattern {
				if s != 0 {
					fromM[s] += theirs
				}
			}
		}
		for s := range m {
			m[s] = min(0.95, (fromM[s]+priorPairs*m0[s])/(whole+priorPairs))
		}
	}
	learned := &Persona{Mates: mates, Discount: p.Discount}
	for s := sign(1); int(s) < signs; s++ {
		if m0[s] > 0 {
			learned.Kinds[s.kind()][s.level()] = Comparison{M: m[s], Strangers: u[s] * n}
		}
	}
	return learned
}

// Bounds of Mates: from one operator of two in two thousand people to every
// tenth record an operator's with ten.
const leastMates, mostMates = 1e-3, 1.0

// score is the log2 odds that one operator stands behind two, by those of their
// ties that count, with the stories that tell it and whether one of the ties is
// of a kind that strangers hardly ever share: the others tell of two only
// together with another story, however clean a population looks.
func (p *Persona) score(of []tie, people int, counts func(*tie) bool) (total float64, told int, firm bool) {
	var bits [stories][]float64
	seldom := false
	for i := range of {
		t := &of[i]
		if !counts(t) {
			continue
		}
		b, _, _ := p.bits(t.kind, int(t.level), people, 0)
		story := storyAt(t.kind, int(t.level))
		seldom = seldom || b > 0 && p.Kinds[t.kind][t.level].Strangers <= dailyLife
		bits[story] = append(bits[story], b)
		firm = firm || t.level == 0 && hard(t.kind)
	}
	total = p.Prior(people)
	for _, all := range bits {
		slices.SortFunc(all, func(x, y float64) int { return cmp.Compare(y, x) })
		keep := 1.0
		for _, b := range all {
			total += b * keep
			keep *= p.Discount
		}
		if len(all) > 0 && all[0] > 0 {
			told++
		}
	}
	if !seldom {
		told = min(told, 1) // two things of daily life may be one town
	}
	return total, told, firm
}

func (q pattern) families() (n int) {
	for _, s := range q {
		if s != 0 {
			n++
		}
	}
	return n
}
