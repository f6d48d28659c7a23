package link

import (
	"slices"

	"bonafide/record"
)

// What two members of a question have is no longer anybody's: it is the
// question's own stock. So a value that says too little between two people (a
// pattern of mailboxes, a referee, one of several sentences) says much about
// a third who has it, as long as it is mostly theirs. Each value is looked at
// once, with all who hold it, whereas ties know two at a time and leave out what
// many hold.

// pooledFrom is how many members must hold a value for it to be their stock.
const pooledFrom = 2

// stocked is somebody who has what is mostly one question's stock.
type stocked struct {
	x, root         uint32
	kind            record.Kind
	value           uint64   // 0 for texts
	outside, inside int      // how many besides the members have it, how many members do
	with            []uint32 // some of those members
}

// withMost is how many members a shared stock is shown with.
const withMost = 5

// stock says for every soft value that is mostly one question's who else holds
// it and might have it from there.
func (e *evaluation) stock(f func(stocked)) {
	kinds := make([]record.Kind, 0, 8)
	for _, gr := range e.groups {
		if !e.severalOfOne(gr) {
			continue
		}
		for _, k := range e.kindsOf(gr, kinds) {
			if tells(k) && rules[k].soft && k != record.KindAddress && k != record.KindPhoneBlock && (k != record.KindReferee || !e.applicants(gr)) {
				e.stockOf(gr, k, f)
			}
		}
	}
	for _, s := range textStreams {
		if !tells(streamKind[s[0]]) {
			continue
		}
		e.stockOfTexts(s[0], s[1], f)
	}
}

// severalOfOne is a quick look: do two records with a value stand in one question?
func (e *evaluation) severalOfOne(gr group) bool {
	var seen [crowd]uint32
	n := 0
	for _, p := range e.b.of(gr) {
		c := e.g.clusterOf(e.g.ident.find(p.subject()))
		if c == 0 {
			continue
		}
		for _, s := range seen[:n] {
			if s == c {
				return true
			}
		}
		if n == len(seen) {
			return true
		}
		seen[n] = c
		n++
	}
	return false
}

func (e *evaluation) stockOf(gr group, k record.Kind, f func(stocked)) {
	ms := e.membersOf(gr, k)
	if len(ms) <= pooledFrom || len(ms) > rules[k].crowd || institution(ms, &rules[k], k) != record.NoExcuse || e.houses(ms, k) {
		return
	}
	root, inside := e.owners(len(ms), func(i int) uint32 { return ms[i].ident })
	if root == 0 {
		return
	}
	for i := range ms {
		x := &ms[i]
		if e.g.clusterOf(x.ident) == root || !k.Held() && (e.g.firstSeen[x.ident] <= ms[0].at || x.proven) {
			continue // whoever was here before it was typed may be a victim
		}
		apart, with := true, []uint32(nil)
		for j := range ms {
			y := &ms[j]
			if e.g.clusterOf(y.ident) != root {
				continue
			}
			if e.excused(k, x, y) != record.NoExcuse || oneRoof(x, y) || e.parted[pairKey(x.ident, y.ident)] {
				apart = false
				break
			}
			if len(with) < withMost {
				with = append(with, y.ident)
			}
		}
		if apart {
			f(stocked{x.ident, root, k, x.first.value, len(ms) - inside, inside, with})
		}
	}
}

// owners is the question to which at least two holders and more than half of
// all belong.
func (e *evaluation) owners(n int, holder func(int) uint32) (root uint32, inside int) {
	for i := range n {
		c := e.g.clusterOf(holder(i))
		if c == 0 || c == root {
			continue
		}
		count := 0
		for j := range n {
			if e.g.clusterOf(holder(j)) == c {
				count++
			}
		}
		if count >= pooledFrom && 2*count > n && (count > inside || count == inside && c < root) {
			root, inside = c, count
		}
	}
	return root, inside
}

// stockOfTexts does the same for sentences and items of a career. One says
// nothing, however few have it: a turn of phrase that an operator copied is
// common by nature, and strangers meet in it. Several different ones of one
// question's are copied.
func (e *evaluation) stockOfTexts(first, second int, f func(stocked)) {
	type copied struct {
		values int
		stocked
	}
	all := map[uint64]*[2]copied{} // by x and root; a sentence has a value in each family
	for family, stream := range [...]int{first, second} {
		if stream < 0 {
			continue
		}
		e.eachStockText(stream, func(t stocked) {
			key := uint64(t.x)<<32 | uint64(t.root)
			if all[key] == nil {
				all[key] = &[2]copied{}
			}
			c := &all[key][family]
			c.values++
			if c.values == 1 || t.outside < c.outside || t.outside == c.outside && t.inside > c.inside {
				c.stocked = t // the first of equals: values stand sorted
			}
		})
	}
	for _, c := range all {
		best := c[0]
		if c[1].values > best.values {
			best = c[1]
		}
		if best.values >= strongSentences {
			f(best.stocked)
		}
	}
}

func (e *evaluation) eachStockText(stream int, f func(stocked)) {
	var who []uint32
	for _, s := range e.b.common[stream] {
		for lo := 0; lo < len(s); {
			hi := runEnd(s, lo)
			who = who[:0]
			for _, v := range s[lo:hi] {
				if x := e.g.ident.find(uint32(v & (maxCount - 1))); !slices.Contains(who, x) {
					who = append(who, x)
				}
			}
			lo = hi
			if len(who) <= pooledFrom {
				continue
			}
			root, inside := e.owners(len(who), func(i int) uint32 { return who[i] })
			if root == 0 {
				continue
			}
			var with []uint32
			for _, y := range who {
				if e.g.clusterOf(y) == root && len(with) < withMost {
					with = append(with, y)
				}
			}
			for _, x := range who {
				if e.g.clusterOf(x) != root && e.mayHaveTaken(x, root, who) {
					f(stocked{x, root, streamKind[stream], 0, len(who) - inside, inside, with})
				}
			}
		}
	}
}

// mayHaveTaken reports whether somebody wrote a sentence after others did,
// through no agency that writes for several, and no person has said that they
// are apart.
func (e *evaluation) mayHaveTaken(x, root uint32, who []uint32) bool {
	if e.proven[x] {
		return false
	}
	later, agency := false, e.b.subjects[x].agency
	for _, y := range who {
		later = later || e.g.firstSeen[y] < e.g.firstSeen[x]
		if e.g.clusterOf(y) == root && (agency != 0 && agency == e.b.subjects[y].agency || e.parted[pairKey(x, y)]) {
			return false
		}
	}
	return later
}

// show keeps what of a question's stock somebody has who was drawn in, so that
// it stands in the sums of whoever asks why.
func (e *evaluation) show(all []stocked) {
	for _, t := range all {
		for _, y := range t.with {
			draws := uint8(drawsA)
			if t.kind.Held() {
				draws = drawsBoth
			}
			n := t.outside + t.inside
			e.shown = append(e.shown, tied(t.x, y, t.kind, uint8(levelOf(t.kind, n)), draws, n, t.value))
		}
	}
}
