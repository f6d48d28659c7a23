package checks

import (
	"slices"
	"testing"
	"time"

	"bonafide/record"
)

// TestAsked: what is overdue is judged at the moment of the question, which the
// caller says; without one, and for a moment before, the day of receipt stands.
func TestAsked(t *testing.T) {
	runner, err := NewRunner(Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	received := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	a := &record.Application{ID: "1", Source: "s", ReceivedAt: received, Departure: &record.Departure{At: received.AddDate(0, 2, 0), Credentials: []record.Credential{{Kind: "key", System: "vpn"}}}}
	for asked, want := range map[time.Time]bool{{}: false, received.AddDate(-1, 0, 0): false, received.AddDate(0, 2, 0): false, received.AddDate(0, 2, 2): true} {
		r := runner.RunOpen(&record.Subject{Application: a, Asked: asked}, nil)
		if got := slices.ContainsFunc(r.Findings, func(f record.Finding) bool { return f.Check == "off-revocation-gap" && f.Outcome == record.Hit }); got != want {
			t.Errorf("asked at %v: %v", asked, got)
		}
	}
}
