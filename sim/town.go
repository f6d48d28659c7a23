package sim

import "bonafide/record"

// group is people of one town whose lives touch.
type group struct {
	kind   string
	people []*person
	number uint64 // of this group in the population
	d      dice
}

// groupKind is one way to belong together: its share of people, how many make
// one, and what joins them.
type groupKind struct {
	kind   string
	share  float64
	lo, hi int
	join   func(w *world, g *group)
}

var groupKinds = []groupKind{
	{"", 0.705, 1, 1, nil},
	{"household", 0.060, 2, 4, (*world).household},
	{"flat-share", 0.025, 3, 6, (*world).flatShare},
	{"residence", 0.025, 8, 40, (*world).residence},
	{"agency", 0.060, 4, 25, (*world).agencyPeople},
	{"referring-manager", 0.020, 5, 14, (*world).referringManager},
	{"colleagues", 0.030, 2, 3, (*world).colleagues},
	{"alumni", 0.035, 3, 8, (*world).alumni},
	{"namesake", 0.015, 2, 3, (*world).namesakes},
	{"recycled-phone", 0.008, 2, 2, (*world).recycledPhone},
	{"course", 0.020, 10, 30, (*world).course},
}

// size of one such group. Of homes with several applicants two in three have
// two, one in thirty four.
func (k *groupKind) size(d dice) int {
	if k.kind == "household" {
		return 2 + d.weighted(householdSizes)
	}
	return d.between(k.lo, k.hi)
}

var householdSizes = []float64{65, 32, 3}

func (k *groupKind) mean() float64 {
	if k.kind == "household" {
		return 2.4
	}
	return float64(k.lo+k.hi) / 2
}

// town draws the honest people of one town: first alone, then joined in groups,
// then with whatever happens in single lives.
func (w *world) town(t int) []*person {
	from, to := t*townSize, min((t+1)*townSize, w.People)
	origins, ranks := w.slots(from, to)
	d := roll(w.Seed, "town", uint64(t))
	var people []*person
	for n := from; n < to; {
		k := groupKinds[d.weighted(w.climate.groups)]
		g := group{kind: k.kind, number: uint64(n), d: roll(w.Seed, "group", uint64(n))}
		for range min(k.size(g.d), to-n) {
			own := roll(w.Seed, "person", uint64(n))
			origin := origins[n-from]
			home := origin
			if own.chance(0.07) {
				home = w.countries[w.wheel[own.upTo(len(w.wheel))]]
			}
			p := w.draw(own, uint64(n)*applicationsEach, origin, home, uint64(n), forPeople, ranks[n-from])
			p.n, p.truth = n, "p"+itoa(uint64(n))
			if home != origin {
				w.migrate(own, p)
			}
			g.people = append(g.people, p)
			n++
		}
		if k.join != nil && len(g.people) >= 2 {
			k.join(w, &g)
			for _, p := range g.people {
				p.is(k.kind)
				if k.kind == "household" && len(g.people) > 3 {
					p.is("household-of-four")
				}
			}
		}
		for _, p := range g.people {
			w.live(roll(w.Seed, "life", uint64(p.n)), p)
		}
		people = append(people, g.people...)
	}
	if w.Swap {
		w.swap(t, people)
	}
	return people
}

// swap moves the labels among the people of a town: those with one family name
// among themselves, those who married among themselves, so that each label moves
// whole. Whatever hangs on a person and is no name, nationality or language stays.
func (w *world) swap(t int, people []*person) {
	d := roll(w.Seed, "swap", uint64(t))
	for _, married := range []bool{false, true} {
		var some []*person
		for _, p := range people {
			if (p.label.maiden != "") == married && !p.pinned {
				some = append(some, p)
			}
		}
		labels := make([]label, len(some))
		for i, p := range some {
			labels[i] = p.label
		}
		for i, from := range d.Perm(len(some)) {
			some[i].label = labels[from]
			if some[i].doc != nil {
				nameOn(some[i].doc, &some[i].label)
			}
		}
	}
}

// moveIn gives a person the postal address and line of a home.
func (p *person) moveIn(a record.Address, ip string, zone string) {
	p.address, p.zone = a, zone
	p.places[0] = place{ip, zone}
	for i := range p.places {
		p.places[i].zone = zone
	}
}
