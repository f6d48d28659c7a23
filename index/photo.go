package index

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"sync"

	"bonafide/record"
)

// PhotoHash is a perceptual hash of up to 256 bits; a 64-bit one stands in the first word.
type PhotoHash = [4]uint64

// PhotoShape is how many words of 64 bits a photo index compares.
type PhotoShape int

// The two hashes of a record: photos[].pdq and photos[].phash.
const (
	ShapeDCT PhotoShape = 1
	ShapePDQ PhotoShape = 4
)

// Reach is the greatest distance the index finds completely: 31 of 256 bits, 7 of 64.
//
// Multi-index hashing (Norouzi, Punjani, Fleet 2012), nested once: a hash is pairs of slots of 16 bits. Of two hashes 31 bits
// apart at least one of the eight pairs differs in at most 3 bits, and of that pair one half in at most 1. So every
// slot is probed with at most one bit changed (17 buckets), and next to each number in a bucket lies the other half of its
// pair, which rules out all but one in 500 without a look at the hash itself.
func (s PhotoShape) Reach() int { return 4*s.pairs() - 1 }

func (s PhotoShape) pairs() int { return 2 * int(s) }
func (s PhotoShape) slots() int { return 4 * int(s) }

const (
	holdsPhotos  = 0x70686f746f // a sealed file of hashes
	slotCodes    = 1 << 16
	photoScans   = 1 << 23 // entries one question may look at; a crowd of one picture ends here, not the machine
	photoDelta   = 1 << 17 // hashes added since the file was written, looked at one by one
	photosAtMost = 1 << 31
)

// PhotoHit is one stored hash near the one asked about, and who has it.
type PhotoHit struct {
	Hash     PhotoHash
	Distance int
	Subjects []uint32 // ascending, at most as many as were asked for
	Total    int      // how many subjects have exactly this hash
}

// payload is the bytes of a photo index, mapped or in memory.
type payload interface {
	view(at, n uint64) ([]byte, error)
}

type inMemory []byte

func (m inMemory) view(at, n uint64) ([]byte, error) {
	if at > uint64(len(m)) || n > uint64(len(m))-at {
		return nil, damaged("memory", "it points outside itself")
	}
	return m[at : at+n], nil
}

// Photos finds near-equal hashes: a written part that never changes and what was added since. It may be asked from many
// goroutines. Memory: for PDQ 136 bytes a hash and 4 MB, of which a mapped file keeps in memory what is used.
type Photos struct {
	shape  PhotoShape
	n      uint64 // different hashes
	posted uint64 // pairs of hash and subject
	from   payload
	file   *sealed

	mu    sync.RWMutex
	delta []photoRow
}

type photoRow struct {
	hash    PhotoHash
	subject uint32
}

// The payload: hashes, start of each one's subjects, subjects; then per slot: bucket starts, other halves, numbers.
func (p *Photos) subjectsAt() uint64 { return p.n*8*uint64(p.shape) + (p.n+1)*4 }
func (p *Photos) slotAt(s int) uint64 {
	return p.subjectsAt() + 4*p.posted + uint64(s)*((slotCodes+1)*4+p.n*(2+4))
}

// OpenPhotos maps a file that PhotoBuilder wrote.
func OpenPhotos(path string) (*Photos, error) {
	f, err := openSealed(path, holdsPhotos)
	if err != nil {
		return nil, err
	}
	p := &Photos{shape: PhotoShape(f.Meta[0]), n: f.Meta[1], posted: f.Meta[2], from: f, file: f}
	if p.shape != ShapeDCT && p.shape != ShapePDQ || p.n > p.posted || p.posted > photosAtMost || p.slotAt(p.shape.slots()) != f.size {
		f.Close()
		return nil, damaged(path, "its counts do not fit its length")
	}
	return p, nil
}

// Close unmaps the file.
func (p *Photos) Close() error {
	if p.file == nil {
		return nil
	}
	return p.file.Close()
}

// Verify reads the whole file against its checksums.
func (p *Photos) Verify() error {
	if p.file == nil {
		return nil
	}
	return p.file.verify()
}

// Len is how many pairs of hash and subject the index holds.
func (p *Photos) Len() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return int(p.posted) + len(p.delta)
}

// Add lets a new photo be found at once, in memory only. full says that the part in memory has become long enough to be
// written with the rest: PhotoBuilder.AddAll and Write.
func (p *Photos) Add(hash PhotoHash, subject uint32) (full bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delta = append(p.delta, photoRow{p.shape.cut(hash), subject})
	return len(p.delta) >= photoDelta
}

// cut leaves out the words that the shape does not compare.
func (s PhotoShape) cut(h PhotoHash) PhotoHash {
	clear(h[s:])
	return h
}

func distance(a, b *PhotoHash) int {
	return bits.OnesCount64(a[0]^b[0]) + bits.OnesCount64(a[1]^b[1]) + bits.OnesCount64(a[2]^b[2]) + bits.OnesCount64(a[3]^b[3])
}

