package link

import (
	"math"

	"bonafide/record"
)

// A group as one profile has signs of its own: the level says how many besides
// its own members have the value, and whether one of its members does, some do or many.
const (
	fromSome    = 4 // added to the level
	fromMany    = 8
	groupLevels = 12
	many        = 4 // members
)

// groupModel is the model of "x belongs to this question": how often a hidden
// member shows a sign, with how many strangers one member shares it. Learned
// from all questions together.
type groupModel struct {
	m, strangers [groupSigns]float64
	hidden       float64 // hidden members per member shown
	people       float64
	together     [groupSigns]float64 // how many showed a sign and another story
	blocks       float64             // up to which cost a block of numbers leads somewhere alone
}

const groupSigns = 1 + int(record.Kinds)*groupLevels

// firstSign is the first sign of a kind, and the only one of a hard kind.
func firstSign(k record.Kind) sign { return sign(1 + int(k)*groupLevels) }

func groupSign(k record.Kind, outside, inside int) sign {
	level := 3
	switch {
	case hard(k):
		return firstSign(k)
	case outside <= 1:
		level = 0
	case outside <= 4:
		level = 1
	case outside <= 11:
		level = 2
	}
	switch {
	case inside >= many:
		level += fromMany
	case inside > 1:
		level += fromSome
	}
	return firstSign(k) + sign(level)
}

func groupKind(s sign) record.Kind { return record.Kind((s - 1) / groupLevels) }

func (p *pattern) addGroup(s sign, rank *[groupSigns]float64) {
	if at := &p[storyOf(groupKind(s))]; *at == 0 || rank[s] < rank[*at] || rank[s] == rank[*at] && s < *at {
		*at = s
	}
}

// thin reports whether all that leads here is one soft value that one member
// alone has in common with this person: a hotel's network, a phrase of a
// reference. What somebody does themselves, naming a member as referee or
// referrer, is not thin; nor is what this population has shown in company often
// enough to know it for an operator's.
func (g *groupModel) thin(a approach) bool {
	if a.families() > 1 {
		return false
	}
	for _, s := range a.pattern {
		if s == 0 {
			continue
		}
		k, one := groupKind(s), (s-1)%groupLevels < fromSome
		return !hard(k) && g.together[s] < knownFrom && one && !names(k)
	}
	return true
}

// names says whether a kind is one applicant's naming another: nothing that two
// strangers run into, but what one of them did.
func names(k record.Kind) bool { return k == record.KindRefereeSelf || k == record.KindReferral }

// others reports whether what leads here is not this person's own doing: where
// a referee sat, what a referee wrote, and a network, which is whoever's.
func (g *groupModel) others(a approach) bool {
	for _, s := range a.pattern {
		if s != 0 && (storyOf(groupKind(s)) == storyPlace || groupKind(s) == record.KindReferenceText) {
			return true
		}
	}
	return false
}

// knownFrom is how many of those who show a sign must have shown another story
// too for the sign to be known.
const knownFrom = 3

// ownCircle is from how many people on, that somebody in no question shares a sign with, it is how people
// here know one another: former colleagues name one manager, whom a persona may name too.
const ownCircle = 0.01

// dailyLife is from how many strangers on, that one person shares a sign with,
// it is part of daily life where one lives: two such signs may be one town.
const dailyLife = 0.02

// daily reports whether all that leads here is daily life.
func (g *groupModel) daily(a approach) bool {
	for _, s := range a.pattern {
		if s != 0 && g.strangers[s] <= dailyLife {
			return false
		}
	}
	return true
}

// groupPrior takes over what the pairs taught.
func (e *evaluation) groupPrior() *groupModel {
	g := &groupModel{hidden: 0.3, people: float64(len(e.g.firstSeen))}
	for k := range record.Kind(record.Kinds) {
		of := &e.persona.Kinds[k]
		if hard(k) {
			g.m[firstSign(k)], g.strangers[firstSign(k)] = of[0].M, of[0].Strangers
			continue
		}
		m := 0.0
		for l := range atOneDoor {
			m += of[l].M
		}
		for l := range atOneDoor {
			if m > 0 {
				at, rate := int(firstSign(k))+l, of[l].Strangers
				g.m[at], g.strangers[at] = m/4, rate
				g.m[at+fromSome], g.strangers[at+fromSome] = m/4, rate*alsoOthers[l]
				g.m[at+fromMany], g.strangers[at+fromMany] = m/4, rate*alsoOthers[l]*alsoOthers[l]
			}
		}
	}
	return g
}

