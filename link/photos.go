package link

import (
	"slices"

	"bonafide/match"
	picture "bonafide/match/photo"
	"bonafide/record"
)

// photoPairs finds near-equal perceptual hashes: multi-index hashing over four
// blocks of sixteen bits, each probed with one bit of error, which finds every
// pair within distance 7. A mirrored portrait flips the sign of every second
// column of the transform; it is asked for with exact blocks. Long hashes are
// searched as well, upright and mirrored, and those of the parts among them and
// among the whole ones: 31 of 256 bits stay rare at any size (views.go).
func (b *Builder) photoPairs(g *Graph) []pairLink {
	n := len(b.photos)
	limit := photoDistance(n)
	if b.climate != nil {
		limit = photoDistance(max(b.climate.Photos, n))
	}
	if n < 2 {
		return nil
	}
	blocks := blocksOf(b.photos)
	var long []picture.PDQ
	var whose []uint32
	for i, p := range b.photos {
		if p.pdq != (picture.PDQ{}) {
			long, whose = append(long, p.pdq), append(whose, uint32(i))
		}
	}
	set := picture.NewSet(long)
	parts, partOf := b.photoParts()
	const bucketMost = 4096 // a block shared by so many is a constant of some encoder
	per := make([][]pairLink, buckets)
	each(func(part int) {
		var out []pairLink
		near := map[uint32]bool{} // whether it is one by parts alone
		for i := part; i < n; i += buckets {
			p := &b.photos[i]
			clear(near)
			ask := func(h uint64, errors, most int) {
				for blk := range 4 {
					at := uint16(h >> (16 * blk))
					for e := -1; e < errors*16; e++ {
						probe := at
						if e >= 0 {
							probe ^= 1 << e
						}
						hashes, whose := blocks[blk].of(probe)
						if len(hashes) > bucketMost {
							continue
						}
						for at, q := range hashes {
							if popcount(q^h) > most {
								continue
							}
							if j := whose[at]; int(j) != i && b.photos[j].kind == p.kind {
								near[j] = false
							}
						}
					}
				}
			}
			whole := func(k, _ int) bool {
				if j := whose[k]; int(j) != i && b.photos[j].kind == p.kind {
					near[j] = false
				}
				return len(near) <= crowd
			}
			part := func(j uint32, distance int) bool {
				q := &b.photos[j]
				if _, known := near[j]; !known && int(j) != i && q.kind == p.kind && fits(distance, apart(p.pdq, q.pdq)) {
					near[j] = true
				}
				return len(near) <= crowd
			}
			if p.hash != 0 {
				ask(p.hash, 1, limit)
			}
			if p.pdq != (picture.PDQ{}) {
				for _, h := range bothWays(p.pdq) {
					set.Near(h, picture.Near, whole)
					parts.Meet(h, picture.Near, func(k, d int) bool { return part(partOf[k], d) })
				}
				for _, v := range p.views {
					for _, h := range bothWays(v) {
						set.Meet(h, picture.Near, func(k, d int) bool { return part(whose[k], d) })
						parts.Meet(h, picture.Near, func(k, d int) bool { return part(partOf[k], d) })
					}
				}
			}
			if p.kind == record.KindPhoto && p.hash != 0 {
				ask(p.hash^0x5555555555555555, 0, min(3, limit))
				ask(p.hash^0xaaaaaaaaaaaaaaaa, 0, min(3, limit))
			}
			for j, byParts := range near {
				if int(j) > i {
					continue // the later of the two speaks for the pair
				}
				q := &b.photos[j]
				if len(near) <= crowd && q.subject != p.subject && !g.sameIdent(p.subject, q.subject) {
					out = append(out, pairLink{a: p.subject, b: q.subject, value: match.Mix(min(p.hash, q.hash)), shared: 1, kind: p.kind,
						aIndex: p.index, bIndex: q.index, strength: record.Strong, part: byParts})
				}
			}
		}
		per[part] = out
	})
	return slices.Concat(per...)
}

// photoParts is the parts of pictures, and whose each is.
func (b *Builder) photoParts() (*picture.Set, []uint32) {
	var all []picture.PDQ
	var whose []uint32
	for i, p := range b.photos {
		if p.pdq == (picture.PDQ{}) {
			continue
		}
		for _, v := range p.views {
			all, whose = append(all, v), append(whose, uint32(i))
		}
	}
	return picture.NewSet(all), whose
}

func bothWays(h picture.PDQ) [2]picture.PDQ { return [2]picture.PDQ{h, h.Laid(picture.Mirrored)} }

// photoBlock is all short hashes in the order of one of their blocks: what a probe compares stands side by side, since a look at a
// million photos would else wait for memory twenty times a probe.
type photoBlock struct {
	starts []uint32
	hashes []uint64
	whose  []uint32
}

func (t *photoBlock) of(block uint16) (hashes []uint64, whose []uint32) {
	lo, hi := t.starts[block], t.starts[int(block)+1]
	return t.hashes[lo:hi], t.whose[lo:hi]
}

func blocksOf(photos []photo) (tables [4]photoBlock) {
	for blk := range tables {
		t := &tables[blk]
		block := func(hash uint64) uint16 { return uint16(hash >> (16 * blk)) }
		t.starts = make([]uint32, 1<<16+1)
		for _, p := range photos {
			if p.hash != 0 {
				t.starts[int(block(p.hash))+1]++
			}
		}
		for i := range 1 << 16 {
			t.starts[i+1] += t.starts[i]
		}
		t.hashes, t.whose = make([]uint64, t.starts[1<<16]), make([]uint32, t.starts[1<<16])
		next := slices.Clone(t.starts)
		for i, p := range photos {
			if p.hash != 0 {
				at := &next[block(p.hash)]
				t.hashes[*at], t.whose[*at] = p.hash, uint32(i)
				*at++
			}
		}
	}
	return tables
}
