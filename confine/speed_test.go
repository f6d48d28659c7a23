package confine

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"sync"
	"testing"
)

// TestParentStaysSmall: whatever a file does to its child, the parent's memory
// grows by no more than the answers it holds. The files are those made to burst.
func TestParentStaysSmall(t *testing.T) {
	dir := filepath.Join(corpus(t), "made")
	w := worker(t)
	var files [][]byte
	for _, name := range []string{"image/png_50000x50000_1bit.png", "image/jpeg_progressive_65500x65500.jpg", "image/png_ztxt_bomb_128MiB.png", "image/png_idat_overlong_64MiB.png",
		"pdf/flate_bomb_256MiB.pdf", "pdf/deep_array_100k.pdf", "pdf/image_40000x40000.pdf", "docx/document_bomb_256MiB.docx", "docx/entries_20k.docx", "archive/gzip_512MiB.gz", "archive/flat_ratio_512MiB.zip"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, b)
	}
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	held := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64() - sample[1].Value.Uint64()
	}
	runtime.GC()
	before, most := held(), uint64(0)
	for range 3 {
		for _, b := range files {
			readFile(t, w, b, "")
			most = max(most, held())
		}
	}
	grown := int64(most) - int64(before)
	t.Logf("the parent grew by at most %.1f MiB", float64(grown)/(1<<20))
	if grown > 64<<20 {
		t.Errorf("the parent grew by %d bytes", grown)
	}
}

// BenchmarkNote is what a child costs before it reads anything of weight.
func BenchmarkNote(b *testing.B) {
	w := worker(b)
	for b.Loop() {
		readFile(b, w, []byte("Zuzana Vzor"), "cv.txt")
	}
}

// BenchmarkPDF reads one small résumé, two children at once.
func BenchmarkPDF(b *testing.B) {
	w := worker(b)
	file, err := os.ReadFile("testdata/page.pdf")
	if err != nil {
		b.Fatal(err)
	}
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for range b.N/2 + 1 {
				readFile(b, w, file, "cv.pdf")
			}
		})
	}
	all.Wait()
}

// BenchmarkPage renders one page, where the tool is there.
func BenchmarkPage(b *testing.B) {
	if _, err := renderer(); err != nil {
		b.Skip("NOT MEASURED: pictures of pages; pdftoppm is not installed")
	}
	w := worker(b)
	file, err := os.Open("testdata/page.pdf")
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	for b.Loop() {
		file.Seek(0, 0)
		if p, err := w.Page(context.Background(), file, 1); err != nil || p.None != "" {
			b.Fatal(err, p)
		}
	}
}
