package index

import (
	"cmp"
	"slices"

	"bonafide/link"
)

// photoDelta is the long hashes since the last segment, found by the same slots as in a photoFile: per bucket a chain
// through the rows. Up to so many (flat) are compared one by one.
type photoDelta struct {
	rows  []photoRow // by subject; of one that is gone the hash is empty
	heads []uint32   // slot and code → 1 + the newest row, 0 for none
	next  [][photoSlots]uint32
	parts bool // of parts of pictures
}

// longPhotos gives the long hashes of a profile, each once.
func longPhotos(p *link.Profile, take func(longHash)) {
	for i := range p.Photos {
		h := p.Photos[i].PDQ
		if h != (link.Photo{}).PDQ && !slices.ContainsFunc(p.Photos[:i], func(o link.Photo) bool { return o.PDQ == h }) {
			take(longHash(h))
		}
	}
}

// partPhotos gives the hashes of the parts of a profile's pictures, each once.
func partPhotos(p *link.Profile, take func(longHash)) {
	for i := range p.Photos {
		for j, h := range p.Photos[i].Views {
			before := slices.Contains(p.Photos[i].Views[:j], h) ||
				slices.ContainsFunc(p.Photos[:i], func(o link.Photo) bool { return slices.Contains(o.Views, h) })
			if !before && h != (link.Photo{}).PDQ {
				take(longHash(h))
			}
		}
	}
}

// flat is up to how many are compared one by one: of parts fewer, since one question asks for several.
func (d *photoDelta) flat() int {
	if d.parts {
		return photoFlat / 8
	}
	return photoFlat
}

func (d *photoDelta) add(h longHash, id uint32) {
	d.rows = append(d.rows, photoRow{h, id})
	switch {
	case d.heads != nil:
		d.chain(len(d.rows) - 1)
	case len(d.rows) > d.flat():
		d.heads = make([]uint32, photoSlots*slotCodes)
		for i := range d.rows {
			d.chain(i)
		}
	}
}

func head(slot int, code uint16) int { return slot*slotCodes + int(code) }

// chain puts a row at the head of its sixteen chains.
func (d *photoDelta) chain(i int) {
	d.next = append(d.next, [photoSlots]uint32{})
	if d.rows[i].hash == (longHash{}) {
		return
	}
	for s, half := range d.rows[i].hash.halves() {
		at := &d.heads[head(s, codeOf(s, half))]
		d.next[i][s], *at = *at, uint32(i)+1
	}
}

// forget takes the pictures of a subject out.
func (d *photoDelta) forget(id uint32) {
	i, _ := slices.BinarySearchFunc(d.rows, id, func(r photoRow, id uint32) int { return cmp.Compare(r.subject, id) })
	for ; i < len(d.rows) && d.rows[i].subject == id; i++ {
		d.unchain(i)
		d.rows[i].hash = longHash{}
	}
}

func (d *photoDelta) unchain(i int) {
	if d.heads == nil || d.rows[i].hash == (longHash{}) {
		return
	}
	for s, half := range d.rows[i].hash.halves() {
		at := &d.heads[head(s, codeOf(s, half))]
		for *at != 0 && *at != uint32(i)+1 {
			at = &d.next[*at-1][s]
		}
		if *at != 0 {
			*at = d.next[i][s]
		}
	}
}

// near gives the subjects of all that is near, some more than once, until take answers false.
func (d *photoDelta) near(h *longHash, part bool, spent *int, take func(subject uint32) bool) {
	part = part || d.parts
	changes := 16
	if part {
		changes = 0
	}
	if d.heads == nil {
		for i := range d.rows {
			if r := &d.rows[i]; r.hash != (longHash{}) && r.hash.near(h, part) && !take(r.subject) {
				return
			}
		}
		return
	}
	for s, mine := range h.halves() {
		for e := -1; e < changes; e++ {
			half := mine
			if e >= 0 {
				half ^= 1 << e
			}
			for at := d.heads[head(s, codeOf(s, half))]; at != 0; at = d.next[at-1][s] {
				if *spent++; *spent > photoScans {
					return
				}
				if r := &d.rows[at-1]; r.hash.near(h, part) && !take(r.subject) {
					return
				}
			}
		}
	}
}

// standing is the rows that are not gone.
func (d *photoDelta) standing() []photoRow {
	return slices.DeleteFunc(slices.Clone(d.rows), func(r photoRow) bool { return r.hash == longHash{} })
}
