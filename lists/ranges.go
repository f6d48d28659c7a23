package lists

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"sort"
)

// ip4 and ip6 are addresses as numbers, so that half a million ranges are a
// flat slice without pointers.
type ip4 uint32
type ip6 struct{ hi, lo uint64 }

type number[K any] interface {
	less(K) bool
	next() (K, bool) // false at the end of the address space
	prev() K
}

func (a ip4) less(b ip4) bool   { return a < b }
func (a ip4) next() (ip4, bool) { return a + 1, a+1 != 0 }
func (a ip4) prev() ip4         { return a - 1 }

func (a ip6) less(b ip6) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }
func (a ip6) next() (ip6, bool) {
	n := ip6{a.hi, a.lo + 1}
	if n.lo == 0 {
		n.hi++
	}
	return n, n != ip6{}
}
func (a ip6) prev() ip6 {
	if a.lo == 0 {
		a.hi--
	}
	a.lo--
	return a
}

func num4(a netip.Addr) ip4 {
	b := a.As4()
	return ip4(binary.BigEndian.Uint32(b[:]))
}

func num6(a netip.Addr) ip6 {
	b := a.As16()
	return ip6{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// span is an inclusive range with a value.
type span[K number[K]] struct {
	from, to K
	val      uint32
}

// ranges are spans sorted by address without overlaps: one binary search.
// first narrows the search of IPv4 to those of one /16.
type ranges struct {
	four  []span[ip4]
	six   []span[ip6]
	first []uint32 // index of the first span whose end lies in or after /16 number i
}

// find is the value of the span that holds an address. 4-in-6 addresses count
// as IPv4.
func (r *ranges) find(a netip.Addr) (uint32, bool) {
	if a = a.Unmap(); a.Is4() {
		return r.find4(num4(a))
	}
	if !a.Is6() {
		return 0, false
	}
	k := num6(a)
	i := sort.Search(len(r.six), func(i int) bool { return !r.six[i].to.less(k) })
	if i < len(r.six) && !k.less(r.six[i].from) {
		return r.six[i].val, true
	}
	return 0, false
}

func (r *ranges) find4(k ip4) (uint32, bool) {
	lo, hi := 0, len(r.four)
	if r.first != nil {
		lo = int(r.first[k>>16])
		hi = min(hi, int(r.first[k>>16+1])+1)
	}
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if r.four[m].to < k {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(r.four) && r.four[lo].from <= k && k <= r.four[lo].to {
		return r.four[lo].val, true
	}
	return 0, false
}

// build sorts and flattens; p decides where spans overlap.
func build(four []span[ip4], six []span[ip6], p func() picker) *ranges {
	r := &ranges{four: flatten(four, p()), six: flatten(six, p())}
	if len(r.four) >= 4096 {
		r.first = make([]uint32, 1<<16+1)
		i := 0
		for top := range r.first {
			for i < len(r.four) && uint64(r.four[i].to) < uint64(top)<<16 {
				i++
			}
			r.first[top] = uint32(i)
		}
	}
	return r
}

// picker keeps the spans that hold the current address and says which value
// they have together.
type picker interface {
	add(val uint32)
	remove(val uint32)
	pick() (uint32, bool)
}

// flatten sweeps over the boundaries of spans and gives the pieces between
// them the picker's value; neighbours of one value become one.
func flatten[K number[K]](spans []span[K], p picker) []span[K] {
	slices.SortFunc(spans, func(a, b span[K]) int {
		switch {
		case a.from.less(b.from):
			return -1
		case b.from.less(a.from):
			return 1
		case b.to.less(a.to): // the wider one first, so that the narrower is added last
			return -1
		case a.to.less(b.to):
			return 1
		}
		return int(a.val) - int(b.val)
	})
	ends := slices.Clone(spans)
	slices.SortFunc(ends, func(a, b span[K]) int {
		switch {
		case a.to.less(b.to):
			return -1
		case b.to.less(a.to):
			return 1
		}
		return int(a.val) - int(b.val)
	})
	out := make([]span[K], 0, len(spans))
	emit := func(from, to K) {
		if to.less(from) {
			return
		}
		val, ok := p.pick()
		if !ok {
			return
		}
		if n := len(out); n > 0 && out[n-1].val == val {
			if after, ok := out[n-1].to.next(); ok && !after.less(from) && !from.less(after) {
				out[n-1].to = to
				return
			}
		}
		out = append(out, span[K]{from, to, val})
	}
	var from K
	for i, j := 0, 0; j < len(ends); {
		if i < len(spans) && !ends[j].to.less(spans[i].from) {
			at := spans[i].from
			if from.less(at) {
				emit(from, at.prev())
			}
			for from = at; i < len(spans) && !at.less(spans[i].from); i++ {
				p.add(spans[i].val)
			}
			continue
		}
		at := ends[j].to
		emit(from, at)
		for ; j < len(ends) && !at.less(ends[j].to); j++ {
			p.remove(ends[j].val)
		}
		next, ok := at.next()
		if !ok {
			break
		}
		from = next
	}
	return slices.Clip(out)
}

// narrowest picks the span that began last: of nested ranges the most precise.
// A value that ended is taken off when it comes to lie on top.
type narrowest struct {
	stack []uint32
	gone  map[uint32]int
}

func newNarrowest() picker { return &narrowest{gone: map[uint32]int{}} }

func (n *narrowest) add(val uint32)    { n.stack = append(n.stack, val) }
func (n *narrowest) remove(val uint32) { n.gone[val]++ }
func (n *narrowest) pick() (uint32, bool) {
	for len(n.stack) > 0 {
		top := n.stack[len(n.stack)-1]
		if n.gone[top] == 0 {
			return top, true
		}
		if n.gone[top]--; n.gone[top] == 0 {
			delete(n.gone, top)
		}
		n.stack = n.stack[:len(n.stack)-1]
	}
	return 0, false
}

// together picks the set of all values that hold an address and numbers the
// sets; sets is shared by both address families.
type together struct {
	sets  *valueSets
	count map[uint32]int
	now   []uint32 // sorted
}

type valueSets struct {
	number map[string]uint32
	sets   [][]uint32
}

func (t *together) add(val uint32) {
	if t.count[val]++; t.count[val] == 1 {
		i, _ := slices.BinarySearch(t.now, val)
		t.now = slices.Insert(t.now, i, val)
	}
}

func (t *together) remove(val uint32) {
	if t.count[val]--; t.count[val] == 0 {
		i, _ := slices.BinarySearch(t.now, val)
		t.now = slices.Delete(t.now, i, i+1)
	}
}

func (t *together) pick() (uint32, bool) {
	if len(t.now) == 0 {
		return 0, false
	}
	return t.sets.of(t.now), true
}

func (v *valueSets) of(vals []uint32) uint32 {
	key := make([]byte, 0, 64)
	for _, x := range vals {
		key = binary.LittleEndian.AppendUint32(key, x)
	}
	if n, ok := v.number[string(key)]; ok {
		return n
	}
	n := uint32(len(v.sets))
	v.number[string(key)] = n
	v.sets = append(v.sets, slices.Clone(vals))
	return n
}
