package index

import (
	"cmp"
	"math/bits"
)

// longHash is the 256-bit perceptual hash of a picture (PDQ).
type longHash [4]uint64

// photoNear is how far apart two long hashes of one picture may be; link says so.
const photoNear = 31

// mirrored turns the bits that mirroring turns: those of the waves that are odd across stand in the even places.
const mirrored = 0x5555555555555555

// apart is the distance of two pictures, of which either may be the mirror image of the other.
func (h *longHash) apart(o *longHash) int {
	d, m := 0, 0
	for w := range h {
		x := h[w] ^ o[w]
		d += bits.OnesCount64(x)
		m += bits.OnesCount64(x ^ mirrored)
	}
	return min(d, m)
}

// A hash is looked for by sixteen slots of sixteen bits: eight of bits that mirroring leaves alone, eight of bits that it turns, of
// which a code and its opposite count as one. So one look finds a picture and its mirror image.
//
// Multi-index hashing (Norouzi, Punjani, Fleet 2012), nested once: slot k and slot k+8 are a pair. Of two hashes 31 bits apart at
// least one of the eight pairs differs in at most 3 bits, and of that pair one half in at most 1. So every slot is probed with at
// most one bit changed (17 buckets), and next to each number in a bucket lies the other half of its pair, which rules out all but a
// few in a hundred without a look at the hash itself.
const (
	photoSlots  = 16
	pairRadius  = photoNear / (photoSlots / 2)
	slotCodes   = 1 << 16
	foldedCodes = slotCodes / 2
)

// codesOf is how many codes a slot has.
func codesOf(slot int) int {
	if slot < photoSlots/2 {
		return slotCodes
	}
	return foldedCodes
}

// halves takes a hash apart into its slots.
func (h *longHash) halves() (s [photoSlots]uint16) {
	for w, x := range h {
		steady, turning := even(x>>1), even(x)
		s[2*w], s[2*w+1] = uint16(steady), uint16(steady>>16)
		s[2*w+8], s[2*w+9] = uint16(turning), uint16(turning>>16)
	}
	return s
}

// even gathers the 32 bits in even places.
func even(x uint64) uint64 {
	x &= mirrored
	x = (x | x>>1) & 0x3333333333333333
	x = (x | x>>2) & 0x0f0f0f0f0f0f0f0f
	x = (x | x>>4) & 0x00ff00ff00ff00ff
	x = (x | x>>8) & 0x0000ffff0000ffff
	return (x | x>>16) & 0xffffffff
}

// fold gives a half that mirroring turns the code of both its ways.
func fold(half uint16) uint16 {
	if half >= foldedCodes {
		return ^half
	}
	return half
}

// codeOf is the bucket of a half in its slot.
func codeOf(slot int, half uint16) uint16 {
	if slot >= photoSlots/2 {
		return fold(half)
	}
	return half
}

// otherHalf is the slot of the same pair.
func otherHalf(slot int) int { return slot ^ photoSlots/2 }

// tooFar says that the other halves of a pair differ in more bits than are left. One that mirroring turns may differ either way.
func tooFar(slot int, a, b uint16, left int) bool {
	d := bits.OnesCount16(a ^ b)
	return d > left && (slot >= photoSlots/2 || 16-d > left)
}

// near says whether two hashes are one picture's. part says that either is of a part; then they must meet as well.
func (h *longHash) near(o *longHash, part bool) bool {
	return h.apart(o) <= photoNear && (!part || h.meets(o))
}

// meets says that one code of two hashes is equal and the other half of its pair not too far. Parts are looked for by that
// alone, a sixteenth of the buckets: there are several of each picture, on both sides, and of one pair of pictures mostly
// several meet. Of two hashes 15 bits apart every pair meets, 20 apart 98 in a hundred, 31 apart 86.
func (h *longHash) meets(o *longHash) bool {
	a, b := h.halves(), o.halves()
	for s := range photoSlots {
		if codeOf(s, a[s]) == codeOf(s, b[s]) && !tooFar(s, a[otherHalf(s)], b[otherHalf(s)], pairRadius) {
			return true
		}
	}
	return false
}

// photoRow is a picture and who has it.
type photoRow struct {
	hash    longHash
	subject uint32
}

func compareHashes(a, b *longHash) int {
	for w := range a {
		if a[w] != b[w] {
			return cmp.Compare(a[w], b[w])
		}
	}
	return 0
}

// PhotoCodes gives the sixteen codes under which the long hash of a picture is looked for, the same for its mirror image: for a
// store that looks up values. Of two pictures 15 bits apart at least one code is equal, 31 bits apart in nine cases of ten.
func PhotoCodes(pdq [4]uint64) (codes [photoSlots]uint16) {
	h := longHash(pdq)
	for s, half := range h.halves() {
		codes[s] = codeOf(s, half)
	}
	return codes
}
