package sim

import (
	"fmt"
	"math"
	"time"

	"bonafide/record"
)

// traces are what personas of one operator share: how often each persona takes
// the shared thing when nobody evades. An operator who evades takes each of
// them, of every kind, less often by that share.
var traces = []struct {
	name string
	rate float64
	lay  func(w *world, c *cell, t *persona, gen int)
}{
	{"payout", 0.60, (*world).sharedPayout},
	{"device", 0.50, (*world).sharedDevice},
	{"phone", 0.40, (*world).sharedPhone},
	{"mail", 0.50, (*world).sharedMail},
	{"network", 0.60, (*world).sharedNetwork},
	{"bullets", 0.50, (*world).sharedBullets},
	{"photo", 0.30, (*world).sharedPhoto},
	{"referee", 0.50, (*world).sharedReferee},
	{"delivery", 0.40, (*world).laptopFarm},
	{"answers", 0.35, (*world).sharedAnswers},
	{"document", 0.15, (*world).sharedDocument},
	{"career", 0.25, (*world).sharedCareer},
	{"vouching", 0.35, (*world).vouching},
	{"reply", 0.40, (*world).sameOriginReply},
	{"referral", 0.15, (*world).referringPersona},
}

// habits are signs on a single persona.
var habits = []struct {
	name string
	rate float64
	do   func(w *world, t *persona)
}{
	{"third-party-payee", 0.35, (*world).thirdPartyPayee},
	{"other-holder", 0.30, (*world).otherHolder},
	{"payee-changes", 0.25, (*world).payeeChanges},
	{"redirected-delivery", 0.35, (*world).redirected},
	{"camera-refused", 0.30, (*world).cameraRefused},
	{"other-name", 0.12, (*world).otherName},
	{"vpn-clock", 0.40, (*world).vpnAndClock},
	{"disposable-mail", 0.08, (*world).throwaway},
	{"lookalike-referee", 0.20, (*world).lookalikeReferee},
	{"freemail-referees", 0.30, (*world).freemailReferees},
	{"anachronism", 0.12, (*world).anachronism},
	{"contradiction", 0.15, (*world).contradiction},
	{"other-profiles", 0.25, (*world).otherProfiles},
}

// cell is one operator.
type cell struct {
	n        int
	name     string
	first    uint64 // number of its first persona in the population
	size     int
	d        dice
	personas []*persona
}

// persona is one identity of an operator.
type persona struct {
	*person
	cell   *cell
	i      int
	d      dice
	habits []string
}

// cellSize: 2 to 40 personas, small operators far more often than large ones.
func cellSize(d dice) int { return min(largestCell, int(2*math.Pow(20.5, d.Float64()))) }

const largestCell = 40

// lasts is how many personas one thing of a kind serves before it is renewed.
func (c *cell) lasts(kind string) int {
	return 16 + roll(uint64(c.n), "lasts-"+kind, 0).upTo(25)
}

// thing is the chance behind generation gen of a shared thing.
func (w *world) thing(c *cell, kind string, gen int) dice {
	return roll(w.Seed, "thing-"+kind, uint64(c.n)<<16|uint64(gen))
}

// newCell draws an operator with all personas.
func (w *world) newCell(n int, first uint64, size int) *cell {
	c := &cell{n: n, name: fmt.Sprintf("c%d", n), first: first, size: size, d: roll(w.Seed, "cell", uint64(n))}
	c.d.Uint64()
	// Months of work: a persona every few days to weeks.
	step := min(2+c.d.ExpFloat64()*9, float64(days-5)/float64(size))
	start := c.d.Float64() * (float64(days-2) - step*float64(size))
	for i := range size {
		ordinal := first + uint64(i)
		d := roll(w.Seed, "persona", ordinal)
		origin := w.countries[w.wheel[d.upTo(len(w.wheel))]]
		home := origin
		if d.chance(0.12) {
			home = w.countries[w.wheel[d.upTo(len(w.wheel))]]
		}
		key := uint64(w.People)*applicationsEach + ordinal*applicationsEach
		p := w.draw(d, key, origin, home, operatorHomes+ordinal, forOperators, int(ordinal))
		p.cell, p.truth, p.kinds = c.name, fmt.Sprintf("o%d", n), []string{"operator"}
		p.received = firstDay.Add(time.Duration((start + step*(float64(i)+0.8*d.Float64())) * 24 * float64(time.Hour)))
		w.redate(d, p)
		c.personas = append(c.personas, &persona{person: p, cell: c, i: i, d: d})
	}
	for _, t := range c.personas {
		w.ordinary(t)
	}
	uses := map[string][]*persona{}
	for _, t := range c.personas {
		for _, trace := range traces {
			gen := t.i / c.lasts(trace.name)
			if t.d.chance(trace.rate * (1 - w.Evasion) * math.Pow(0.9, float64(gen))) {
				trace.lay(w, c, t, gen)
				use := fmt.Sprint(trace.name, gen)
				uses[use] = append(uses[use], t)
			}
		}
		for _, h := range habits {
			if t.d.chance(h.rate * (1 - w.Evasion)) {
				h.do(w, t)
				t.habits = append(t.habits, h.name)
			}
		}
	}
	// The truth names a trace where it joins at least two personas.
	for _, trace := range traces {
		for gen := range size {
			together := uses[fmt.Sprint(trace.name, gen)]
			if one := trace.name == "vouching" || trace.name == "referral"; len(together) < 2 && !one {
				continue
			}
			for _, t := range together {
				t.is(trace.name)
			}
		}
	}
	for _, t := range c.personas {
		if len(t.kinds) == 1 {
			t.is("shares-nothing")
		}
		for _, name := range t.habits {
			t.is(name)
		}
		if len(t.habits) == 0 {
			t.is("no-habit")
		}
	}
	return c
}

// redate moves what depends on the day of the application.
func (w *world) redate(d dice, p *person) {
	if p.doc != nil {
		doc := w.passport(d, &p.label, p.doc.Number, p.born, record.DateOf(p.received.AddDate(0, 0, -d.between(30, 3000))), 10)
		p.doc = &doc
	}
	p.jobs, p.referees = nil, nil
	w.drawCareer(d, p, year(p.born))
}

// ordinary: operators live among the same agencies, exits and habits as
// everybody; those are no sign of them.
func (w *world) ordinary(t *persona) {
	if t.d.chance(0.03) { // sent by an agency that knows no better
		w.agencyPeople(&group{people: []*person{t.person}, d: t.d})
	}
	for i, h := range happenings {
		switch h.kind {
		case "vpn", "campus", "company-payee", "employer-of-record", "slip", "contact-change", "camera-once", "outdated-profile", "parcel-shop", "other-spelling":
			if t.d.chance(w.climate.happenings[i]) {
				h.do(w, t.d, t.person)
			}
		}
	}
}
