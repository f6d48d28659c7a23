package checks

import (
	"slices"
	"testing"
	"time"

	"bonafide/record"
)

// Locked, the checks of the module are not in force and no check sees events;
// open, they answer.
func TestAfterHireLocked(t *testing.T) {
	seen := false
	look := &Check{ID: "beside", Stage: []string{"application", "employment"}, Reads: []string{"events", "departure"}, Version: 1, run: func(in *In) Answer {
		seen = len(in.App.Events) > 0 || in.App.Departure != nil
		return allClear
	}}
	r, err := NewRunner(append(Catalogue(), look))
	if err != nil {
		t.Fatal(err)
	}
	s := &record.Subject{Application: &record.Application{ReceivedAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Events: []record.Event{{Kind: "sign-in"}}, Departure: &record.Departure{},
		Reverifications: []record.Reverification{{Outcome: "refused", At: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC)}}}}
	locked := r.Run(s, nil)
	if seen || !slices.Contains(locked.NotInForce, "ins-reverification-refused") {
		t.Error("locked: the module is not in force and nobody sees what systems saw")
	}
	for _, id := range []string{"doc-identity-victim-report", "pay-account-changes", "net-anonymizer", "link-return-under-new-identity"} {
		if slices.Contains(locked.NotInForce, id) {
			t.Errorf("%s is no check of the module", id)
		}
	}
	open := r.RunOpen(s, nil)
	if !seen || slices.Contains(open.NotInForce, "ins-reverification-refused") {
		t.Error("open: the module answers")
	}
	if s.Application.Events == nil || s.Application.Departure == nil {
		t.Error("the record itself is left as it is")
	}
}
