package document

import (
	"image"
	"math"
	"sort"

	"golang.org/x/image/draw"
)

// pixelRows are 8-bit RGB rows, top to bottom.
type pixelRows struct {
	Size
	rgb []byte
}

// smaller scales a picture so that its longest side is at most MaxSide, lays it
// on white and turns it as the camera was held.
func smaller(m image.Image, orientation int) pixelRows {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	scale := math.Min(1, float64(MaxSide)/float64(max(w, h)))
	tw, th := max(1, int(float64(w)*scale+0.5)), max(1, int(float64(h)*scale+0.5))
	to := image.NewRGBA(image.Rect(0, 0, tw, th))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	if scale == 1 {
		draw.Draw(to, to.Bounds(), m, m.Bounds().Min, draw.Over)
	} else {
		draw.BiLinear.Scale(to, to.Bounds(), m, m.Bounds(), draw.Over, nil)
	}
	out := pixelRows{Size{tw, th}, nil}
	if orientation >= 5 && orientation <= 8 {
		out.Size = Size{th, tw}
	}
	out.rgb = make([]byte, 0, tw*th*3)
	for y := range out.Height {
		for x := range out.Width {
			sx, sy := x, y
			switch orientation {
			case 2:
				sx = tw - 1 - x
			case 3:
				sx, sy = tw-1-x, th-1-y
			case 4:
				sy = th - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, th-1-x
			case 7:
				sx, sy = tw-1-y, th-1-x
			case 8:
				sx, sy = tw-1-y, x
			}
			i := to.PixOffset(sx, sy)
			out.rgb = append(out.rgb, to.Pix[i], to.Pix[i+1], to.Pix[i+2])
		}
	}
	return out
}

// measure takes the plain measures of quality. Sharpness is the 90th
// percentile of the Laplacian variance over a grid of cells, so that a sharp
// document on a plain table counts as sharp; it is taken at one scale, longest
// side 1,000, since a large blurred picture would else beat a small sharp one.
func measure(p pixelRows, q Quality) Quality {
	luma, w, h := lumaAt(p, 1000)
	if w < 16 || h < 16 {
		return q
	}
	var sum, square float64
	for _, v := range luma {
		sum += v
		square += v * v
	}
	n := float64(len(luma))
	q.Contrast = round1(math.Sqrt(math.Max(0, square/n-sum/n*sum/n)))
	const grid = 10
	var cells []float64
	for gy := range grid {
		for gx := range grid {
			x0, x1 := max(1, gx*w/grid), min(w-1, (gx+1)*w/grid)
			y0, y1 := max(1, gy*h/grid), min(h-1, (gy+1)*h/grid)
			var s, s2, count float64
			for y := y0; y < y1; y++ {
				for x := x0; x < x1; x++ {
					i := y*w + x
					l := luma[i-1] + luma[i+1] + luma[i-w] + luma[i+w] - 4*luma[i]
					s, s2, count = s+l, s2+l*l, count+1
				}
			}
			if count == 0 {
				continue
			}
			cells = append(cells, s2/count-s/count*s/count)
		}
	}
	sort.Float64s(cells)
	if len(cells) > 0 {
		q.Sharpness = round1(cells[len(cells)*9/10])
	}
	return q
}

func round1(v float64) float64 { return math.Round(v*10) / 10 }

// lumaAt is the luma (ITU-R BT.601) at a longest side, by averaging.
func lumaAt(p pixelRows, side int) (luma []float64, w, h int) {
	scale := math.Max(1, float64(max(p.Width, p.Height))/float64(side))
	w, h = int(float64(p.Width)/scale), int(float64(p.Height)/scale)
	luma = make([]float64, w*h)
	for y := range h {
		for x := range w {
			x0, x1 := int(float64(x)*scale), max(int(float64(x)*scale)+1, int(float64(x+1)*scale))
			y0, y1 := int(float64(y)*scale), max(int(float64(y)*scale)+1, int(float64(y+1)*scale))
			var sum, n float64
			for sy := y0; sy < min(y1, p.Height); sy++ {
				for sx := x0; sx < min(x1, p.Width); sx++ {
					i := (sy*p.Width + sx) * 3
					sum += 0.299*float64(p.rgb[i]) + 0.587*float64(p.rgb[i+1]) + 0.114*float64(p.rgb[i+2])
					n++
				}
			}
			if n > 0 {
				luma[y*w+x] = sum / n
			}
		}
	}
	return luma, w, h
}
