package link

import (
	"math"
	"math/bits"
)

// Limit of architecture.md: no kind of finding may make more than one false
// pair in 10,000 honest people.
const falsePairs = 1e-4

// poissonTail is P(X ≥ k) for X ~ Poisson(rate).
func poissonTail(k int, rate float64) float64 {
	if k <= 0 {
		return 1
	}
	if rate <= 0 {
		return 0
	}
	// Sum from k upwards; the terms fall quickly once past the rate.
	logTerm := float64(k)*math.Log(rate) - rate - logFactorial(k)
	term, sum := math.Exp(logTerm), 0.0
	for i := k; i < k+400; i++ {
		sum += term
		term *= rate / float64(i+1)
		if term < sum*1e-12 && float64(i) > rate {
			break
		}
	}
	return min(sum, 1)
}

func logFactorial(n int) float64 {
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

// hammingChance is the expected number of pairs among n random 64-bit hashes
// that lie within distance d.
func hammingChance(n, d int) float64 {
	p, choose := 0.0, 1.0
	for i := 0; i <= d; i++ {
		p += choose
		choose = choose * float64(64-i) / float64(i+1)
	}
	return float64(n) * float64(n) / 2 * p / math.Exp2(64)
}

// photoDistance is the largest distance at which n photos still make fewer
// accidental pairs than the limit allows, with the two mirror images asked too.
// Never more than 7: up to there the look-up is exact, and edits of one photo
// stay below it.
func photoDistance(n int) int {
	d := 7
	for d > 0 && 3*hammingChance(n, d) > float64(n)*falsePairs/2 {
		d--
	}
	return d
}

func popcount(h uint64) int { return bits.OnesCount64(h) }
