// Package checks is the catalogue of checks: one file per check, its cases in
// testdata under the same name, one line in catalogue.go. A check observes; it
// does not judge: it reads the fields it names, and no others, and answers with
// one of six outcomes. It never reads a clock, the network or a database, and
// never what section "rejected signals" of the catalogue names.
//
// To add a check: checks/<id>.go, checks/testdata/<id>.txtar, one line in
// catalogue.go (`make new check=<id>` writes the first two).
package checks

import (
	"time"

	"bonafide/lists"
	"bonafide/record"
)

// Check is one check with everything that is ever printed about it.
type Check struct {
	ID       string
	Title    record.Text // one line
	Text     record.Text // one paragraph
	Stage    []string    // sourcing application interview reference offer onboarding employment payment offboarding extortion
	Family   record.Family
	Strength record.Strength  // ceiling; a finding may be less
	Link     record.ChainLink // the chain link a hit questions; "" when none

	// Reads names the fields the check may see; the runner blanks all others.
	// The paths are those of masks.go; "links.<kind>" are links of that kind.
	Reads []string

	Sources    []string // keys of docs/sources.tsv
	LegalBasis []string // keys of docs/law.md

	FalsePositives []record.Text // who is wrongly hit, and why
	Clears         []record.Text // what evidence clears a hit
	Ask            record.Text   // the next fair step

	Since, Until record.Date // in force from … to, by the day the record was received
	Version      int         // raised when behaviour changes

	run func(*In) Answer
}

// FamilyOfValue is printed for checks whose findings take the family of the
// value that is shared.
const FamilyOfValue record.Family = ""

// In is what a check is given: a view of the application in which every field
// it does not read is empty, the links of the kinds it reads, and the lists.
type In struct {
	App   *record.Application
	Links []record.Link
	Lists *lists.Set
	Day   time.Time // the day the record was received: "today" for the check
	Asked time.Time // when it is judged, never before Day: for what is overdue since
	// Record is the record's name, for digests that must differ from record to
	// record where nothing else tells two people apart. It is no evidence.
	Record string

	used []record.ListUse
}

// Use notes that a list was consulted; a stale one lowers what the check finds.
func (in *In) Use(u record.ListUse) { in.used = append(in.used, u) }

// Answer is an outcome with, for a hit, its findings.
type Answer struct {
	Outcome  record.Outcome
	Findings []record.Finding
}

// The answers without findings.
var (
	noData        = Answer{Outcome: record.NoData}
	allClear      = Answer{Outcome: record.Clear}
	notApplicable = Answer{Outcome: record.NotApplicable}
)

// hit is an answer with findings; without any it is clear, so that a check may
// collect as it goes and return hit(found...).
func hit(found ...record.Finding) Answer {
	if len(found) == 0 {
		return allClear
	}
	return Answer{Outcome: record.Hit, Findings: found}
}

// observed is a finding at a strength, with its sentence and evidence. The
// runner adds all that stands in the check's metadata.
func observed(s record.Strength, text record.Text, evidence ...record.Evidence) record.Finding {
	return record.Finding{Strength: s, Text: text, Evidence: evidence}
}
