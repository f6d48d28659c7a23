package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"time"

	"bonafide/bench/meter"
	"bonafide/link"
	"bonafide/match/photo"
)

// edits asks of made-up pictures which edits leave them recognisable: by the plain hash of the whole, and with the views and ways
// that match/photo keeps. The pictures are soft shapes of all sizes, kinder to a hash than some photographs are.
func edits(pictures int) {
	kinds := []struct {
		name string
		do   func(r *rand.Rand, m *image.RGBA) image.Image
	}{
		{"saved at JPEG quality 40", func(_ *rand.Rand, m *image.RGBA) image.Image { return recoded(m, 40) }},
		{"half the size", func(_ *rand.Rand, m *image.RGBA) image.Image { return sampled(m, .5, .5, 0) }},
		{"brighter, gamma 0.6", func(_ *rand.Rand, m *image.RGBA) image.Image {
			return each(m, func(v float64) float64 { return 255 * math.Pow(v/255, .6) })
		}},
		{"noise of 20 steps", func(r *rand.Rand, m *image.RGBA) image.Image {
			return each(m, func(v float64) float64 { return v + 20*r.NormFloat64() })
		}},
		{"cut by 2 % a side", func(_ *rand.Rand, m *image.RGBA) image.Image { return cut(m, .02, .02, .02, .02) }},
		{"cut by 4 % a side", func(_ *rand.Rand, m *image.RGBA) image.Image { return cut(m, .04, .04, .04, .04) }},
		{"cut by 5 % a side", func(_ *rand.Rand, m *image.RGBA) image.Image { return cut(m, .05, .05, .05, .05) }},
		{"cut by 7 % a side", func(_ *rand.Rand, m *image.RGBA) image.Image { return cut(m, .07, .07, .07, .07) }},
		{"cut by 10 % a side", func(_ *rand.Rand, m *image.RGBA) image.Image { return cut(m, .1, .1, .1, .1) }},
		{"cut by 0 to 10 % on each side", func(r *rand.Rand, m *image.RGBA) image.Image {
			return cut(m, r.Float64()/10, r.Float64()/10, r.Float64()/10, r.Float64()/10)
		}},
		{"cut to the middle square", func(_ *rand.Rand, m *image.RGBA) image.Image {
			b := m.Bounds()
			d := float64(b.Dy()-b.Dx()) / 2 / float64(b.Dy())
			return cut(m, 0, 0, d, d)
		}},
		{"white border of 10 %", func(_ *rand.Rand, m *image.RGBA) image.Image { return bordered(m, color.White) }},
		{"black border of 10 %, JPEG quality 60", func(_ *rand.Rand, m *image.RGBA) image.Image { return recoded(bordered(m, color.Black), 60) }},
		{"mirrored, JPEG quality 60", func(_ *rand.Rand, m *image.RGBA) image.Image { return recoded(sampled(m, -1, 1, 0), 60) }},
		{"mirrored and cut by 5 % a side", func(_ *rand.Rand, m *image.RGBA) image.Image {
			return sampled(cut(m, .05, .05, .05, .05), -1, 1, 0)
		}},
		{"turned by 2 degrees", func(_ *rand.Rand, m *image.RGBA) image.Image { return sampled(m, 1, 1, 2) }},
		{"turned by 4 degrees", func(_ *rand.Rand, m *image.RGBA) image.Image { return sampled(m, 1, 1, 4) }},
	}
	originals := make([]*image.RGBA, pictures)
	hashes := make([]photo.Hashes, pictures)
	good := 0
	for i := range originals {
		originals[i] = scene(uint64(i), 300, 360)
		hashes[i] = photo.Hash(originals[i])
		if hashes[i].Good() {
			good++
		}
	}
	fmt.Printf("%d made-up pictures, %d of quality 50 and more\n", pictures, good)
	for _, k := range kinds {
		plain, all, small, kept := 0, 0, 0, 0
		for i, m := range originals {
			h := photo.Hash(k.do(rand.New(rand.NewPCG(uint64(i), 8)), m))
			if !hashes[i].Good() {
				continue
			}
			if h.PDQ.Distance(hashes[i].PDQ) <= photo.Near {
				plain++
			}
			if photo.Distance(h, hashes[i]) <= photo.Near {
				all++
			}
			if mine, theirs := inRecord(h), inRecord(hashes[i]); mine.Near(&theirs) {
				kept++
			}
			if min(h.DCT.Distance(hashes[i].DCT), h.TurnedDCT[photo.Mirrored].Distance(hashes[i].DCT)) <= photo.NearDCT {
				small++
			}
		}
		fmt.Printf("  %-40s whole %5.1f %%, views and ways %5.1f %%, between records %5.1f %%, 64-bit and its mirror %5.1f %%\n", k.name,
			100*float64(plain)/float64(good), 100*float64(all)/float64(good), 100*float64(kept)/float64(good), 100*float64(small)/float64(good))
	}
	strangers, least, pairs := 0, 256, 0
	for i := range hashes {
		for j := range i {
			d := photo.Distance(hashes[i], hashes[j])
			pairs++
			if least = min(least, d); d <= photo.Near {
				strangers++
			}
		}
	}
	fmt.Printf("  different pictures taken for one: %d of %d pairs; the nearest are %d bits apart\n", strangers, pairs, least)
}

