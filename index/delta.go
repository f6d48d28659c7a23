package index

import (
	"cmp"
	"slices"

	"bonafide/link"
)

// delta is what came in since the last segment was written: rows, and who holds which value, in memory. One slot a
// value and one link a posting, no pointers, so that the collector has nothing to walk.
type delta struct {
	from   uint32 // number of the first row
	rows   [][]byte
	keys   values
	photos pictures
	long   photoDelta
	parts  photoDelta
}

func newDelta(from uint32) *delta {
	return &delta{from: from, parts: photoDelta{parts: true}}
}

func (d *delta) to() uint32    { return d.from + uint32(len(d.rows)) }
func (d *delta) postings() int { return len(d.keys.chain) }

func (d *delta) row(id uint32) []byte { return d.rows[id-d.from] }

// add takes the values of a row in, forget takes them out again.
func (d *delta) add(p *link.Profile, id uint32) {
	postingsOf(p, func(t int, v uint64) {
		if t == tableKeys {
			d.keys.add(v, id)
		}
	})
	for _, ph := range p.Photos {
		if ph.Hash != 0 {
			d.photos.add(ph.Hash, id)
		}
	}
	longPhotos(p, func(h longHash) { d.long.add(h, id) })
	partPhotos(p, func(h longHash) { d.parts.add(h, id) })
}

func (d *delta) forget(p *link.Profile, id uint32) {
	postingsOf(p, func(t int, v uint64) {
		if t == tableKeys {
			d.keys.forget(v, id)
		}
	})
	d.photos.forget(id)
	d.long.forget(id)
	d.parts.forget(id)
}

// postingsIn is every posting of a table.
func (d *delta) postingsIn(t int) []posting {
	if t == tableKeys {
		return d.keys.all()
	}
	out := make([]posting, 0, len(d.photos.all))
	for _, p := range d.photos.all {
		if p.hash != noPicture {
			out = append(out, posting{photoValue(t, p.hash), p.id})
		}
	}
	return out
}

// pictures are the perceptual hashes since the last segment, found by each of their four blocks.
type pictures struct {
	all    []picture // by subject
	blocks values    // table and block → places in all
}

type picture struct {
	hash uint64
	id   uint32
}

func blockKey(t, b int) uint64 { return uint64(t)<<32 | uint64(b)<<16 }

func (p *pictures) add(hash uint64, id uint32) {
	for t := 1; t < tables; t++ {
		p.blocks.add(blockKey(t, bucketOf(photoValue(t, hash))), uint32(len(p.all)))
	}
	p.all = append(p.all, picture{hash, id})
}

func (p *pictures) forget(id uint32) {
	i, _ := slices.BinarySearchFunc(p.all, id, func(x picture, id uint32) int { return cmp.Compare(x.id, id) })
	for ; i < len(p.all) && p.all[i].id == id; i++ {
		for t := 1; t < tables; t++ {
			p.blocks.forget(blockKey(t, bucketOf(photoValue(t, p.all[i].hash))), uint32(i))
		}
		p.all[i].hash = noPicture
	}
}

// noPicture stands in place of one that was taken out; a hash with all bits equal is never kept.
const noPicture = 0

// values is a multimap from 64-bit digests to numbers.
type values struct {
	slots []slot
	used  int
	chain []link32
}

type slot struct {
	value uint64
	head  uint32 // 1 + place of the newest in chain, 0 in an empty slot
	count uint32
}

type link32 struct{ id, next uint32 }

// firstSlot is where the search for a value begins.
func (v *values) firstSlot(value uint64) int {
	return int(value*0x9e3779b97f4a7c15>>30) & (len(v.slots) - 1) // values are digests, or few bits in a row
}

func (v *values) slot(value uint64) int {
	mask := len(v.slots) - 1
	i := v.firstSlot(value)
	for v.slots[i].head != 0 && v.slots[i].value != value {
		i = (i + 1) & mask
	}
	return i
}

func (v *values) add(value uint64, id uint32) {
	value &= valueMask
	if 2*v.used >= len(v.slots) {
		old := v.slots
		v.slots = make([]slot, max(1024, 2*len(old)))
		for _, s := range old {
			if s.head != 0 {
				v.slots[v.slot(s.value)] = s
			}
		}
	}
	s := &v.slots[v.slot(value)]
	if s.head == 0 {
		v.used++
		s.value = value
	} else if newest := &v.chain[s.head-1]; newest.id == id {
		return // one subject names it twice
	} else if newest.id == gone {
		newest.id = id
		s.count++
		return
	}
	v.chain = append(v.chain, link32{id, s.head})
	s.head = uint32(len(v.chain))
	s.count++
}

// find appends the holders of a value when there are at most some; count is how many there are in all. Of more nobody is
// asked who they are, and a chain is a walk through all of memory.
func (v *values) find(value uint64, most int, to []uint32) (ids []uint32, count int) {
	if len(v.slots) == 0 {
		return to, 0
	}
	s := &v.slots[v.slot(value&valueMask)]
	if int(s.count) > most {
		return to, int(s.count)
	}
	for at := s.head; at != 0; at = v.chain[at-1].next {
		if id := v.chain[at-1].id; id != gone {
			to = append(to, id)
		}
	}
	return to, int(s.count)
}

// all gives every posting.
func (v *values) all() []posting {
	out := make([]posting, 0, len(v.chain))
	for _, s := range v.slots {
		for at := s.head; at != 0; at = v.chain[at-1].next {
			if id := v.chain[at-1].id; id != gone {
				out = append(out, posting{s.value, id})
			}
		}
	}
	return out
}

// gone stands in place of the only holder of a value once that is forgotten.
const gone = ^uint32(0)

// forget takes a subject out of the chain of a value, so that a record edited a thousand times leaves nothing behind.
func (v *values) forget(value uint64, id uint32) {
	if len(v.slots) == 0 {
		return
	}
	s := &v.slots[v.slot(value&valueMask)]
	for before, at := uint32(0), s.head; at != 0; before, at = at, v.chain[at-1].next {
		if v.chain[at-1].id != id {
			continue
		}
		next := v.chain[at-1].next
		switch {
		case before != 0:
			v.chain[before-1].next = next
		case next != 0:
			s.head = next
		default:
			v.chain[at-1].id = gone
		}
		s.count--
		return
	}
}

// dead is the set of subjects that were deleted or replaced and still stand in a segment.
type dead struct {
	bits []uint64
	n    int
}

func (d *dead) has(id uint32) bool {
	i := int(id / 64)
	return i < len(d.bits) && d.bits[i]&(1<<(id%64)) != 0
}

func (d *dead) add(id uint32) {
	i := int(id / 64)
	if i >= len(d.bits) {
		d.bits = append(d.bits, make([]uint64, i+1-len(d.bits))...)
	}
	if d.bits[i]&(1<<(id%64)) == 0 {
		d.bits[i] |= 1 << (id % 64)
		d.n++
	}
}

// list is the set in order, without a range whose files no longer hold them.
func (d *dead) list(from, to uint32) []uint32 {
	var out []uint32
	for i, w := range d.bits {
		for b := uint32(0); w != 0 && b < 64; b++ {
			if id := uint32(i)*64 + b; w&(1<<b) != 0 && (id < from || id >= to) {
				out = append(out, id)
			}
		}
	}
	return slices.Clip(out)
}
