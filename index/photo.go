package index

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"bonafide/link"
	"bonafide/record"
)

const (
	photoCrowd = 1 << 12 // others with one picture, beyond whom nobody counts
	partsMost  = 1 << 8  // others with a part that is near whose rows are asked
	photoScans = 1 << 22 // entries one question may look at: codes of some encoder end here, not the machine
)

// photo notes who has a picture that is near by its short or its long hash. It gives how many those are when they are a crowd.
func (a *asking) photo(ph link.Photo) int {
	const rare = 24 // a picture that is near is as rare as a value of very few
	from, at := len(a.hits), a.ask(ph.Hash, rare)
	n := 0
	if ph.Hash != 0 {
		n = a.short(ph, at) + a.once(from)
	}
	h := longHash(ph.PDQ)
	if h == (longHash{}) {
		return a.settle(from, n)
	}
	if n <= linkMost && a.err == nil {
		n = max(n, a.long(&h, ofWholes, at))
	}
	if n = a.settle(from, n); n > 0 || a.err != nil {
		return n
	}
	if len(ph.Views) > 0 || a.x.hasParts() {
		a.parts(&ph, from, at)
	}
	return 0
}

// parts notes, behind the hits from one place on, who has a picture of which this one is a part, or the other way about. A part
// that is near may be the backdrop of strangers, which link tells from a crop by the whole pictures, so their rows are asked
// before they take the place of others among the candidates.
func (a *asking) parts(ph *link.Photo, from, at int) {
	whole := len(a.hits)
	h := longHash(ph.PDQ)
	near := a.long(&h, ofParts, at)
	for i := 0; i < len(ph.Views) && near <= partsMost && a.err == nil; i++ {
		h := longHash(ph.Views[i])
		a.long(&h, ofBoth, at)
		near = a.once(whole)
	}
	found := a.hits[whole:]
	a.hits = a.hits[:whole]
	if near > partsMost {
		return
	}
	var q link.Profile
	for _, h := range found {
		if _, known := slices.BinarySearch(a.hits[from:whole], h); known {
			continue
		}
		b, err := a.x.rowOf(h.id())
		if err != nil {
			a.err = err
			return
		}
		if readRowOf(b, &q, noValues) && slices.ContainsFunc(q.Photos, func(o link.Photo) bool { return o.Kind == ph.Kind && ph.Near(&o) }) {
			a.hits = append(a.hits, h)
		}
	}
	if len(a.hits)-from > linkMost {
		a.hits = a.hits[:whole] // what a crowd has a part of may still be somebody's as a whole
	}
}

// settle leaves each hit there once, and none where they are a crowd, of which it gives the size.
func (a *asking) settle(from, n int) int {
	if n <= linkMost {
		n = a.once(from) // some by the one hash, some by the other
	}
	if n > linkMost {
		a.hits = a.hits[:from]
		return n
	}
	return 0
}

// once takes out hits that are there twice, from one place on, and gives how many are left.
func (a *asking) once(from int) int {
	slices.Sort(a.hits[from:])
	a.hits = append(a.hits[:from], slices.Compact(a.hits[from:])...)
	return len(a.hits) - from
}

// short looks by each of four blocks of 16 bits, with one bit of error, which finds everything up to seven bits away; the
// mirror image is asked for with exact blocks. It gives how many more have the very same hash where only the count is kept.
func (a *asking) short(ph link.Photo, at int) (more int) {
	mirror := [2]uint64{ph.Hash ^ 0x5555555555555555, ph.Hash ^ 0xaaaaaaaaaaaaaaaa}
	var looks [(tables - 1) * (1 + bucketBits + len(mirror))]look
	n := 0
	add := func(t int, v uint64, b int) {
		looks[n] = look{t, v, b}
		n++
	}
	for t := 1; t < tables; t++ {
		v := photoValue(t, ph.Hash)
		add(t, v, bucketOf(v))
		for bit := range bucketBits {
			add(t, v, bucketOf(v)^1<<bit)
		}
		if ph.Kind == record.KindPhoto {
			for _, m := range mirror {
				v := photoValue(t, m)
				add(t, v, bucketOf(v))
			}
		}
	}
	a.near(looks[:n], at)
	for _, s := range a.x.segs {
		count, err := s.crowd(1, photoValue(1, ph.Hash))
		if err != nil {
			a.err = err
		}
		more += int(count)
	}
	return more
}

// sought is what a long hash is looked for among: one of a whole picture first among wholes, then among parts; one of a part
// among both.
type sought int

const (
	ofWholes sought = iota
	ofParts
	ofBoth
)

