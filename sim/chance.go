package sim

import (
	"math/rand/v2"
)

// dice is a source of chance that belongs to one thing of the population (a
// town, a person, an operator), so that order and parallelism cannot matter.
type dice struct{ *rand.Rand }

// roll makes the dice of thing number n of a kind. The kind keeps the streams
// of different purposes apart.
func roll(seed uint64, kind string, n uint64) dice {
	h := seed
	for i := 0; i < len(kind); i++ {
		h = stir(h ^ uint64(kind[i]))
	}
	return dice{rand.New(rand.NewPCG(h, stir(n^0x9e3779b97f4a7c15)))}
}

// stir spreads the bits of a number (the finaliser of splitmix64).
func stir(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// upTo is a number of 0 … n-1; 0 when n is not positive.
func (d dice) upTo(n int) int {
	if n <= 1 {
		return 0
	}
	return d.IntN(n)
}

// between is a number of lo … hi, both included.
func (d dice) between(lo, hi int) int { return lo + d.upTo(hi-lo+1) }

func pick[T any](d dice, from []T) T { return from[d.upTo(len(from))] }

// weighted is an index of weights, with a probability in proportion to its value.
func (d dice) weighted(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := d.Float64() * sum
	for i, w := range weights {
		if x < w {
			return i
		}
		x -= w
	}
	return len(weights) - 1
}

// scatter maps 0 … domain-1 onto itself, one to one, in an order that looks
// random: numbers made from it never collide and do not show who came first.
// A Feistel network over the next even number of bits, walked until it is back
// inside the domain.
func scatter(key, x, domain uint64) uint64 {
	half := halfBits(domain)
	mask := uint64(1)<<half - 1
	x %= domain
	for {
		l, r := x>>half, x&mask
		for round := range uint64(rounds) {
			l, r = r, l^(stir(key^r^round<<56)&mask)
		}
		x = l<<half | r
		if x < domain {
			return x
		}
	}
}

// gather is the way back: gather(key, scatter(key, x, domain), domain) is x.
func gather(key, x, domain uint64) uint64 {
	half := halfBits(domain)
	mask := uint64(1)<<half - 1
	for {
		l, r := x>>half, x&mask
		for round := uint64(rounds); round > 0; round-- {
			l, r = r^(stir(key^l^(round-1)<<56)&mask), l
		}
		x = l<<half | r
		if x < domain {
			return x
		}
	}
}

const rounds = 4

// halfBits is half the bits that a domain takes.
func halfBits(domain uint64) (half uint) {
	for half = 1; uint64(1)<<(2*half) < domain; half++ {
	}
	return half
}

const hexDigits = "0123456789abcdef"

// hex is n random hex digits.
func (d dice) hex(n int) string {
	b := make([]byte, n)
	for i := 0; i < n; i += 16 {
		x := d.Uint64()
		for j := i; j < min(i+16, n); j++ {
			b[j] = hexDigits[x&15]
			x >>= 4
		}
	}
	return string(b)
}

// digits is n random decimal digits.
func (d dice) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + d.upTo(10))
	}
	return string(b)
}
