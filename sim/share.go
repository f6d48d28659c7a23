package sim

import "math"

// Share is hits among some, with the 95 % interval of Wilson (1927), which
// stays honest when hits are few or none.
type Share struct {
	Hits int     `json:"hits"`
	Of   int     `json:"of"`
	Rate float64 `json:"rate"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// NewShare of hits among of; all zero when of is zero.
func NewShare(hits, of int) Share {
	s := Share{Hits: hits, Of: of}
	if of == 0 {
		return s
	}
	const z = 1.959963984540054
	n, p := float64(of), float64(hits)/float64(of)
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	s.Rate, s.Low, s.High = p, max(0, mid-half), min(1, mid+half)
	return s
}
