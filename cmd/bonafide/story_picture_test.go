package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"bonafide/link"
)

// draws makes a picture of soft shapes as a PNG file: whole, mirrored (and a little brighter), framed in white, cropped, or plain.
func draws(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, 3)
	seed, err := strconv.ParseUint(args[0], 10, 64)
	ts.Check(err)
	const wide, high, border = 240, 300, 24
	r := rand.New(rand.NewPCG(seed, 5))
	type shape struct{ x, y, wide, high, light float64 }
	var shapes []shape
	for range 30 {
		size := 0.03 + 0.35*r.Float64()*r.Float64()
		shapes = append(shapes, shape{r.Float64(), r.Float64(), size * (0.5 + r.Float64()), size * (0.5 + r.Float64()), 240*r.Float64() - 120})
	}
	img := image.NewGray(image.Rect(0, 0, wide+2*border, high+2*border))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range high {
		for x := range wide {
			fx, fy, light := float64(x)/wide, float64(y)/high, 128.0
			if args[1] == "mirrored" {
				fx, light = 1-fx, 134
			}
			for _, s := range shapes {
				if d := (fx-s.x)*(fx-s.x)/(s.wide*s.wide) + (fy-s.y)*(fy-s.y)/(s.high*s.high); d < 1 && args[1] != "plain" {
					light += s.light * (1 - d*d)
				}
			}
			img.SetGray(x+border, y+border, color.Gray{Y: uint8(max(0, min(255, light)))})
		}
	}
	out := image.Image(img)
	switch args[1] {
	case "framed":
	case "cropped": // by 5 % on every side
		out = img.SubImage(image.Rect(border+wide/20, border+high/20, border+wide-wide/20, border+high-high/20))
	default:
		out = img.SubImage(image.Rect(border, border, border+wide, border+high))
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, out))
	write(ts, args[2], b.String())
}

// sends adds an application to a file that has of a picture its long hash alone, as a record whose short one is another; or,
// "with parts", what a record keeps of a picture that was read here.
func sends(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, 4)
	img, _, err := image.Decode(bytes.NewReader([]byte(ts.ReadFile(args[1]))))
	ts.Check(err)
	seen := link.Looks(img)
	seen.PHash = ""
	if len(args) < 4 {
		seen.Views = nil
	}
	text, err := json.Marshal(seen)
	ts.Check(err)
	line := fmt.Sprintf(`{"id":%q,"source":"form","received_at":"2026-03-02T09:14:05Z","person":{"name":"%s Muster%s"},"photos":[%s]}`+"\n",
		args[0], args[0], args[0], text)
	write(ts, args[2], ts.ReadFile(args[2])+line)
}