// alsoOthers is how much seldomer a stranger shares a value that two members of
// one operator have, by how many besides them do: a value that only they and one
// more have is theirs, an exit that many have is nobody's.
var alsoOthers = [atOneDoor]float64{1. / 16, 1. / 8, 1. / 4, 1. / 2}

// priorMembers is how much the pairs' model counts, as so many members of
// questions; priorHidden, as so many hidden members.
const (
	priorMembers = 30
	priorHidden  = 10
)

// mostHidden bounds how many hidden members there are for one that is shown.
const mostHidden = 3

// learn fits the model as Persona.learn does: strangers by how often a sign
// stands in company, then m by expectation and maximisation.
func (g *groupModel) learn(list []approach, size map[uint32]int, most [groupSigns]float64) {
	members := 0.0
	for _, n := range size {
		members += float64(n)
	}
	var count, alone, of [groupSigns]float64 // of: what part of those who approach belong
	together, firm := priorHidden*shippedCompany, float64(priorHidden)
	for _, a := range list {
		for _, s := range a.pattern {
			if s != 0 {
				count[s]++
				if a.families() == 1 {
					alone[s]++
				}
			}
		}
	}
	for s := range count {
		if g.strangers[s] <= hardlyEver {
			together, firm = together+count[s]-alone[s], firm+count[s]
		}
	}
	company := max(together/firm, 0.1)
	for s := range count {
		if most[s] <= busier*ownCircle { // what those who are in no question share all the time is known for nothing
			g.together[s] = count[s] - alone[s]
		}
	}
	m0, h0 := g.m, g.hidden
	for s := range count {
		if m0[s] == 0 {
			continue
		}
		doubt := 1.0
		if hard(groupKind(sign(s))) {
			doubt = 3
		}
		of[s] = share(count[s], alone[s], company, doubt)
		honest := count[s] * (1 - of[s])
		g.strangers[s] = max(honest/max(members, 1), (honest+priorMembers*g.strangers[s])/(members+priorMembers))
		if most[s] > 0 {
			g.strangers[s] = min(g.strangers[s], most[s])
		}
	}
	all := 0.0
	for _, a := range list {
		most := 0.0
		for _, s := range a.pattern {
			if s != 0 {
				most = max(most, of[s])
			}
		}
		if a.families() > 1 {
			most = 1
		}
		all += most
	}
	all /= company
	all = min(all, mostHidden*members) // what m is a share of must be what hidden says
	g.hidden = max((all+priorHidden*h0)/(members+priorHidden), 0.01)
	for s := range g.m {
		g.m[s] = (count[s]*of[s] + priorHidden*m0[s]) / (all + priorHidden)
	}
	for range emRounds {
		var fromM [groupSigns]float64
		for _, a := range list {
			theirs := 1 / (1 + math.Exp2(-g.score(a, size[a.root])))
			for _, s := range a.pattern {
				if s != 0 {
					fromM[s] += theirs
				}
			}
		}
		for s := range g.m {
			g.m[s] = min(0.95, (fromM[s]+priorHidden*m0[s])/(all+priorHidden))
		}
	}
}

// strangersOutside is with how many strangers at most a member shares a sign,
// as whoever is in no question does with others who are in none: members lead
// busier lives, but not beyond all measure. Of signs that two members show it
// says nothing.
func (e *evaluation) strangersOutside() (most [groupSigns]float64) {
	for i := range e.ties {
		t := &e.ties[i]
		if t.level == atOneDoor || e.g.clusterOf(t.a) != 0 || e.g.clusterOf(t.b) != 0 {
			continue
		}
		s := groupSign(t.kind, max(1, int(t.holders)-1), 1)
		for d := t.draws; d != 0; d &= d - 1 {
			most[s]++
		}
	}
	people := float64(len(e.g.firstSeen) - len(e.g.clusters))
	for s, n := range most {
		if n > 0 {
			most[s] = busier * (n + 2*math.Sqrt(n)) / max(people, 1)
		}
	}
	return most
}

// busier is how many times as many strangers a member may meet as others do.
const busier = 3

// score is the log2 odds that x is a hidden member of a question of so many.
// One story: the size cancels, a large group has more hidden members and
// touches more strangers. Each story more would be chance among all people.
func (g *groupModel) score(a approach, size int) float64 {
	n := float64(size)
	total := math.Log2(g.hidden * n / g.people)
	for _, s := range a.pattern {
		if s != 0 {
			total += math.Log2(g.m[s] * g.people / (n * g.strangers[s]))
		}
	}
	return total
}
