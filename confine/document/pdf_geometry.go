package document

import "math"

// matrix is [a b c d e f] of 8.3.3; points are row vectors.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times is m, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) at(x, y float64) (float64, float64) {
	return x*m[0] + y*m[2] + m[4], x*m[1] + y*m[3] + m[5]
}

// scale is how much the matrix enlarges upright lengths.
func (m matrix) scale() float64 { return math.Hypot(m[2], m[3]) }

// box is a rectangle of page space; the zero box is empty.
type box struct{ x0, y0, x1, y1 float64 }

var everywhere = box{-math.MaxFloat64, -math.MaxFloat64, math.MaxFloat64, math.MaxFloat64}
var nowhere = box{math.MaxFloat64, math.MaxFloat64, -math.MaxFloat64, -math.MaxFloat64}

func (b box) with(x, y float64) box {
	return box{math.Min(b.x0, x), math.Min(b.y0, y), math.Max(b.x1, x), math.Max(b.y1, y)}
}

func (b box) and(o box) box {
	return box{math.Max(b.x0, o.x0), math.Max(b.y0, o.y0), math.Min(b.x1, o.x1), math.Min(b.y1, o.y1)}
}

func (b box) has(x, y, slack float64) bool {
	return x >= b.x0-slack && x <= b.x1+slack && y >= b.y0-slack && y <= b.y1+slack
}

func (b box) size() float64 {
	if b.x1 <= b.x0 || b.y1 <= b.y0 {
		return 0
	}
	return (b.x1 - b.x0) * (b.y1 - b.y0)
}

// colour is linear-light-free RGB, 0–1; unknown colours match nothing.
type colour struct {
	r, g, b float64
	unknown bool
}

var white = colour{1, 1, 1, false}

// alike: nobody can read the one on the other. The contrast is that of WCAG 2
// (1.4.3), which calls 4.5 readable; below 1.2 the eye finds nothing.
func (c colour) alike(o colour) bool {
	if c.unknown || o.unknown {
		return false
	}
	a, b := c.light(), o.light()
	if a < b {
		a, b = b, a
	}
	near := math.Abs(c.r-o.r) < 0.15 && math.Abs(c.g-o.g) < 0.15 && math.Abs(c.b-o.b) < 0.15
	return near && (a+0.05)/(b+0.05) < 1.2
}

func (c colour) light() float64 {
	lin := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.r) + 0.7152*lin(c.g) + 0.0722*lin(c.b)
}
