package document

import (
	"encoding/binary"
	"testing"
)

// exif is a small directory: camera, software, orientation, a place.
func exif(orientation uint16) string {
	le := binary.LittleEndian
	strs := "Maker\x00Model 1\x00GIMP 2.10\x00"
	b := le.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), 5)
	data := uint32(8 + 2 + 5*12 + 4)
	gps := data + uint32(len(strs))
	entry := func(tag, kind uint16, count, value uint32) {
		b = le.AppendUint16(b, tag)
		b = le.AppendUint16(b, kind)
		b = le.AppendUint32(b, count)
		b = le.AppendUint32(b, value)
	}
	entry(0x010F, 2, 6, data)
	entry(0x0110, 2, 8, data+6)
	entry(0x0112, 3, 1, uint32(orientation))
	entry(0x0131, 2, 10, data+14)
	entry(0x8825, 4, 1, gps)
	b = le.AppendUint32(b, 0)
	b = append(b, strs...)
	b = le.AppendUint16(b, 1)
	entry(2, 5, 3, 0)
	return "Exif\x00\x00" + string(b)
}

func TestImage(t *testing.T) {
	b := withSegment(asJPEG(madePicture(400, 300, 0), 90), 0xE1, exif(6))
	r, rgb := Read(b, "jpg")
	g := r.Images[0]
	if r.Verdict != Accepted || g.Camera != "Maker Model 1" || !g.GPS || len(g.Software) != 1 || g.Software[0] != "GIMP 2.10" {
		t.Errorf("%+v", r)
	}
	if g.Width != 400 || r.Picture != (Size{300, 400}) || len(rgb) != 300*400*3 {
		t.Errorf("not turned upright: %+v, %d bytes", r.Picture, len(rgb))
	}
	if g.Quality.JPEG < 88 || g.Quality.JPEG > 92 {
		t.Errorf("quality %d of a picture saved at 90", g.Quality.JPEG)
	}
	r, rgb = Read(asPNG(madePicture(4000, 1000, 0)), "png")
	if r.Picture != (Size{1600, 400}) || len(rgb) != 1600*400*3 || len(r.Flags) != 0 {
		t.Errorf("%+v %v", r.Picture, r.Flags)
	}
	r, _ = Read(append(asPNG(madePicture(40, 40, 0)), "<script>"...), "png")
	if !has(r.Flags, FlagPolyglot) {
		t.Errorf("%v", r.Flags)
	}
	r, _ = Read(withSegment(asJPEG(madePicture(40, 40, 0), 80), 0xFE, "<html><script>alert(1)</script>"), "jpg")
	if !has(r.Flags, FlagPolyglot) {
		t.Errorf("%v", r.Flags)
	}
	if r, _ = Read(asPNG(madePicture(40, 40, 0)), "jpg"); r.Reason != ReasonMismatch {
		t.Errorf("%+v", r)
	}
}

// TestQuality: a blurred picture measures less sharp, and the measure hardly
// depends on the size it was taken at.
func TestQuality(t *testing.T) {
	measured := func(w, h, blur int) float64 {
		r, _ := Read(asPNG(madePicture(w, h, blur)), "png")
		return r.Images[0].Quality.Sharpness
	}
	if sharp, soft := measured(800, 600, 0), measured(800, 600, 6); sharp < 20*soft {
		t.Errorf("sharp %v, blurred %v", sharp, soft)
	}
}
