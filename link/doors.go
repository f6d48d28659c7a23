package link

import (
	"cmp"
	"slices"
)

// doors says who lives together: the identities of every building where more
// than one applicant lives, by flat.
type doors map[uint64][]resident

type resident struct {
	ident uint32
	flat  uint64
}

func doorsOf(b *Builder, g *Graph) doors {
	type at struct {
		door uint64
		resident
	}
	all := make([]at, 0, len(b.subjects))
	for i := range b.subjects {
		if s := &b.subjects[i]; s.door != 0 {
			all = append(all, at{s.door, resident{g.ident.find(uint32(i)), s.flat}})
		}
	}
	slices.SortFunc(all, func(x, y at) int {
		return cmp.Or(cmp.Compare(x.door, y.door), cmp.Compare(x.ident, y.ident), cmp.Compare(y.flat, x.flat))
	})
	d := doors{}
	for lo := 0; lo < len(all); {
		hi := lo + 1
		for hi < len(all) && all[hi].door == all[lo].door {
			hi++
		}
		if all[hi-1].ident != all[lo].ident {
			list := make([]resident, 0, hi-lo)
			for _, x := range all[lo:hi] { // one entry an identity, with its flat if it ever named one
				if n := len(list); n == 0 || list[n-1].ident != x.ident {
					list = append(list, x.resident)
				}
			}
			d[all[lo].door] = list
		}
		lo = hi
	}
	return d
}

// people is how many identities live in a building.
func (d doors) people(door uint64) int { return len(d[door]) }

// household reports whether two identities are of one home of at most three
// people: one flat, or one door where flats are not named. Somebody who has
// just moved out still belongs to it.
func (d doors) household(x, y *member) bool {
	if movedOut(x, y) {
		return max(1, d.people(x.door), d.people(y.door)) < householdMost
	}
	if x.door == 0 || x.door != y.door || x.flat != y.flat && x.flat != 0 && y.flat != 0 {
		return false
	}
	return d.living(x.door, cmp.Or(x.flat, y.flat)) <= householdMost
}

// living is how many identities live in a flat, or name none in the building.
func (d doors) living(door, flat uint64) (n int) {
	for _, r := range d[door] {
		if r.flat == flat || r.flat == 0 || flat == 0 {
			n++
		}
	}
	return n
}

// movedOut reports whether one of two has left the home of the other, or both
// have left one.
func movedOut(x, y *member) bool {
	return x.left != 0 && (x.left == y.door || x.left == y.home || x.left == y.left) || y.left != 0 && (y.left == x.door || y.left == x.home)
}

// oneRoof reports whether two live, or until just now lived, at one door, or
// wrote down the same words of an address that names no house number.
func oneRoof(x, y *member) bool {
	return x.door != 0 && x.door == y.door || x.door == 0 && y.door == 0 && x.home != 0 && x.home == y.home || movedOut(x, y)
}
