package document

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"strings"
	"time"
)

// readTIFFTags reads what a camera or program wrote into EXIF (CIPA DC-008):
// make, model, software, times, and whether, never where, a place is given.
func readTIFFTags(b []byte, g *Image) (orientation int) {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(b, []byte("II*\x00")):
	case bytes.HasPrefix(b, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 0
	}
	var maker, model string
	seen := map[uint32]bool{}
	var walk func(at uint32, depth int)
	walk = func(at uint32, depth int) {
		if depth > 4 || seen[at] || uint64(at)+2 > uint64(len(b)) {
			return
		}
		seen[at] = true
		n := int(order.Uint16(b[at:]))
		for i := 0; i < n && i < 512; i++ {
			e := int(at) + 2 + 12*i
			if e+12 > len(b) {
				return
			}
			tag, kind, count := order.Uint16(b[e:]), order.Uint16(b[e+2:]), order.Uint32(b[e+4:])
			value := order.Uint32(b[e+8:])
			text := func() string {
				if kind != 2 || count > 4096 {
					return ""
				}
				from := uint64(value)
				if count <= 4 {
					from = uint64(e + 8)
				}
				if from+uint64(count) > uint64(len(b)) {
					return ""
				}
				s, _, _ := strings.Cut(string(b[from:from+uint64(count)]), "\x00")
				return strings.TrimSpace(s)
			}
			switch tag {
			case 0x010F:
				maker = text()
			case 0x0110:
				model = text()
			case 0x0112:
				orientation = int(order.Uint16(b[e+8:]))
			case 0x0131:
				g.Software = addOnce(g.Software, text())
			case 0x0132:
				g.Modified = exifTime(text())
			case 0x9003:
				g.Taken = exifTime(text())
			case 0x8769:
				walk(value, depth+1)
			case 0x8825:
				g.GPS = g.GPS || hasPlace(b, order, value)
			case 0x02BC: // an XMP packet
				from, size := uint64(value), uint64(count)
				if from+size <= uint64(len(b)) && size < 1<<20 {
					imageXMP(b[from:from+size], g)
				}
			}
		}
	}
	if len(b) >= 8 {
		walk(order.Uint32(b[4:]), 0)
	}
	if maker != "" && !strings.HasPrefix(strings.ToLower(model), strings.ToLower(maker)) {
		model = strings.TrimSpace(maker + " " + model)
	}
	if g.Camera == "" {
		g.Camera = model
	}
	return orientation
}

// hasPlace: the directory of places holds a latitude; many cameras leave an
// empty one.
func hasPlace(b []byte, order binary.ByteOrder, at uint32) bool {
	if uint64(at)+2 > uint64(len(b)) {
		return false
	}
	for i := 0; i < int(order.Uint16(b[at:])) && i < 64; i++ {
		e := int(at) + 2 + 12*i
		if e+12 > len(b) {
			return false
		}
		if order.Uint16(b[e:]) == 2 {
			return true
		}
	}
	return false
}

func exifTime(s string) string {
	t, err := time.Parse("2006:01:02 15:04:05", s)
	if err != nil || t.Year() < 1980 {
		return ""
	}
	return t.Format("2006-01-02T15:04:05")
}

// imageXMP takes the editors of a packet.
func imageXMP(b []byte, g *Image) {
	var m Metadata
	readXMP(b, &m)
	for _, s := range m.Software {
		g.Software = addOnce(g.Software, s)
	}
}

// readJPEG walks the segments of a JPEG (ITU T.81) up to the picture data.
func readJPEG(b []byte, g *Image) (orientation int, progressive bool) {
	for at := 2; at+4 <= len(b) && b[at] == 0xFF; {
		marker := b[at+1]
		if marker == 0xFF {
			at++
			continue
		}
		if marker == 0xDA || marker == 0xD9 {
			break
		}
		size := int(b[at+2])<<8 | int(b[at+3])
		if size < 2 || at+2+size > len(b) {
			break
		}
		body := b[at+4 : at+2+size]
		switch {
		case marker == 0xC2:
			progressive = true
		case marker == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			if o := readTIFFTags(body[6:], g); o != 0 {
				orientation = o
			}
		case marker == 0xE1 && bytes.HasPrefix(body, []byte("http://ns.adobe.com/xap/1.0/\x00")):
			imageXMP(body[29:], g)
		case marker == 0xED && bytes.HasPrefix(body, []byte("Photoshop 3.0\x00")):
			// Cameras of news agencies write it too; alone it says nothing.
		case marker == 0xDB && len(body) >= 65 && g.Quality.JPEG == 0:
			g.Quality.JPEG = jpegQuality(body)
		}
		at += 2 + size
	}
	return orientation, progressive
}