// Near finds the stored hashes within limit bits, nearest first, at most most of them, each with at most most subjects. more
// says that there are others, perhaps nearer ones: so many near-equal pictures are a stock picture or a default avatar
// and link nobody.
func (p *Photos) Near(hash PhotoHash, limit, most int) (hits []PhotoHit, more bool, err error) {
	if limit < 0 || limit > p.shape.Reach() || most < 1 {
		return nil, false, &record.Error{Code: record.CodeInvalid, Where: "photo index", Message: fmt.Sprintf("asked for a distance outside 0 to %d", p.shape.Reach())}
	}
	hash = p.shape.cut(hash)
	found, more, err := p.candidates(&hash, limit, most)
	if err != nil {
		return nil, false, err
	}
	for _, id := range found {
		hit, err := p.hit(id, &hash, most)
		if err != nil {
			return nil, false, err
		}
		hits = append(hits, hit)
	}
	hits = p.nearInDelta(hits, &hash, limit)
	slices.SortFunc(hits, func(a, b PhotoHit) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), slices.Compare(a.Hash[:], b.Hash[:]))
	})
	if len(hits) > most {
		hits, more = hits[:most], true
	}
	for i := range hits {
		s := hits[i].Subjects
		slices.Sort(s)
		s = slices.Compact(s)
		hits[i].Subjects = s[:min(len(s), most)]
		hits[i].Total = max(hits[i].Total, len(s))
	}
	return hits, more, nil
}

// candidates are the numbers of the written hashes within limit, ascending.
func (p *Photos) candidates(hash *PhotoHash, limit, most int) (found []uint32, more bool, err error) {
	if p.n == 0 {
		return nil, false, nil
	}
	radius := limit / p.shape.pairs() // of the closest pair
	scanned := 0
	for s := range p.shape.slots() {
		own, other := slotOf(hash, s), slotOf(hash, s^1)
		at := p.slotAt(s)
		starts, err := p.from.view(at, (slotCodes+1)*4)
		if err != nil {
			return nil, false, err
		}
		halves := at + (slotCodes+1)*4
		numbers := halves + 2*p.n
		for e := -1; e < 16*min(1, radius/2); e++ {
			code, left := own, radius
			if e >= 0 {
				code, left = own^1<<e, radius-1
			}
			lo := uint64(binary.LittleEndian.Uint32(starts[4*int(code):]))
			hi := uint64(binary.LittleEndian.Uint32(starts[4*int(code)+4:]))
			if lo == hi {
				continue
			}
			if lo > hi || hi > p.n {
				return nil, false, damaged("photos", "a bucket lies outside")
			}
			if scanned += int(hi - lo); scanned > photoScans {
				more = true
				break
			}
			half, err := p.from.view(halves+2*lo, 2*(hi-lo))
			if err != nil {
				return nil, false, err
			}
			for i := 0; i+1 < len(half); i += 2 {
				if bits.OnesCount16(binary.LittleEndian.Uint16(half[i:])^other) > left {
					continue
				}
				id, err := p.number(numbers, lo+uint64(i/2))
				if err != nil {
					return nil, false, err
				}
				h, err := p.hash(id)
				if err != nil {
					return nil, false, err
				}
				if distance(&h, hash) <= limit {
					found = append(found, id)
				}
			}
			if len(found) > 4*p.shape.slots()*most {
				slices.Sort(found)
				if found = slices.Compact(found); len(found) > 4*most {
					return found, true, nil
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found), more, nil
}

func slotOf(h *PhotoHash, s int) uint16 { return uint16(h[s/4] >> (16 * (s % 4))) }

func (p *Photos) number(at, i uint64) (uint32, error) {
	b, err := p.from.view(at+4*i, 4)
	if err != nil {
		return 0, err
	}
	id := binary.LittleEndian.Uint32(b)
	if uint64(id) >= p.n {
		return 0, damaged("photos", "a number lies outside")
	}
	return id, nil
}

func (p *Photos) hash(id uint32) (h PhotoHash, err error) {
	size := 8 * uint64(p.shape)
	b, err := p.from.view(uint64(id)*size, size)
	if err != nil {
		return h, err
	}
	for w := range int(p.shape) {
		h[w] = binary.LittleEndian.Uint64(b[8*w:])
	}
	return h, nil
}

// hit reads who has a hash.
func (p *Photos) hit(id uint32, asked *PhotoHash, most int) (hit PhotoHit, err error) {
	if hit.Hash, err = p.hash(id); err != nil {
		return hit, err
	}
	hit.Distance = distance(&hit.Hash, asked)
	lo, hi, err := p.postings(id)
	if err != nil {
		return hit, err
	}
	hit.Total = int(hi - lo)
	b, err := p.from.view(p.subjectsAt()+4*lo, 4*min(hi-lo, uint64(most)))
	for ; err == nil && len(b) > 0; b = b[4:] {
		hit.Subjects = append(hit.Subjects, binary.LittleEndian.Uint32(b))
	}
	return hit, err
}

// postings says where a hash's subjects stand.
func (p *Photos) postings(id uint32) (lo, hi uint64, err error) {
	b, err := p.from.view(p.n*8*uint64(p.shape)+4*uint64(id), 8)
	if err != nil {
		return 0, 0, err
	}
	lo, hi = uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[4:]))
	if lo > hi || hi > p.posted {
		return 0, 0, damaged("photos", "a list of subjects lies outside")
	}
	return lo, hi, nil
}

// nearInDelta adds what came after the file was written.
func (p *Photos) nearInDelta(hits []PhotoHit, hash *PhotoHash, limit int) []PhotoHit {
	p.mu.RLock()
	defer p.mu.RUnlock()
	at := map[PhotoHash]int{}
	for i, h := range hits {
		at[h.Hash] = i
	}
	for i := range p.delta {
		r := &p.delta[i]
		d := distance(&r.hash, hash)
		if d > limit {
			continue
		}
		k, known := at[r.hash]
		if !known {
			k = len(hits)
			at[r.hash] = k
			hits = append(hits, PhotoHit{Hash: r.hash, Distance: d})
		}
		if !slices.Contains(hits[k].Subjects, r.subject) {
			hits[k].Subjects = append(hits[k].Subjects, r.subject)
			hits[k].Total++
		}
	}
	return hits
}
