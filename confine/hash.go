package confine

import (
	"encoding/hex"
	"fmt"
	"math"
	"slices"

	"bonafide/confine/document"
)

// Hashes of a picture say that two pictures are the same one, saved again,
// smaller or brighter. They say nothing of who is on it, and are never made to.

// flatPDQ is the quality below which a picture is too plain for its hash to
// mean anything, as the authors of PDQ advise.
const flatPDQ = 50

// PHash is the 64-bit DCT hash, 16 hex digits; "" when there is no picture or
// it is too plain. The 8 × 8 lowest frequencies of 32 × 32 means, against their
// median (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash
// Functions, 2010).
func (r *Result) PHash() string {
	if _, quality := r.pdq(); quality < flatPDQ {
		return ""
	}
	small := means(luma(r.RGB), r.Picture, 32)
	f := frequencies(small, 32, 0, 8)
	middle := median(f)
	var h uint64
	for i, v := range f {
		if v > middle {
			h |= 1 << (63 - i)
		}
	}
	return fmt.Sprintf("%016x", h)
}

// PDQ is the 256-bit hash of the same purpose, 64 hex digits; "" as above. By
// the description in "The TMK+PDQF Video-Hashing Algorithm and the PDQ
// Image-Hashing Algorithm" (Facebook, 2019).
func (r *Result) PDQ() string {
	h, quality := r.pdq()
	if quality < flatPDQ {
		return ""
	}
	return hex.EncodeToString(h[:])
}

func (r *Result) pdq() (h [32]byte, quality int) {
	if len(r.RGB) == 0 || r.Picture.Width < 8 || r.Picture.Height < 8 {
		return h, 0
	}
	p := r.Picture
	blurred := luma(r.RGB)
	for range 2 {
		blurred = box(blurred, p.Width, p.Height, 1, p.Width, (p.Width+127)/128)
		blurred = box(blurred, p.Height, p.Width, p.Width, 1, (p.Height+127)/128)
	}
	const side = 64
	small := make([]float64, side*side)
	for y := range side {
		for x := range side {
			sy, sx := int((float64(y)+0.5)*float64(p.Height)/side), int((float64(x)+0.5)*float64(p.Width)/side)
			small[y*side+x] = blurred[sy*p.Width+sx]
		}
	}
	f := frequencies(small, side, 1, 16)
	middle := median(f)
	for i, v := range f {
		if v > middle {
			h[31-i/8] |= 1 << (i % 8)
		}
	}
	return h, gradient(small, side)
}

// gradient is how much happens in a picture, 0–100.
func gradient(m []float64, side int) int {
	sum := 0
	step := func(a, b float64) { sum += int(math.Abs(math.Trunc((a - b) * 100 / 255))) }
	for y := range side {
		for x := range side {
			if y+1 < side {
				step(m[y*side+x], m[(y+1)*side+x])
			}
			if x+1 < side {
				step(m[y*side+x], m[y*side+x+1])
			}
		}
	}
	return min(100, sum/90)
}

// luma by the weights of ITU-R BT.601.
func luma(rgb []byte) []float64 {
	out := make([]float64, len(rgb)/3)
	for i := range out {
		out[i] = 0.299*float64(rgb[3*i]) + 0.587*float64(rgb[3*i+1]) + 0.114*float64(rgb[3*i+2])
	}
	return out
}

// box averages along lines of length n, neighbours step apart, over a window
// that is cut at the ends.
func box(in []float64, n, lines, step, jump, window int) []float64 {
	if window < 2 {
		return in
	}
	right := (window+2)/2 - 1
	left := window - right - 1
	out := make([]float64, len(in))
	for l := range lines {
		line := in[l*jump:]
		sum, count := 0.0, 0
		for i := 0; i < min(right, n); i++ {
			sum += line[i*step]
			count++
		}
		for i := range n {
			if i+right < n {
				sum += line[(i+right)*step]
				count++
			}
			if i-left > 0 {
				sum -= line[(i-left-1)*step]
				count--
			}
			out[l*jump+i*step] = sum / float64(count)
		}
	}
	return out
}

// means shrinks to side × side by averaging.
func means(m []float64, p document.Size, side int) []float64 {
	out := make([]float64, side*side)
	for y := range side {
		y0, y1 := y*p.Height/side, max((y+1)*p.Height/side, y*p.Height/side+1)
		for x := range side {
			x0, x1 := x*p.Width/side, max((x+1)*p.Width/side, x*p.Width/side+1)
			sum := 0.0
			for sy := y0; sy < y1; sy++ {
				for sx := x0; sx < x1; sx++ {
					sum += m[sy*p.Width+sx]
				}
			}
			out[y*side+x] = sum / float64((y1-y0)*(x1-x0))
		}
	}
	return out
}

// frequencies are n × n coefficients of the cosine transform, from first on.
func frequencies(m []float64, side, first, n int) []float64 {
	table := make([]float64, n*side)
	for i := range n {
		for j := range side {
			table[i*side+j] = math.Sqrt(2/float64(side)) * math.Cos(math.Pi/2/float64(side)*float64(first+i)*float64(2*j+1))
		}
	}
	half := make([]float64, n*side)
	for i := range n {
		for j := range side {
			for k := range side {
				half[i*side+j] += table[i*side+k] * m[k*side+j]
			}
		}
	}
	out := make([]float64, n*n)
	for i := range n {
		for j := range n {
			for k := range side {
				out[i*n+j] += half[i*side+k] * table[j*side+k]
			}
		}
	}
	return out
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[(len(sorted)-1)/2]
}
