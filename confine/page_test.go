package confine

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"bonafide/confine/document"
)

// TestPage renders a page of our own in the locks, where the tool is there.
func TestPage(t *testing.T) {
	w := worker(t)
	file, err := os.ReadFile("testdata/page.pdf")
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Page(context.Background(), bytes.NewReader(file), 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := renderer(); err != nil {
		if p.None == "" {
			t.Error("a picture without a renderer")
		}
		t.Skip("NOT TESTED: pictures of pages; pdftoppm (poppler-utils) is not installed")
	}
	if p.None != "" || p.Picture.Height != document.MaxSide || p.Picture.Width != 1200 {
		t.Fatalf("%q %+v", p.None, p.Picture)
	}
	dark := 0
	for _, v := range p.RGB {
		if v < 128 {
			dark++
		}
	}
	if dark < 1000 {
		t.Errorf("only %d dark values: the page is empty", dark)
	}
	var out bytes.Buffer
	if err := p.WritePNG(&out); err != nil {
		t.Fatal(err)
	}
	if m, err := png.Decode(&out); err != nil || m.Bounds().Dx() != 1200 {
		t.Error(err)
	}
	if p, err = w.Page(context.Background(), bytes.NewReader(file), 9); err != nil || p.None == "" {
		t.Errorf("a page that is not there: %v %v", err, p.Picture)
	}
}

// TestPixmap: numbers that do not fit their head are not taken.
func TestPixmap(t *testing.T) {
	if p, err := portablePixmap([]byte("P6\n1 1\n255\nrgb")); err != nil || string(p.RGB) != "rgb" {
		t.Error(err)
	}
	for _, s := range []string{"", "P6\n1 1\n255\nrg", "P6\n1 1\n255\nrgbr", "P6\n-1 -1\n255\nrgb", "P6\n9999 9999\n255\n", "P6\n1 1\n65535\nrrggbb", "P5\n1 1\n255\nr"} {
		if _, err := portablePixmap([]byte(s)); err == nil {
			t.Errorf("%s taken", strconv.Quote(s))
		}
	}
}

// TestPageCorpus renders the first page of every hostile PDF: a renderer has
// far more code than our readers, and is trusted with far less.
func TestPageCorpus(t *testing.T) {
	if os.Getenv("BONAFIDE_LONG") == "" {
		t.Skip("NOT TESTED: hostile PDFs through the renderer; set BONAFIDE_LONG")
	}
	if _, err := renderer(); err != nil {
		t.Skip("NOT TESTED: hostile PDFs through the renderer; pdftoppm (poppler-utils) is not installed")
	}
	w := worker(t)
	shown, none := 0, map[string]int{}
	var longest time.Duration
	for _, dir := range []string{"pdf/pdfjs", "pdf/qpdf-fuzz", "pdf/qpdf-qtest", "made/pdf"} {
		files, err := filepath.Glob(filepath.Join(corpus(t), dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, path := range files {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			p, err := w.Page(context.Background(), bytes.NewReader(b), 1)
			if err != nil {
				t.Fatal(path, err)
			}
			longest = max(longest, time.Since(start))
			if p.None == "" {
				shown++
			} else {
				none[p.None]++
			}
		}
	}
	t.Logf("%d files in pictures, the longest in %v; %v", shown, longest.Round(time.Millisecond), none)
	if shown == 0 || longest > 20*time.Second {
		t.Errorf("%d shown, %v", shown, longest)
	}
}
