package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

// rows is the face for spreadsheets: one row an application.
type rows struct {
	w     *csv.Writer
	begun bool
}

func newRows(w io.Writer) *rows { return &rows{w: csv.NewWriter(w)} }

var columns = []string{"record", "assessment", "because", "cluster", "conclusive", "strong", "supporting", "weak",
	"checks_hit", "checks_failed", "clear", "no_data", "not_applicable", "received_at", "tier"}

func (c *rows) begin() error {
	if c.begun {
		return nil
	}
	c.begun = true
	return c.w.Write(columns)
}

// Result counts by strength what counts: hits that no assurance has cleared.
func (c *rows) Result(r *record.Result) error {
	if err := c.begin(); err != nil {
		return err
	}
	var n [record.Conclusive + 1]int
	var hit, failed []string
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Outcome == record.Failed {
			failed = append(failed, f.Check)
			continue
		}
		hit = append(hit, f.Check)
		if f.ClearedBy == "" {
			n[f.Strength]++
		}
	}
	received := ""
	if !r.ReceivedAt.IsZero() {
		received = r.ReceivedAt.UTC().Format(time.RFC3339)
	}
	return c.w.Write([]string{cell(r.Record), cell(string(r.Assessment)), cell(strings.Join(r.Because, " ")), cell(r.Cluster),
		strconv.Itoa(n[record.Conclusive]), strconv.Itoa(n[record.Strong]), strconv.Itoa(n[record.Supporting]), strconv.Itoa(n[record.Weak]),
		cell(strings.Join(once(hit), " ")), cell(strings.Join(once(failed), " ")),
		strconv.Itoa(len(r.Clear)), strconv.Itoa(len(r.NoData)), strconv.Itoa(len(r.NotApplicable)), received, cell(r.Tier)})
}

func (c *rows) Close(Run) error {
	if err := c.begin(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

// cell makes a value that a spreadsheet takes for text: a leading character
// that begins a formula gets an apostrophe before it (OWASP, CSV injection).
func cell(s string) string {
	s = plain(s)
	if first := strings.TrimLeft(s, " \u00a0\u3000"); first != "" && strings.ContainsAny(first[:1], "=+-@|%") || hasWideFormula(s) {
		return "'" + s
	}
	return s
}

// hasWideFormula: some spreadsheets fold the full-width signs first.
func hasWideFormula(s string) bool {
	for _, sign := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}

// once keeps the first of equal neighbours and later repeats out.
func once(all []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}
