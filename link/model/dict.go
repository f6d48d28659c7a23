package model

import (
	"math/bits"

	"github.com/zeebo/xxh3"
)

// Dict gives every distinct normal value of a field a code. Code 0 is null.
type Dict struct {
	bytes []byte
	ends  []uint32 // ends[code] is where the value of code stops; it starts at ends[code-1]
	Count []uint32 // records with the value
	table []uint64 // open addressing: high half the hash, low half the code
	mask  uint32
	used  int
	bag   []uint64 // per code, which letters and digits the value has; see bagOf
	most  int      // bytes of the longest value
}

const maxDictBytes = 1<<32 - 1<<20

func newDict() *Dict {
	return &Dict{ends: []uint32{0}, Count: []uint32{0}, table: make([]uint64, 1<<10), mask: 1<<10 - 1}
}

// Len is the number of distinct values, null not counted.
func (d *Dict) Len() int { return len(d.ends) - 1 }

// Value of a code; the caller must not change it.
func (d *Dict) Value(code uint32) []byte {
	if code == 0 {
		return nil
	}
	return d.bytes[d.ends[code-1]:d.ends[code]]
}

// code returns the code of v, adding it when new. Full dictionaries give null.
func (d *Dict) code(v []byte) uint32 {
	h := uint32(xxh3.Hash(v) >> 32)
	for i := h & d.mask; ; i = (i + 1) & d.mask {
		slot := d.table[i]
		if slot == 0 {
			if len(d.bytes)+len(v) > maxDictBytes {
				return 0
			}
			d.bytes = append(d.bytes, v...)
			d.ends = append(d.ends, uint32(len(d.bytes)))
			d.Count = append(d.Count, 0)
			code := uint32(len(d.ends) - 1)
			d.table[i] = uint64(h)<<32 | uint64(code)
			if d.used++; d.used*4 > len(d.table)*3 {
				d.grow()
			}
			return code
		}
		if uint32(slot>>32) == h {
			code := uint32(slot)
			if string(d.bytes[d.ends[code-1]:d.ends[code]]) == string(v) {
				return code
			}
		}
	}
}

func (d *Dict) length(code uint32) int { return int(d.ends[code] - d.ends[code-1]) }

// find returns the code of v or 0.
func (d *Dict) find(v []byte) uint32 {
	h := uint32(xxh3.Hash(v) >> 32)
	for i := h & d.mask; ; i = (i + 1) & d.mask {
		slot := d.table[i]
		if slot == 0 {
			return 0
		}
		if uint32(slot>>32) == h && string(d.Value(uint32(slot))) == string(v) {
			return uint32(slot)
		}
	}
}

// bagOf marks one bit for the first, second, third … appearance of each character. One edit changes at most two
// bits, a transposition none, so half the differing bits is a lower bound on the edits between two values.
func bagOf(v []byte) uint64 {
	var seen [128]uint8
	var bag uint64
	for _, b := range v {
		c := b & 127
		k := uint(seen[c])
		seen[c]++
		var bit uint
		switch {
		case c >= '0' && c <= '9':
			bit = uint(c-'0')*6 + k
		case c >= 'a' && c <= 'z':
			bit = uint(c-'a')*5 + k*31
		default:
			bit = uint(c) + k*7
		}
		bag ^= 1 << (bit & 63)
	}
	return bag
}

// fillBags prepares the quick test of edits.
func (d *Dict) fillBags() {
	d.bag = make([]uint64, d.Len()+1)
	for code := uint32(1); code <= uint32(d.Len()); code++ {
		v := d.Value(code)
		d.bag[code] = bagOf(v)
		d.most = max(d.most, len(v))
	}
}

// move takes the dictionary out of the heap; no value can be added afterwards.
func (d *Dict) move(s Scratch) error {
	text, err := s.Bytes(len(d.bytes))
	if err != nil {
		return err
	}
	copy(text, d.bytes)
	ends, err := s.Words(len(d.ends))
	if err != nil {
		return err
	}
	copy(ends, d.ends)
	count, err := s.Words(len(d.Count))
	if err != nil {
		return err
	}
	copy(count, d.Count)
	d.bytes, d.ends, d.Count = text, ends, count
	return nil
}

// grow doubles the table; the stored half of the hash is enough to place every code again.
func (d *Dict) grow() {
	old := d.table
	d.table = make([]uint64, len(old)*2)
	d.mask = uint32(len(d.table) - 1)
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		i := uint32(slot>>32) & d.mask
		for d.table[i] != 0 {
			i = (i + 1) & d.mask
		}
		d.table[i] = slot
	}
}

// mix is a cheap, well-spreading step for combining codes into keys.
func mix(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^v^0x9e3779b97f4a7c15, 0xd6e8feb86659fd93)
	return hi ^ lo ^ bits.RotateLeft64(v, 29)
}
