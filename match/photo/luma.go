package photo

import (
	"image"
	"image/color"
)

// plane is the brightness of a picture, one byte a pixel, row by row.
type plane struct {
	pix          []uint8
	stride, w, h int
}

// lumaOf takes the brightness of ITU-R BT.601 (0.299 R, 0.587 G, 0.114 B). Photographs that already carry it (JPEG) and grey
// pictures are used where they lie. What is transparent is seen on white: the colour under full transparency is whatever
// an editor left there.
func lumaOf(img image.Image) plane {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w <= 0 || h <= 0 {
		return plane{}
	}
	switch m := img.(type) {
	case *image.YCbCr:
		return plane{m.Y[m.YOffset(b.Min.X, b.Min.Y):], m.YStride, w, h}
	case *image.Gray:
		return plane{m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, w, h}
	}
	p := plane{make([]uint8, w*h), w, w, h}
	for y := range h {
		row := p.pix[y*w : (y+1)*w]
		switch m := img.(type) {
		case *image.RGBA:
			from := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range row {
				s := from[4*x : 4*x+4 : 4*x+4]
				row[x] = weigh(uint32(s[0]), uint32(s[1]), uint32(s[2]), 255-uint32(s[3]))
			}
		case *image.NRGBA:
			from := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range row {
				s := from[4*x : 4*x+4 : 4*x+4]
				a := uint32(s[3])
				row[x] = weigh(uint32(s[0])*a/255, uint32(s[1])*a/255, uint32(s[2])*a/255, 255-a)
			}
		case *image.Paletted:
			from := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range row {
				if i := int(from[x]); i < len(m.Palette) {
					row[x] = weighColor(m.Palette[i])
				}
			}
		default:
			for x := range row {
				row[x] = weighColor(img.At(b.Min.X+x, b.Min.Y+y))
			}
		}
	}
	return p
}

func weighColor(c color.Color) uint8 {
	r, g, b, a := c.RGBA()
	return weigh(r>>8, g>>8, b>>8, 255-a>>8)
}

// weigh sums the three colours, already multiplied by their opacity, and the white that shines through.
func weigh(r, g, b, white uint32) uint8 {
	return uint8(min(255, (19595*r+38470*g+7471*b+1<<15)>>16+white))
}

// part is a piece of the plane, where it lies.
func (p plane) part(r image.Rectangle) plane {
	return plane{p.pix[r.Min.Y*p.stride+r.Min.X:], p.stride, r.Dx(), r.Dy()}
}

func (p plane) row(y int) []uint8 { return p.pix[y*p.stride : y*p.stride+p.w] }
