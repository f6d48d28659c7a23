package photo

import (
	"math"
	"slices"
)

// low is how many of the lowest frequencies of each axis are kept, the constant one included.
const low = 17

// coefficients[u][v] is the cosine transform of the small picture: u counts waves downwards, v across.
type coefficients [low][low]float32

// waves[u][x] is the u-th cosine at point x. The constant needs no scale of its own: every use compares coefficients
// with their median, and the constant one is only compared as the largest.
func waves() *[low][side]float32 {
	var w [low][side]float32
	for u := range w {
		for x := range w[u] {
			w[u][x] = float32(math.Sqrt(2.0/side) * math.Cos(math.Pi/2/side*float64(u*(2*x+1))))
			if u == 0 {
				w[u][x] = float32(math.Sqrt(1.0 / side))
			}
		}
	}
	return &w
}

func transform(s *small, w *[low][side]float32) *coefficients {
	var half [low][side]float32
	for u := range low {
		for x := range side {
			k := w[u][x]
			for j := range side {
				half[u][j] += k * s[x][j]
			}
		}
	}
	var out coefficients
	for u := range low {
		for v := range low {
			sum := float32(0)
			for j, k := range w[v] {
				sum += half[u][j] * k
			}
			out[u][v] = sum
		}
	}
	return &out
}

// Way is one of the eight ways to lay a picture on the table.
type Way int

// The ways. Quarter turns are against the clock.
const (
	Upright Way = iota
	Turned90
	Turned180
	Turned270
	Mirrored // left and right exchanged
	UpsideDown
	Transposed
	AntiTransposed

	Ways = 8
)

// lay says how the coefficients of a picture laid another way follow from those of the upright one: mirroring turns
// the sign of every odd wave across, standing it on its head of every odd wave down, transposing exchanges the axes
// before that.
func (w Way) lay() (swap, across, down bool) {
	switch w {
	case Turned90:
		return true, false, true
	case Turned180:
		return false, true, true
	case Turned270:
		return true, true, false
	case Mirrored:
		return false, true, false
	case UpsideDown:
		return false, false, true
	case Transposed:
		return true, false, false
	case AntiTransposed:
		return true, true, true
	}
	return false, false, false
}

func (c *coefficients) laid(w Way) *coefficients {
	swap, across, down := w.lay()
	var out coefficients
	for u := range low {
		for v := range low {
			k := c[u][v]
			if swap {
				k = c[v][u]
			}
			if (across && v&1 == 1) != (down && u&1 == 1) {
				k = -k
			}
			out[u][v] = k
		}
	}
	return &out
}

// pdq sets the bit of each of the 16 x 16 waves, the constant left out, that is above their median.
func (c *coefficients) pdq() PDQ {
	var all [256]float32
	for u := range 16 {
		copy(all[16*u:], c[u+1][1:])
	}
	sorted := all
	slices.Sort(sorted[:])
	median := sorted[127] // of an even number the lower, as the description does
	var h PDQ
	for i, k := range all {
		if k > median {
			h[i/64] |= 1 << (i % 64)
		}
	}
	return h
}

// dct sets the bit of each of the 8 x 8 lowest waves, the constant included, that is above their median; the first wave is
// the highest bit. This is the usual 64-bit "pHash" (Zauner, Implementation and Benchmarking of Perceptual Image Hash
// Functions, 2010, in the layout most tools print).
func (c *coefficients) dct() DCT {
	var all [64]float32
	for u := range 8 {
		copy(all[8*u:], c[u][:8])
	}
	sorted := all
	slices.Sort(sorted[:])
	median := (sorted[31] + sorted[32]) / 2
	var h DCT
	for i, k := range all {
		if k > median {
			h |= 1 << (63 - i)
		}
	}
	return h
}
