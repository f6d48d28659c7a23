package photo

// side is the size of the small picture that is transformed.
const side = 64

// small is a picture blurred and sampled at 64 x 64 points, brightness 0 to 255.
type small [side][side]float32

// tap is what one sample point reads along one axis.
type tap struct {
	from   int
	weight []float32
}

// taps gives the sample points of PDQ along one axis of n pixels: the point at (i+½)/64, seen through two runs of a box
// of (n+127)/128 pixels, each averaging what exists at the edges. Both runs and both axes are linear, so the blurred
// picture itself need not be made: each of the 64 points is a short weighted sum. Source: the published description of
// PDQ ("The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", Facebook, 2019).
func taps(n int) [side]tap {
	width := (n + 2*side - 1) / (2 * side)
	right, left := width/2, width-1-width/2
	box := func(i int) (lo, hi int) { return max(0, i-left), min(n-1, i+right) }
	var out [side]tap
	for i := range out {
		at := (2*i + 1) * n / (2 * side)
		lo, hi := box(at)
		first, _ := box(lo)
		_, last := box(hi)
		t := tap{first, make([]float32, last-first+1)}
		for q := lo; q <= hi; q++ {
			a, b := box(q)
			each := 1 / (float32(hi-lo+1) * float32(b-a+1))
			for p := a; p <= b; p++ {
				t.weight[p-first] += each
			}
		}
		out[i] = t
	}
	return out
}

// shrink reads each pixel that matters once, row by row.
func shrink(p plane) *small {
	var out small
	across, down := taps(p.w), taps(p.h)
	done := 0 // sample rows that end before this pixel row
	var line [side]float32
	for y := range p.h {
		for done < side && down[done].from+len(down[done].weight) <= y {
			done++
		}
		if done == side {
			break
		}
		if down[done].from > y {
			continue
		}
		row := p.row(y)
		for i := range across {
			t := &across[i]
			from := row[t.from : t.from+len(t.weight)]
			sum := float32(0)
			for k, w := range t.weight {
				sum += w * float32(from[k])
			}
			line[i] = sum
		}
		for i := done; i < side && down[i].from <= y; i++ {
			if k := y - down[i].from; k < len(down[i].weight) {
				w := down[i].weight[k]
				to := &out[i]
				for j := range to {
					to[j] += w * line[j]
				}
			}
		}
	}
	return &out
}

// quality says how much a picture has to recognise: the sum of the steps between neighbouring points, in whole percent
// of the full range, over 90, at most 100 (the same description).
func (s *small) quality() int {
	sum := 0
	step := func(a, b float32) {
		d := int((a - b) * 100 / 255)
		sum += max(d, -d)
	}
	for i := range side {
		for j := range side {
			if i+1 < side {
				step(s[i][j], s[i+1][j])
			}
			if j+1 < side {
				step(s[i][j], s[i][j+1])
			}
		}
	}
	return min(100, sum/90)
}
