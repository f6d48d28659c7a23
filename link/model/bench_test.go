package model

import (
	"bytes"
	"io"
	"os"
	"testing"
	"time"

	"bonafide/bench/meter"
)

// csvRows cuts a plain CSV, enough for the bench's own files.
type csvRows struct{ cells [][][]byte }

func (c csvRows) Len() int             { return len(c.cells) }
func (c csvRows) Cell(i, j int) []byte { return c.cells[i][j] }

// BenchmarkScoring scores the candidate pairs of the file named by BONAFIDE_LINK_BENCH (from bench/dedupe/recipe) and
// reports pairs per second of the scoring pass on two workers, key making and sorting apart.
func BenchmarkScoring(b *testing.B) {
	path := os.Getenv("BONAFIDE_LINK_BENCH")
	if path == "" {
		b.Skip("BONAFIDE_LINK_BENCH names no file: the speed of scoring was NOT measured")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(data), []byte("\n"))
	bl := NewBuilder(BuildOptions{ID: "id", Ignore: []string{"person"}})
	bl.Source("bench")
	var header []string
	for _, h := range bytes.Split(lines[0], []byte(",")) {
		header = append(header, string(h))
	}
	bl.Columns(header)
	for start := 1; start < len(lines); start += 4096 {
		var part csvRows
		for _, l := range lines[start:min(start+4096, len(lines))] {
			part.cells = append(part.cells, bytes.Split(l, []byte(",")))
		}
		if err := bl.Append(part); err != nil && err != io.EOF {
			b.Fatal(err)
		}
	}
	f, err := bl.Frame()
	if err != nil {
		b.Fatal(err)
	}
	m, err := Train(f, Options{Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	s := newScorer(f, m, nil, 0)
	keys := newKeyTables(f)
	var pairs [][2]uint32
	for _, r := range m.Rules {
		rule := keys.rule(r)
		var found [2][][2]uint32
		var notes [2]BlockNote
		rule.blocks(f, nil, func(w, _ int, block []keyed) {
			rule.walk(f, block, &notes[w], func(x, y uint32) { found[w] = append(found[w], [2]uint32{x, y}) })
		})
		pairs = append(append(pairs, found[0]...), found[1]...)
	}
	b.ResetTimer()
	start, busy := time.Now(), meter.Processor()
	for range b.N {
		each(2, func(w int) {
			for i := w * len(pairs) / 2; i < (w+1)*len(pairs)/2; i++ {
				p := pairs[i]
				s.above(f.Row(p[0]), f.Row(p[1]), -s.prior[0])
			}
		})
	}
	b.ReportMetric(float64(len(pairs)*b.N)/time.Since(start).Seconds(), "pairs/s")
	// What the same work takes when nobody else wants the two cores.
	b.ReportMetric(2*float64(len(pairs)*b.N)/(meter.Processor()-busy).Seconds(), "pairs/s-of-two-free-cores")
	b.ReportMetric(float64(len(pairs)), "pairs")
}
