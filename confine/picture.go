package confine

import (
	"image"
	"image/png"
	"io"

	"bonafide/record"
)

// WritePNG writes the pixels as a new PNG: made here from numbers, so that no
// byte of the file that came in is ever in it.
func (r *Result) WritePNG(w io.Writer) error {
	m := r.Pixels()
	if m == nil {
		return &record.Error{Code: record.CodeNotFound, Message: "there is no picture of this file"}
	}
	return png.Encode(w, m)
}

// Pixels is the picture, nil when there is none.
func (r *Result) Pixels() image.Image {
	if len(r.RGB) == 0 {
		return nil
	}
	m := image.NewRGBA(image.Rect(0, 0, r.Picture.Width, r.Picture.Height))
	for i := 0; i+2 < len(r.RGB); i += 3 {
		copy(m.Pix[i/3*4:], r.RGB[i:i+3])
		m.Pix[i/3*4+3] = 255
	}
	return m
}
