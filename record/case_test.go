package record_test

import (
	"testing"

	"bonafide/record"
)

// No path leads from a state in which two people are asked for to its end by
// one person alone, and nothing adverse is ever the machine's.
func TestMoves(t *testing.T) {
	seen := map[[2]record.CaseState]bool{}
	for _, m := range record.Moves {
		if seen[[2]record.CaseState{m.From, m.To}] {
			t.Errorf("%s → %s stands twice", m.From, m.To)
		}
		seen[[2]record.CaseState{m.From, m.To}] = true
		if m.Adverse && (!m.Two || m.Machine || m.Candidate) {
			t.Errorf("%s → %s is adverse: two people, never software", m.From, m.To)
		}
		if m.From == record.CaseReview && m.To == record.CaseCleared && !m.Two {
			t.Error("clearing a case that stood in review needs two people")
		}
		if !m.Machine && !m.Candidate && !m.Staff {
			t.Errorf("%s → %s: nobody may do it", m.From, m.To)
		}
	}
	for _, s := range record.CaseStates {
		if s == record.CaseRoutine {
			continue
		}
		reached := false
		for _, m := range record.Moves {
			reached = reached || m.To == s
		}
		if !reached {
			t.Errorf("%s is never reached", s)
		}
	}
	if _, ok := record.FindMove(record.CaseReview, record.CaseRoutine); ok {
		t.Error("a case that stood in review never falls back to routine without people")
	}
}
