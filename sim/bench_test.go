package sim

import (
	"io"
	"testing"
)

// BenchmarkWrite says what one application costs, operators included.
func BenchmarkWrite(b *testing.B) {
	n, err := Write(io.Discard, io.Discard, Options{People: max(1000, b.N), Operators: DefaultOperators(max(1000, b.N)), Seed: 1, Evasion: 0.35})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}