// leavesOut says whether a list is not looked through, one of parts or of wholes.
func (among sought) leavesOut(parts bool) bool {
	return parts && among == ofWholes || !parts && among == ofParts
}

// long looks by a long hash, upright and mirrored. Where photoCrowd others have the picture, the rest is not looked at and
// the count ends there.
func (a *asking) long(h *longHash, among sought, at int) int {
	from, spent := len(a.hits), 0
	enough := func() bool {
		return len(a.hits)-from >= 2*photoCrowd && a.once(from) >= photoCrowd
	}
	full := false
	for _, s := range a.x.segs {
		for _, f := range [...]*photoList{&s.photos.whole, &s.photos.partly} {
			if among.leavesOut(f.parts) {
				continue
			}
			ids, err := f.near(h, among == ofBoth, a.ids[:0], &spent, &a.warm)
			for i := 0; i < len(ids) && err == nil && !full; i++ {
				var who []byte
				for who, err = f.subjects(ids[i]); len(who) >= 4 && !full; who = who[4:] {
					a.picture(binary.LittleEndian.Uint32(who), at)
					full = enough()
				}
			}
			a.ids = ids
			if err != nil {
				a.err = err
				return 0
			}
		}
	}
	a.x.mu.RLock()
	for _, d := range [...]*photoDelta{&a.x.delta.long, &a.x.delta.parts} {
		if !full && !among.leavesOut(d.parts) {
			d.near(h, among == ofBoth, &spent, func(id uint32) bool {
				a.lately(id, at)
				full = enough()
				return !full
			})
		}
	}
	a.x.mu.RUnlock()
	if full || spent > photoScans {
		return photoCrowd
	}
	return min(a.once(from), photoCrowd)
}

func (a *asking) picture(id uint32, at int) {
	if id != a.self && !a.x.buried(id) {
		a.hits = append(a.hits, hitOf(id, at))
	}
}

// lately is picture for one of the delta, where nobody dead is found.
func (a *asking) lately(id uint32, at int) {
	if id != a.self {
		a.hits = append(a.hits, hitOf(id, at))
	}
}

// look is one bucket of a table, for a hash with its block turned to the front.
type look struct {
	t int
	v uint64
	b int
}

// near goes through buckets, all fetched before the first is read (warm).
func (a *asking) near(looks []look, at int) {
	segs := a.x.segs
	parts := make([][]byte, 0, len(looks)*len(segs))
	for i := range looks {
		for _, s := range segs {
			words, err := s.bucket(looks[i].t, looks[i].b)
			if err != nil {
				a.err = err
				return
			}
			if len(words) > 8*bucketMost {
				words = nil // a block shared by so many is a constant of some encoder
			}
			parts = append(parts, words)
		}
	}
	for _, words := range parts {
		a.warm.touch(words, 128)
	}
	for i := range looks {
		a.nearIn(&looks[i], parts[i*len(segs):(i+1)*len(segs)], at)
	}
	a.nearLately(looks, at)
}

func (a *asking) nearIn(l *look, parts [][]byte, at int) {
	// All words of a bucket have its bits in common; what may differ is in their upper half.
	left, rest := photoDistance-bits.OnesCount(uint(l.b^bucketOf(l.v))), uint32(wordOf(l.v, 0)>>32)
	for _, words := range parts {
		for ; len(words) >= 8; words = words[8:] {
			w := binary.LittleEndian.Uint64(words)
			if bits.OnesCount32(uint32(w>>32)^rest) <= left {
				a.picture(uint32(w), at)
			}
		}
	}
}

// nearLately goes through the same buckets of what came in lately.
func (a *asking) nearLately(looks []look, at int) {
	a.x.mu.RLock()
	defer a.x.mu.RUnlock()
	photos := &a.x.delta.photos
	if len(photos.all) == 0 {
		return
	}
	for i := range looks {
		a.warm.sum += uint64(photos.blocks.slots[photos.blocks.firstSlot(blockKey(looks[i].t, looks[i].b))].count)
	}
	var room [16]uint32
	for i := range looks {
		l := &looks[i]
		places, _ := photos.blocks.find(blockKey(l.t, l.b), bucketMost, room[:0])
		for _, i := range places {
			if bits.OnesCount64(photoValue(l.t, photos.all[i].hash)^l.v) <= photoDistance {
				a.lately(photos.all[i].id, at)
			}
		}
	}
}

// photoSum tells one set of pictures from another, whatever the order.
type photoSum struct{ n, sum uint64 }

func (s *photoSum) add(r photoRow) {
	x := uint64(r.subject)
	for _, w := range r.hash {
		x = (x ^ w) * 0x9e3779b97f4a7c15
		x ^= x >> 29
	}
	s.n++
	s.sum += x
}