// inRecord is what a record keeps of the long hashes of a picture.
func inRecord(h photo.Hashes) (p link.Photo) {
	if h.Good() {
		p.PDQ, p.Views = h.PDQ, h.Parts()
	}
	return p
}

// speed hashes photographs in memory, six views each, by processor time of one core.
func speed() {
	for _, side := range []int{512, 1024, 4000} {
		m := recoded(scene(1, side, side), 80)
		photo.Hash(m)
		runs, from := 0, meter.Processor()
		for ; runs < 5 || meter.Processor()-from < 500*time.Millisecond; runs++ {
			photo.Hash(m)
		}
		fmt.Printf("hashing %d x %d pixels: %.2f ms of processor time\n", side, side, (meter.Processor()-from).Seconds()*1000/float64(runs))
	}
}

func scene(seed uint64, w, h int) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 21))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	type blob struct{ x, y, rx, ry, v, hard float64 }
	var blobs []blob
	for range 40 {
		size := math.Pow(r.Float64(), 2)*0.4 + 0.02
		blobs = append(blobs, blob{r.Float64(), r.Float64(), size * (0.5 + r.Float64()), size * (0.5 + r.Float64()), r.Float64()*240 - 120, 1 + 6*r.Float64()})
	}
	slope := r.Float64()*80 - 40
	for y := range h {
		for x := range w {
			fx, fy := (float64(x)+.5)/float64(w), (float64(y)+.5)/float64(h)
			v := 128 + slope*(fx-fy)
			for _, b := range blobs {
				dx, dy := (fx-b.x)/b.rx, (fy-b.y)/b.ry
				if d := dx*dx + dy*dy; d < 1 {
					v += b.v * min(1, b.hard*(1-d))
				}
			}
			g := uint8(max(0, min(255, v)))
			img.SetRGBA(x, y, color.RGBA{g, g/2 + 60, 255 - g/2, 255})
		}
	}
	return img
}

func recoded(m image.Image, quality int) image.Image {
	var b bytes.Buffer
	if jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}) != nil {
		return m
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		return m
	}
	return out
}

func each(m *image.RGBA, f func(float64) float64) image.Image {
	out := image.NewRGBA(m.Bounds())
	for i, v := range m.Pix {
		out.Pix[i] = 255
		if i%4 != 3 {
			out.Pix[i] = uint8(max(0, min(255, f(float64(v)))))
		}
	}
	return out
}

// cut takes shares of the width and height from left, right, top and bottom.
func cut(m *image.RGBA, left, right, top, bottom float64) *image.RGBA {
	b := m.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	r := image.Rect(b.Min.X+int(left*w), b.Min.Y+int(top*h), b.Max.X-int(right*w), b.Max.Y-int(bottom*h))
	return m.SubImage(r).(*image.RGBA)
}

func bordered(m *image.RGBA, c color.Color) *image.RGBA {
	b := m.Bounds()
	d := b.Dx() / 10
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()+2*d, b.Dy()+2*d))
	draw.Draw(out, out.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	draw.Draw(out, image.Rect(d, d, d+b.Dx(), d+b.Dy()), m, b.Min, draw.Src)
	return out
}

// sampled scales (below zero: mirrors) and turns by degrees about the middle, keeping the frame.
func sampled(m *image.RGBA, sx, sy, degrees float64) image.Image {
	b := m.Bounds()
	w, h := int(float64(b.Dx())*math.Abs(sx)), int(float64(b.Dy())*math.Abs(sy))
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	for y := range h {
		for x := range w {
			dx, dy := (float64(x)+.5-float64(w)/2)/sx, (float64(y)+.5-float64(h)/2)/sy
			u, v := dx*cos-dy*sin+float64(b.Dx())/2, dx*sin+dy*cos+float64(b.Dy())/2
			u, v = max(0, min(u, float64(b.Dx()-1))), max(0, min(v, float64(b.Dy()-1)))
			out.SetRGBA(x, y, m.RGBAAt(b.Min.X+int(u), b.Min.Y+int(v)))
		}
	}
	return out
}
