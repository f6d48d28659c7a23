package document

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
)

// madePDF writes a PDF of one page with a correct table. extra are objects from
// number 6 on; page and font are put into their dictionaries.
func madePDF(content, page, font string, extra ...string) []byte {
	if font == "" {
		font = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica"
	}
	objects := append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + strings.Join(strings.Fields(field(extra, "catalog:")), " ") + " >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> " + page + " >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< " + font + " >>",
	}, plainOnly(extra)...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, field(extra, "trailer:"), table)
	return b.Bytes()
}

func field(extra []string, prefix string) string {
	for _, e := range extra {
		if s, ok := strings.CutPrefix(e, prefix); ok {
			return s
		}
	}
	return ""
}

func plainOnly(extra []string) (out []string) {
	for _, e := range extra {
		if !strings.HasPrefix(e, "catalog:") && !strings.HasPrefix(e, "trailer:") {
			out = append(out, e)
		}
	}
	return out
}

func packed(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

// madeZip writes an archive, parts in alphabetical order but mimetype first.
func madeZip(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var names []string
	for n := range parts {
		names = append(names, n)
	}
	sort.Slice(names, func(i, j int) bool { return names[i] == "mimetype" || names[j] != "mimetype" && names[i] < names[j] })
	for _, n := range names {
		w, _ := z.Create(n)
		w.Write([]byte(parts[n]))
	}
	z.Close()
	return b.Bytes()
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func madeDOCX(body string, more map[string]string) []byte {
	parts := map[string]string{
		"[Content_Types].xml": `<Types/>`,
		"_rels/.rels":         `<Relationships><Relationship Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`,
	}
	for n, s := range more {
		parts[n] = s
	}
	return madeZip(parts)
}

func madeODT(body, styles, meta string) []byte {
	return madeZip(map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.text",
		"content.xml": `<o:c xmlns:o="o" xmlns:text="text" xmlns:style="style" xmlns:fo="fo" xmlns:xlink="xlink">` +
			`<o:automatic-styles>` + styles + `</o:automatic-styles><o:text>` + body + `</o:text></o:c>`,
		"meta.xml": `<m:m xmlns:m="m" xmlns:dc="dc" xmlns:meta="meta">` + meta + `</m:m>`,
	})
}

// madePicture is a page of lines; blur smears it.
func madePicture(w, h, blur int) image.Image {
	r := rand.New(rand.NewPCG(7, 7))
	m := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := uint8(200)
			if y/6%2 == 0 && (x/4+int(r.Uint32()%3))%2 == 0 {
				v = 40
			}
			m.SetGray(x, y, color.Gray{Y: v})
		}
	}
	for range blur {
		n := image.NewGray(m.Rect)
		for y := 1; y < h-1; y++ {
			for x := 1; x < w-1; x++ {
				s := 0
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						s += int(m.GrayAt(x+dx, y+dy).Y)
					}
				}
				n.SetGray(x, y, color.Gray{Y: uint8(s / 9)})
			}
		}
		m = n
	}
	return m
}

func asJPEG(m image.Image, quality int) []byte {
	var b bytes.Buffer
	jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	return b.Bytes()
}

func asPNG(m image.Image) []byte {
	var b bytes.Buffer
	png.Encode(&b, m)
	return b.Bytes()
}

// withSegment puts a segment behind the start of a JPEG.
func withSegment(b []byte, marker byte, body string) []byte {
	out := append([]byte{0xFF, 0xD8, 0xFF, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
	return append(out, b[2:]...)
}

func has(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func read(t testing.TB, b []byte, ext string) Result {
	t.Helper()
	r, _ := Read(b, ext)
	r.Tidy()
	if !r.Sound() {
		t.Fatalf("words that are not of the house: %+v", r)
	}
	return r
}
