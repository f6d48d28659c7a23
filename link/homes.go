package link

import "bonafide/record"

// What people of one home have in common is the home's: one line, one computer,
// one network, one address tell one story. Two or three are excused outright. A
// fourth is not, but where homes of two and three are common here, some of four
// and five must be as well, and together they would make more false pairs than a
// kind of evidence may: so up to the size at which that ends, what a home shares
// counts only where something leads to the same people that is no home's. The same
// holds for residences, whose computer in the hall serves many.

// homeStory is what those who live together share.
const homeStory = bitContact | bitDevice | bitPlace | bitPay

// homesLeast is from how many homes, or pairs of colleagues, on they are a habit and
// not a case; habit the same of what is seldomer: the second makes it one.
const (
	homesLeast = 5
	habit      = 2
)

// homeTally counts how many values of a kind are a home's of two and of three, and
// how many pairs they make in residences.
type homeTally struct {
	two, three, inHalls [record.Kinds]float64
}

func (h *homeTally) note(e *evaluation, k record.Kind, ms []member) {
	if !rules[k].household || k.Family() == record.Pay {
		return
	}
	home, hall := len(ms) <= householdMost, 0.0
	for i := range ms {
		for j := range i {
			home = home && e.excused(k, &ms[i], &ms[j]) == record.Household
			if e.bigHouse(k, &ms[i], &ms[j]) {
				hall++
			}
		}
	}
	switch {
	case home && len(ms) == 2:
		h.two[k]++
	case home:
		h.three[k]++
	}
	h.inHalls[k] += hall
}

// conclude says for each kind up to how many people of one home share it here as
// families do, and whether residences do. How many of a home apply is taken as
// Poisson, so that homes of n and of n+1 stand as n+1 to a rate that those of two
// and three tell, whatever they share.
func (h *homeTally) conclude(e *evaluation) {
	allowed := falsePairs * float64(e.people())
	residences := 0
	for _, who := range e.doors {
		if len(who) >= bigHouse {
			residences++
		}
	}
	two, three := 0.0, 0.0
	for k := range h.two {
		two, three = two+h.two[k], three+h.three[k]
	}
	for k := range h.two {
		e.homes[k] = householdMost
		e.halls[k] = residences >= habit && h.inHalls[k] > allowed
		if two < homesLeast {
			continue
		}
		rate := 3 * three / two
		homes := (h.two[k] + h.three[k]) * three / (two + three)
		for n := float64(householdMost + 1); n < bigHouse; n++ {
			homes *= rate / n
			if homes*n*(n-1)/2 <= allowed {
				break
			}
			e.homes[k]++
		}
	}
}

// homely reports whether n others of one roof share a kind here as families do.
func (e *evaluation) homely(k record.Kind, me *member, n int) bool {
	return rules[k].household && k.Family() != record.Pay && max(n+1, e.doors.living(me.door, me.flat)) <= e.homes[k]
}
