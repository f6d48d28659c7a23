package sim

import (
	"fmt"
	"io"
	"strings"
)

// WriteText prints an evaluation for people who read it in a terminal.
func (e *Evaluation) WriteText(out io.Writer) error {
	var b strings.Builder
	row := func(label string, s Share) {
		fmt.Fprintf(&b, "  %-38s %8.3f %%   %d of %d   95 %%: %.3f to %.3f\n", label, 100*s.Rate, s.Hits, s.Of, 100*s.Low, 100*s.High)
	}
	fmt.Fprintf(&b, "%d results, %d records without one, %d results of no known record\n\nOperators\n", e.Records, e.Missing, e.Unknown)
	row("operators with a record flagged", e.Operators)
	for _, g := range e.BySize {
		row("  "+g.Name, g.Flagged)
	}
	row("their records flagged", e.OperatorRecords)
	row("their records in review", e.OperatorRecordsReview)
	b.WriteString("\nHonest people\n")
	row("flagged", e.HonestFlagged)
	row("in review", e.HonestReview)
	row("their records flagged", e.HonestRecords)
	fmt.Fprintf(&b, "  %-38s %8.2f per 10,000 people\n", "false links", e.FalseLinks)
	fmt.Fprintf(&b, "  %-38s %d of %d %s\n", "used by operators, not routine", len(e.UsedNotRoutine), e.UsedPeople, strings.Join(e.UsedNotRoutine[:min(10, len(e.UsedNotRoutine))], " "))
	c := e.Clusters
	fmt.Fprintf(&b, "\nClusters\n  precision %.4f   recall %.4f   (%d pairs right, %d wrong, %d to find; %d clusters of %d records; %d pairs of one honest person)\n",
		c.Precision, c.Recall, c.Right, c.Wrong, c.True, c.Count, c.Records, c.SamePerson)
	b.WriteString("\nOperators among the flagged\n")
	for _, a := range e.AtPrevalence {
		fmt.Fprintf(&b, "  if %4.1f %% of records were theirs       %8.1f %%\n", 100*a.Prevalence, 100*a.Share)
	}
	fmt.Fprintf(&b, "  among the first %d cases               %d\n", e.First.Cases, e.First.Operators)
	b.WriteString("\nBy look-alike: flagged, ratio to all, in review\n")
	groups(&b, e.Kinds)
	fmt.Fprintf(&b, "\nBy country: flagged, ratio to all, in review (highest over lowest: %.2f)\n", e.CountrySpread)
	groups(&b, e.Countries)
	b.WriteString("\nRecords of operators, by trace and habit: flagged, in review\n")
	groups(&b, e.Traces)
	because(&b, "Why honest people's records were flagged", e.HonestBecause)
	because(&b, "Why operators' records were flagged", e.OperatorBecause)
	_, err := io.WriteString(out, b.String())
	return err
}

func groups(b *strings.Builder, all []Group) {
	for _, g := range all {
		s := g.Flagged
		ratio := fmt.Sprintf("×%.2f", g.Ratio)
		if g.Ratio == 0 {
			ratio = ""
		}
		fmt.Fprintf(b, "  %-20s %8.3f %%  %-6s %8.3f %%   %d of %d   95 %%: %.3f to %.3f\n", g.Name, 100*s.Rate, ratio, 100*g.Review.Rate, s.Hits, s.Of, 100*s.Low, 100*s.High)
	}
}

func because(b *strings.Builder, title string, all []CountedBy) {
	fmt.Fprintf(b, "\n%s\n", title)
	for _, c := range all {
		fmt.Fprintf(b, "  %7d  %s\n", c.Records, c.Check)
	}
}
