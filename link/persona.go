package link

import (
	"cmp"
	"math"
	"slices"

	"bonafide/record"
)

// Persona is the model of one operator behind two names: for each kind of value
// and each level of rarity how often two identities of one operator share it,
// and with how many strangers an honest person does for reasons that do not
// show. Disagreement weighs nothing, least of all of names: it is what personas
// are for (Fellegi and Sunter 1969, with the names taken out).
type Persona struct {
	// Mates is how many other identities of the same operator a record has on
	// average over the whole population; nearly all have none.
	Mates float64
	// Discount is what the second kind of one family keeps of its bits, the
	// third the square of it, and so on: one phone tells of the mailbox too.
	Discount float64
	Kinds    [record.Kinds][Levels]Comparison
}

// Levels is how many levels of rarity a kind has: values of two holders, of up
// to five, of up to twelve, of up to sixty, and values shared by people at one
// postal address, whatever their number. Beyond sixty a value says nothing.
const Levels = 5

// levelShare is how what honest people share falls to the levels.
var levelShare = [atOneDoor]float64{0.1, 0.2, 0.3, 0.4}

// atOneDoor is the level of what people at one address share.
const atOneDoor = Levels - 1

var levelHolders = [atOneDoor]int{2, 5, 12, crowd}

// Comparison is one level of one kind.
type Comparison struct {
	M         float64 // share of the pairs of one operator that share such a value
	Strangers float64 // strangers with whom an honest person shares one without a visible reason
}

// hard reports whether strangers hardly ever share a kind: such a kind has one
// level, and tells of two by itself. All others need another story.
func hard(k record.Kind) bool {
	return shippedKinds[k].m > 0 && shippedKinds[k].strangers <= hardlyEver
}

// levelOf is the level of a value with that many holders, -1 in a crowd.
func levelOf(k record.Kind, holders int) int {
	if hard(k) && holders <= crowd {
		return 0
	}
	for l, most := range levelHolders {
		if holders <= most {
			return l
		}
	}
	return -1
}

// ShippedPersona is the model before a population has taught it anything. The
// shares of one operator's pairs follow what is reported of such groups
// (docs/sim.md, "Operators", half evaded); the strangers are a judgement, from
// the honest reasons that each check names.
func ShippedPersona() *Persona {
	p := &Persona{Mates: 0.1, Discount: 0.25}
	for k, s := range shippedKinds {
		if s.m == 0 {
			continue
		}
		if hard(record.Kind(k)) {
			p.Kinds[k][0] = Comparison{M: s.m * 0.95, Strangers: s.strangers}
		} else {
			for l := range atOneDoor {
				// Operators share with groups, strangers meet in the more common values.
				p.Kinds[k][l] = Comparison{M: s.m * [atOneDoor]float64{0.2, 0.3, 0.3, 0.15}[l], Strangers: s.strangers * levelShare[l]}
			}
		}
		if rules[k].household {
			p.Kinds[k][atOneDoor] = Comparison{M: s.m * 0.05, Strangers: max(s.strangers, sharedRoof)}
		}
	}
	return p
}

// sharedRoof is with how many of those at one address somebody shares a line, a
// computer or an account: flats of four and more, where no rule excuses it.
const sharedRoof = 0.02

var shippedKinds = [record.Kinds]struct{ m, strangers float64 }{
	record.KindDocument: {0.02, 1e-4}, record.KindTaxID: {0.01, 1e-4}, record.KindDocumentImage: {0.02, 1e-4}, record.KindPhoto: {0.05, 1e-4},
	record.KindEmail: {0.03, 2e-4}, record.KindPhone: {0.05, 2e-4}, record.KindPhoneBlock: {0.10, 1e-2}, record.KindMailPattern: {0.12, 1e-2},
	record.KindHandle: {0.03, 1e-4}, record.KindAddress: {0.03, 0.1}, record.KindDelivery: {0.06, 2e-4}, record.KindDevice: {0.12, 2e-4},
	record.KindNetwork: {0.16, 0.05}, record.KindPayout: {0.16, 1e-4}, record.KindWallet: {0.10, 1e-4}, record.KindResumeFile: {0.03, 1e-4},
	record.KindResumeText: {0.12, 1e-3}, record.KindAnswerText: {0.06, 2e-4}, record.KindReferenceText: {0.04, 5e-4},
	record.KindReferee: {0.10, 0.1}, record.KindRefereeSelf: {0.04, 5e-2}, record.KindReplyOrigin: {0.04, 5e-3},
	record.KindCareer: {0.04, 1e-2}, record.KindReferral: {0.02, 5e-2},
}

// bits is what sharing a value of a kind at a level says among so many people.
// chance is how many strangers share it by the density of its numbers alone (0
// where numbers are not dense). m and u are the two shares behind it. Never
// below zero: to share something is no alibi.
func (p *Persona) bits(k record.Kind, level, people int, chance float64) (bits, m, u float64) {
	if level < 0 || people < 2 || p.Kinds[k][level].M == 0 {
		return 0, 0, 0
	}
	c := &p.Kinds[k][level]
	m, u = c.M, min(0.5, (c.Strangers+chance)/float64(people))
	return max(0, math.Log2(m/u)), m, u
}

// weighedStep is a step and the story that tells it.
type weighedStep struct {
	record.Step
	story int
}

// sum discounts within stories, largest first, and adds up.
func (p *Persona) sum(w *record.Waterfall, steps []weighedStep, people int) {
	slices.SortFunc(steps, func(x, y weighedStep) int {
		return cmp.Or(cmp.Compare(y.Bits, x.Bits), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Value, y.Value))
	})
	w.Prior = p.Prior(people)
	w.Total = w.Prior
	var keep [stories]float64
	for i := range keep {
		keep[i] = 1
	}
	for _, s := range steps {
		s.Family = s.Kind.Family()
		if s.Excuse == record.NoExcuse || s.Excuse == record.Reissued {
			s.Kept = s.Bits * keep[s.story]
			if s.Bits > 0 {
				keep[s.story] *= p.Discount
			}
		}
		w.Total += s.Kept
		w.Steps = append(w.Steps, s.Step)
	}
}

// Prior is the log2 odds that two records of so many are one operator's.
func (p *Persona) Prior(records int) float64 {
	l := min(max(p.Mates/float64(max(records, 2)), 1e-12), 0.3)
	return math.Log2(l / (1 - l))
}
