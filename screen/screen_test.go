package screen_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bonafide/checks"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
	"bonafide/sim"
)

// run screens lines and gives back the result lines and what was rejected.
func run(t testing.TB, lines []string) (results, rejected []string, sum screen.Summary) {
	t.Helper()
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReader(strings.Join(lines, "\n") + "\n")
	r, err := intake.Open("lines.jsonl", io.NewSectionReader(text, 0, text.Size()), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &screen.Screen{Checks: runner, Policy: policy.Default(), Keyer: link.NewKeyer(nil, false)}
	s.Rejected = func(r screen.Reject) error {
		rejected = append(rejected, r.Err.Error())
		return nil
	}
	var out bytes.Buffer
	sink, err := report.New("jsonl", &out, report.Options{Lang: record.EN})
	if err != nil {
		t.Fatal(err)
	}
	sum, err = s.Run(context.Background(), []screen.Input{{Reader: r, Size: text.Size(), Bytes: func(int) io.ReaderAt { return text }}}, sink.Result)
	if err != nil {
		t.Fatal(err)
	}
	if err := sink.Close(report.Run{}); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(out.String()), "\n"), rejected, sum
}

func population(t testing.TB, people int) []string {
	t.Helper()
	var applications bytes.Buffer
	if _, err := sim.Write(&applications, io.Discard, sim.Options{People: people, Operators: 3, Seed: 77, Evasion: 0.2}); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(applications.String()), "\n")
}

// TestAnyOrderGivesTheSameLines: results are a matter of what came in, not of
// the order in which it came.
func TestAnyOrderGivesTheSameLines(t *testing.T) {
	lines := population(t, 250)
	want, rejected, sum := run(t, lines)
	if len(rejected) > 0 || sum.Records != len(lines) || len(want) != len(lines) {
		t.Fatalf("%d lines, %d results, %d rejected", len(lines), len(want), len(rejected))
	}
	flagged := 0
	for _, l := range want {
		if !strings.Contains(l, `"assessment":"routine"`) {
			flagged++
		}
	}
	if flagged == 0 || flagged > len(lines)/3 {
		t.Fatalf("%d of %d flagged: the population proves nothing", flagged, len(lines))
	}
	slices.Sort(want)
	r := rand.New(rand.NewPCG(3, 4))
	for range 3 {
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		got, _, _ := run(t, lines)
		slices.Sort(got)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("the order shows:\n%s\n%s", want[i], got[i])
			}
		}
	}
}

// TestResultsStandInInputOrder: the answer to line n is line n.
func TestResultsStandInInputOrder(t *testing.T) {
	lines := population(t, 400)
	results, _, _ := run(t, lines)
	for i, l := range lines {
		id, _, _ := strings.Cut(l[strings.Index(l, `"id":"`)+6:], `"`)
		if !strings.Contains(results[i][:120], "/"+id+`"`) {
			t.Fatalf("result %d is not of application %d", i, i)
		}
	}
}

// TestNewestVersionStands, whichever of the two lines came first, and the
// other is named and not lost.
func TestNewestVersionStands(t *testing.T) {
	line := func(day int, name string) string {
		return fmt.Sprintf(`{"id":"7","source":"form","received_at":"2026-03-%02dT09:00:00Z","person":{"name":%q}}`, day, name)
	}
	for _, lines := range [][]string{{line(1, "Rita Modelo"), line(9, "Rita Modelo")}, {line(9, "Rita Modelo"), line(1, "Rita Modelo")}} {
		results, rejected, sum := run(t, lines)
		if len(results) != 1 || !strings.Contains(results[0], "2026-03-09") || sum.Records != 1 {
			t.Errorf("%d results: %s", len(results), results)
		}
		if len(rejected) != 1 {
			t.Errorf("rejected %q", rejected)
		}
	}
}

func BenchmarkScreen(b *testing.B) {
	lines := population(b, 2000)
	b.ResetTimer()
	for range b.N {
		run(b, lines)
	}
	b.ReportMetric(float64(b.N*len(lines))/b.Elapsed().Seconds(), "applications/s")
}