// standardLuma is the example table K.1 of ITU T.81, in zigzag order.
var standardLuma = [64]int{16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
	56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99}

// jpegQuality is the quality, 1–100, at which libjpeg's scaling of the example
// table comes nearest to the table of the file.
func jpegQuality(table []byte) int {
	wide := table[0]>>4 != 0
	sum, base := 0, 0
	for i := range 64 {
		at, v := 1+i, 0
		if wide {
			at = 1 + 2*i
		}
		if at+1 >= len(table) && (wide || at >= len(table)) {
			return 0
		}
		v = int(table[at])
		if wide {
			v = v<<8 | int(table[at+1])
		}
		sum, base = sum+v, base+standardLuma[i]
	}
	scale := float64(sum) / float64(base) * 100
	q := (200 - scale) / 2
	if scale > 100 {
		q = 5000 / scale
	}
	return max(1, min(100, int(q+0.5)))
}

// readPNG walks the chunks of a PNG for what programs write about themselves.
func readPNG(b []byte, g *Image) (orientation int, end int) {
	left := 1 << 20 // bytes of text that may be unpacked
	at := 8
	for at+12 <= len(b) {
		size := int(binary.BigEndian.Uint32(b[at:]))
		if size < 0 || at+12+size > len(b) {
			return orientation, len(b)
		}
		body, name := b[at+8:at+8+size], string(b[at+4:at+8])
		at += 12 + size
		switch name {
		case "eXIf":
			orientation = readTIFFTags(body, g)
		case "tEXt":
			key, value, _ := strings.Cut(string(body[:min(size, 1<<16)]), "\x00")
			pngText(key, value, g)
		case "zTXt":
			if key, rest, ok := bytes.Cut(body, []byte{0}); ok && len(rest) > 1 {
				value := unzlib(rest[1:], &left)
				pngText(string(key[:min(len(key), 80)]), string(value), g)
			}
		case "iTXt":
			key, rest, ok := bytes.Cut(body, []byte{0})
			if !ok || len(rest) < 2 {
				break
			}
			packed := rest[0] == 1
			_, rest, _ = bytes.Cut(rest[2:], []byte{0})
			_, rest, _ = bytes.Cut(rest, []byte{0})
			if packed {
				rest = unzlib(rest, &left)
			}
			if string(key) == "XML:com.adobe.xmp" {
				imageXMP(rest[:min(len(rest), 1<<20)], g)
			} else {
				pngText(string(key[:min(len(key), 80)]), string(rest[:min(len(rest), 1<<16)]), g)
			}
		case "caBX":
			g.Software = addOnce(g.Software, "content credentials (C2PA)")
		case "IEND":
			return orientation, at
		}
	}
	return orientation, at
}

func pngText(key, value string, g *Image) {
	switch strings.ToLower(key) {
	case "software", "creator tool":
		g.Software = addOnce(g.Software, value)
	case "parameters", "prompt", "workflow", "dream", "sd-metadata":
		g.Software = addOnce(g.Software, "generated (image parameters)")
	}
}

func unzlib(b []byte, left *int) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(z, int64(max(*left, 0))))
	*left -= len(out)
	return out
}

// readWebP walks the chunks of a WebP (RFC 9649).
func readWebP(b []byte, g *Image) (orientation int) {
	for at := 12; at+8 <= len(b); {
		size := int(binary.LittleEndian.Uint32(b[at+4:]))
		if size < 0 || at+8+size > len(b) {
			return orientation
		}
		body := b[at+8 : at+8+size]
		switch string(b[at : at+4]) {
		case "EXIF":
			orientation = readTIFFTags(bytes.TrimPrefix(body, []byte("Exif\x00\x00")), g)
		case "XMP ":
			imageXMP(body[:min(len(body), 1<<20)], g)
		}
		at += 8 + size + size&1
	}
	return orientation
}
