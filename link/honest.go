package link

import "bonafide/record"

// excused is the honest reason for two identities to share a value, if one is in sight.
func (e *evaluation) excused(k record.Kind, x, y *member) record.Excuse {
	r := &rules[k]
	if r.agency && x.agency != 0 && x.agency == y.agency {
		return record.Agency
	}
	if r.household && (x.house != 0 && x.house == y.house || e.doors.household(x, y)) {
		return record.Household
	}
	return record.NoExcuse
}

// bigHouse reports whether two people live in one house of very many flats or
// rooms: its computer, its line and its network serve them all.
func (e *evaluation) bigHouse(k record.Kind, x, y *member) bool {
	return rules[k].household && k.Family() != record.Pay && x.door != 0 && x.door == y.door && e.doors.people(x.door) >= bigHouse
}

// between is how strongly one value ties two identities that nothing excuses.
// People under one roof share much, and so do two holders of one account or
// partners in one company: that is shown, but does not make one operator.
func (e *evaluation) between(k record.Kind, x, y *member) record.Strength {
	roof := rules[k].household && oneRoof(x, y)
	partners := k.Family() == record.Pay && x.flags&y.flags&(flagJoint|flagCompany) != 0
	if roof || partners {
		return min(rules[k].strength, record.Supporting)
	}
	return rules[k].strength
}

// institution is whose value this is when it is nobody's in particular: people
// of one agency, or two paid by an employer of record, make it theirs, also for
// somebody who applied once without them. An account takes three of an agency:
// two may be a couple.
func institution(ms []member, r *rule, k record.Kind) record.Excuse {
	payrolled := 0
	for i := range ms {
		if ms[i].flags&flagPayroll != 0 {
			payrolled++
		}
		if !r.agency || ms[i].agency == 0 {
			continue
		}
		others := 0
		for j := range i {
			if ms[j].agency == ms[i].agency {
				others++
			}
		}
		if others > 1 || others == 1 && k.Family() != record.Pay {
			return record.Agency
		}
	}
	if payrolled > 1 {
		return record.Agency
	}
	return record.NoExcuse
}

// houses reports whether a value is a big house's own: at least three of its
// holders, and half of all, live in one.
func (e *evaluation) houses(ms []member, k record.Kind) bool {
	if !rules[k].household || k.Family() == record.Pay {
		return false
	}
	for i := range ms {
		n := 0
		for j := range ms {
			if ms[j].door == ms[i].door {
				n++
			}
		}
		if ms[i].door != 0 && n > 2 && 2*n >= len(ms) && e.doors.people(ms[i].door) >= bigHouse {
			return true
		}
	}
	return false
}

// houseMates notes who of the holders of one value are of one home of at most
// three, also by way of the third: whoever has moved out shares the computer
// with the one whose new address nobody knows yet, too.
func (e *evaluation) houseMates(ms []member, k record.Kind) {
	if len(ms) < 3 || len(ms) > crowd {
		return
	}
	first := func(i int) int {
		for ms[i].house != 0 && int(ms[i].house)-1 != i {
			i = int(ms[i].house) - 1
		}
		return i
	}
	for i := range ms {
		for j := range i {
			if e.doors.household(&ms[i], &ms[j]) {
				x, y := first(i), first(j)
				ms[x].house, ms[y].house = uint32(min(x, y))+1, uint32(min(x, y))+1
			}
		}
	}
	var size [crowd]uint8
	for i := range ms {
		if ms[i].house != 0 {
			ms[i].house = uint32(first(i)) + 1
			size[ms[i].house-1]++
		}
	}
	for i := range ms {
		if ms[i].house != 0 && size[ms[i].house-1] > householdMost {
			ms[i].house = 0
		}
	}
	if ofHome(k) && len(ms) == householdMost {
		oneAway(ms)
	}
}

// ofHome says whether a kind is what a home has together and who leaves it takes
// along for a while: its computer, its line, its telephone. Accounts and parcels
// are not.
func ofHome(k record.Kind) bool {
	return k == record.KindDevice || k == record.KindNetwork || k == record.KindPhone || k == record.KindEmail
}

// oneAway counts the third holder of what a home of two has to that home: who
// gives another address by now, and no former one, has moved out of it.
func oneAway(ms []member) {
	at, away := uint32(0), -1
	for i := range ms {
		switch {
		case ms[i].house == 0 && away >= 0:
			return
		case ms[i].house == 0:
			away = i
		default:
			at = ms[i].house
		}
	}
	if away >= 0 {
		ms[away].house = at
	}
}
