package confine

import (
	"encoding/binary"
	"testing"

	"bonafide/confine/document"
)

func framed(head string, pixels string) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head+pixels...)
}

const goodHead = `{"locks":[],"result":{"version":1,"verdict":"accepted","kind":"text","metadata":{},"picture":{"width":1,"height":1}}}`

// TestAnswer: an answer is taken only as it should be.
func TestAnswer(t *testing.T) {
	if _, pixels, err := decode(framed(goodHead, "rgb")); err != nil || string(pixels) != "rgb" {
		t.Errorf("a good answer is refused: %v", err)
	}
	for name, b := range map[string][]byte{
		"empty":             nil,
		"short":             framed(goodHead, "rgb")[:20],
		"too few pixels":    framed(goodHead, "rg"),
		"too many pixels":   framed(goodHead, "rgbr"),
		"unknown member":    framed(`{"locks":[],"admin":true}`, ""),
		"unknown verdict":   framed(`{"locks":[],"result":{"version":1,"verdict":"clear","kind":"text","metadata":{},"picture":{"width":0,"height":0}}}`, ""),
		"member twice":      framed(`{"locks":[],"locks":[],"result":{}}`, ""),
		"length that lies":  {0xFF, 0xFF, 0xFF, 0xFF, '{', '}'},
		"negative pixels":   framed(`{"locks":[],"result":{"version":1,"verdict":"accepted","kind":"text","metadata":{},"picture":{"width":-1,"height":-1}}}`, ""),
		"a kind of its own": framed(`{"locks":[],"result":{"version":1,"verdict":"accepted","kind":"exe","metadata":{},"picture":{"width":0,"height":0}}}`, ""),
	} {
		if _, _, err := decode(b); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(framed(goodHead, "rgb"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, pixels, err := decode(b)
		if err != nil {
			return
		}
		if !h.Result.Sound() || len(pixels) != 0 && len(pixels) != h.Result.Picture.Width*h.Result.Picture.Height*3 || len(h.Result.Text) > document.MaxText {
			t.Fatal("an answer was taken that is not one")
		}
	})
}
