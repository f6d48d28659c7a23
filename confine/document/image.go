package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// readImage decides by the header whether a picture may be unpacked at all,
// then hands out pixels without any of the file's own bytes.
func readImage(b []byte, kind Kind) (Result, []byte) {
	r := accepted(kind)
	sum := sha256.Sum256(b)
	g := Image{Format: string(kind), SHA256: hex.EncodeToString(sum[:])}
	head, err := header(b, kind)
	if err != nil {
		return refused(kind, ReasonMalformed, "the head of the picture cannot be read"), nil
	}
	g.Width, g.Height = head.Width, head.Height
	orientation, each, frames := 0, 4, 1
	switch kind {
	case JPEG:
		var progressive bool
		if orientation, progressive = readJPEG(b, &g); progressive {
			each = 15 // all coefficients are kept until the end
		}
	case PNG:
		var end int
		orientation, end = readPNG(b, &g)
		trailing(b, end, &r)
		each = 6
		if m := head.ColorModel; m == color.RGBA64Model || m == color.NRGBA64Model {
			each = 10
		}
	case WebP:
		orientation = readWebP(b, &g)
		each = 6
	case TIFF:
		orientation = readTIFFTags(b, &g)
		each = 12
	case GIF:
		frames = gifFrames(b)
	}
	if kind == JPEG {
		trailing(b, jpegEnd(b), &r)
		if markup(jpegNotes(b)) {
			r.flag(FlagPolyglot)
		}
	}
	if trailsArchive(b) {
		r.flag(FlagPolyglot)
	}
	if head.Width <= 0 || head.Height <= 0 {
		return refused(kind, ReasonMalformed, "the picture has no size"), nil
	}
	if int64(head.Width)*int64(head.Height)*int64(each) > maxImage || head.Width > 1<<16 || head.Height > 1<<16 {
		// A damaged file that only claims to be vast is told by its bytes: no
		// packing is that good.
		if int64(head.Width)*int64(head.Height)/8 > int64(len(b))*1100 && len(b) < 256 {
			return refused(kind, ReasonMalformed, "the picture claims more than its bytes can hold"), nil
		}
		return refused(kind, ReasonPixels, "the picture has more pixels than allowed"), nil
	}
	m, err := decodeImage(b, kind)
	if err != nil || m == nil {
		return refused(kind, ReasonMalformed, "the picture cannot be read to its end"), nil
	}
	if frames > 1 {
		r.flag(FlagFirst)
	}
	pixels := smaller(m, orientation)
	g.Quality = measure(pixels, g.Quality)
	r.Picture = pixels.Size
	r.Images = []Image{g}
	return r, pixels.rgb
}

func header(b []byte, kind Kind) (image.Config, error) {
	in := bytes.NewReader(b)
	switch kind {
	case JPEG:
		return jpeg.DecodeConfig(in)
	case PNG:
		return png.DecodeConfig(in)
	case GIF:
		return gif.DecodeConfig(in)
	case WebP:
		return webp.DecodeConfig(in)
	}
	return tiff.DecodeConfig(in)
}

func decodeImage(b []byte, kind Kind) (image.Image, error) {
	var in io.Reader = bytes.NewReader(b)
	switch kind {
	case JPEG:
		return jpeg.Decode(in)
	case PNG:
		return png.Decode(in)
	case GIF:
		return gif.Decode(in) // the first frame
	case WebP:
		return webp.Decode(in)
	}
	return tiff.Decode(in)
}

// gifFrames counts up to two pictures of a GIF without unpacking them.
func gifFrames(b []byte) (n int) {
	if len(b) < 13 {
		return 0
	}
	at := 13
	if b[10]&0x80 != 0 {
		at += 3 << (b[10]&7 + 1)
	}
	for at < len(b) && n < 2 {
		switch b[at] {
		case 0x21:
			at += 2
		case 0x2C:
			if n++; at+10 > len(b) {
				return n
			}
			flags := b[at+9]
			if at += 10; flags&0x80 != 0 {
				at += 3 << (flags&7 + 1)
			}
			at++
		default:
			return n
		}
		for at < len(b) && b[at] != 0 {
			at += int(b[at]) + 1
		}
		at++
	}
	return n
}

// jpegEnd is where the first picture of a JPEG ends.
func jpegEnd(b []byte) int {
	at := 2
	for at+4 <= len(b) && b[at] == 0xFF {
		if b[at+1] == 0xFF {
			at++
			continue
		}
		size := int(b[at+2])<<8 | int(b[at+3])
		scan := b[at+1] == 0xDA
		if at += 2 + size; !scan {
			continue
		}
		for ; at+1 < len(b); at++ {
			if b[at] == 0xFF && b[at+1] != 0 && (b[at+1] < 0xD0 || b[at+1] > 0xD7) {
				break
			}
		}
		if at+1 < len(b) && b[at+1] == 0xD9 {
			return at + 2
		}
	}
	return len(b)
}

// trailing looks at bytes behind the end of a picture. Cameras put films and
// depth maps there; another document is another matter.
func trailing(b []byte, end int, r *Result) {
	if end >= len(b) {
		return
	}
	low := bytes.ToLower(b[end:min(len(b), end+1<<20)])
	other := markup(low)
	for _, magic := range []string{"%pdf-", "pk\x03\x04", "rar!\x1a", "7z\xbc\xaf"} {
		other = other || bytes.Contains(low, []byte(magic))
	}
	if other {
		r.flag(FlagPolyglot)
	}
}

// markup: a browser that looks for a page in these bytes finds one.
func markup(b []byte) bool {
	low := bytes.ToLower(b)
	for _, tag := range []string{"<script", "<html", "<!doctype", "<iframe", "<?php", "<svg", "<body"} {
		if bytes.Contains(low, []byte(tag)) {
			return true
		}
	}
	return false
}

// jpegNotes are the comments and the segments of programs of a JPEG, without
// the metadata packets that are XML by their nature.
func jpegNotes(b []byte) (notes []byte) {
	for at := 2; at+4 <= len(b) && b[at] == 0xFF && b[at+1] != 0xDA && b[at+1] != 0xD9; {
		size := int(b[at+2])<<8 | int(b[at+3])
		if size < 2 || at+2+size > len(b) {
			break
		}
		body := b[at+4 : at+2+size]
		if m := b[at+1]; (m == 0xFE || m >= 0xE0 && m <= 0xEF) && !bytes.HasPrefix(body, []byte("http://ns.adobe.com/")) {
			notes = append(notes, body...)
		}
		at += 2 + size
	}
	return notes
}
