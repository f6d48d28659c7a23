package link

// Vetoes: what two names of one operator cannot have. They stand above every
// sum: two people who were each proven to be somebody, by a chip, a wallet or in
// person, are two people; and nobody sits live in two places at one time. Who
// lends a proven identity to an operator is linked and shown, never joined.

// Live is a live interview as a session of it was seen.
type Live struct {
	At    int64  // Unix seconds
	Place uint64 // digest of the network
}

// sameHour is within how many seconds two interviews are at one time.
const sameHour = 20 * 60

// vetoed reports whether two identities cannot be one person.
func (e *evaluation) vetoed(x, y uint32) bool {
	if e.proven[x] && e.proven[y] {
		return true
	}
	for _, a := range e.live[x] {
		for _, b := range e.live[y] {
			if a.Place != b.Place && abs(a.At-b.At) < sameHour {
				return true
			}
		}
	}
	return false
}

// provenPeople gathers who is proven, and the live interviews, by identity.
func (e *evaluation) provenPeople() {
	e.proven, e.live = map[uint32]bool{}, map[uint32][]Live{}
	for i := range e.b.subjects {
		s := &e.b.subjects[i]
		if s.proven || len(s.live) > 0 {
			r := e.g.ident.find(uint32(i))
			if s.proven {
				e.proven[r] = true
			}
			e.live[r] = append(e.live[r], s.live...)
		}
	}
}

// partProven takes every proven identity out of a group that has two of them,
// and joins the rest again without them.
func (e *evaluation) partProven(edges []pairEdge, cut []bool, one sets) sets {
	count := map[uint32]int{}
	for x := range e.proven {
		count[one.find(x)]++
	}
	several := func(x uint32) bool { return e.proven[x] && count[one.find(x)] > 1 }
	again := newSets(len(one.up))
	for i, d := range edges {
		if !cut[i] && !several(d.a) && !several(d.b) {
			again.union(d.a, d.b)
		}
	}
	return again
}

// provenIn reports whether x is proven and so is somebody of the question.
func (e *evaluation) provenIn(x, root uint32) bool { return e.proven[x] && e.anyProven[root] }
