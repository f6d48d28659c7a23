package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fuzzed is what must hold for any bytes: no panic, closed words, bounds.
func fuzzed(t *testing.T, b []byte, ext string) {
	r, rgb := Read(b, ext)
	if len(rgb) != r.Picture.Width*r.Picture.Height*3 {
		t.Fatalf("%d bytes for a picture of %+v", len(rgb), r.Picture)
	}
	r.Tidy()
	if !r.Sound() {
		t.Fatalf("words that are not of the house: %+v", r)
	}
	if len(r.Text) > MaxText || len(r.Hidden) > MaxEntries || strings.ContainsAny(r.Text, "\x00\x1b\u202e") {
		t.Fatal("a bound was not kept")
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(madePDF(name, "", ""))
	f.Add(madePDF(name+"BT 3 Tr (hidden) Tj ET", "", "", stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed("9 0 << /S /JavaScript >>"))))
	f.Add([]byte("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj trailer<</Root 1 0 R>>"))
	locked, _ := filepath.Glob("testdata/encrypted/*.pdf")
	for _, path := range locked {
		if b, err := os.ReadFile(path); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if at := strings.Index(string(b), "%PDF-"); at != 0 {
			b = append([]byte("%PDF-1.7\n"), b...)
		}
		fuzzed(t, b, "pdf")
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(madeDOCX(para(`<w:vanish/>`, "x"), nil))
	f.Add(madeODT("<text:p>x</text:p>", "", ""))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzed(t, b, "") })
}

func FuzzDOCXText(f *testing.F) {
	f.Add(para(`<w:color w:val="FFFFFF"/>`, "x"))
	f.Fuzz(func(t *testing.T, body string) { fuzzed(t, madeDOCX(body, nil), "docx") })
}

func FuzzODTText(f *testing.F) {
	f.Add(`<text:p text:style-name="T1">x</text:p>`, `<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>`)
	f.Fuzz(func(t *testing.T, body, styles string) { fuzzed(t, madeODT(body, styles, ""), "odt") })
}

func FuzzImage(f *testing.F) {
	f.Add(withSegment(asJPEG(madePicture(40, 30, 0), 50), 0xE1, exif(3)))
	f.Add(asPNG(madePicture(40, 30, 0)))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzed(t, b, "") })
}

func FuzzTags(f *testing.F) {
	f.Add([]byte(exif(1)[6:]))
	f.Fuzz(func(t *testing.T, b []byte) {
		var g Image
		readTIFFTags(b, &g)
		readJPEG(b, &g)
		readPNG(b, &g)
		readWebP(b, &g)
		gifFrames(b)
		jpegEnd(b)
	})
}

func FuzzXMP(f *testing.F) {
	f.Add([]byte(`<x:xmpmeta xmlns:x="x"><a xmpMM:DocumentID="1"/></x:xmpmeta>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var m Metadata
		readXMP(b, &m)
		readCMap(b)
	})
}

func FuzzMail(f *testing.F) {
	f.Add([]byte("From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzed(t, b, "eml") })
}

func FuzzClean(f *testing.F) {
	f.Add("a\u202eb\x1b[31m\xff", 7)
	f.Fuzz(func(t *testing.T, s string, max int) {
		max = max & 1023
		out := Clean(s, max, false)
		if len(out) > max || Clean(out, max, false) != out {
			t.Fatalf("%q is not clean", out)
		}
	})
}
