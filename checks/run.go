package checks

import (
	"fmt"
	"slices"

	"bonafide/lists"
	"bonafide/record"
)

// Report is what all checks answered for one subject.
type Report struct {
	Findings                                 []record.Finding // hits and failures, in catalogue order
	Clear, NoData, NotApplicable, NotInForce []string
	Lists                                    []record.ListUse // every list consulted, by name
}

// Runner runs a catalogue. It is made once and used from many goroutines.
type Runner struct {
	checks []*Check
	masks  []mask
	after  []bool // of the module after the hire
}

// NewRunner prepares the catalogue; a check that reads an unknown field is an error.
func NewRunner(catalogue []*Check) (*Runner, error) {
	r := &Runner{checks: catalogue}
	for _, c := range catalogue {
		m, err := newMask(c.Reads)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", c.ID, err)
		}
		r.masks, r.after = append(r.masks, m), append(r.after, c.AfterHire())
	}
	return r, nil
}

// run asks every check that is in force; open says whether the module after the
// hire is.
func (r *Runner) run(s *record.Subject, l *lists.Set, open bool) Report {
	var rep Report
	day := s.Application.ReceivedAt.UTC()
	received, name := record.DateOf(day), s.Application.Name()
	view, in := new(record.Application), new(In)
	for i, c := range r.checks {
		if c.Since != "" && received < c.Since || c.Until != "" && received > c.Until || !open && r.after[i] {
			rep.NotInForce = append(rep.NotInForce, c.ID)
			continue
		}
		*in = In{App: r.masks[i].applyTo(view, s.Application), Links: r.masks[i].links(s.Links), Lists: l, Day: day, Asked: newest(day, s.Asked.UTC()), Record: name}
		if !open {
			in.App.Events, in.App.Departure = callsOnly(in.App.Events), nil
		}
		answer := answerOf(c, in)
		switch answer.Outcome {
		case record.Clear:
			rep.Clear = append(rep.Clear, c.ID)
		case record.NoData:
			rep.NoData = append(rep.NoData, c.ID)
		case record.NotApplicable:
			rep.NotApplicable = append(rep.NotApplicable, c.ID)
		default:
			rep.Findings = append(rep.Findings, answer.Findings...)
		}
		for _, u := range in.used {
			if !slices.Contains(rep.Lists, u) {
				rep.Lists = append(rep.Lists, u)
			}
		}
	}
	slices.SortFunc(rep.Lists, func(a, b record.ListUse) int {
		switch {
		case a.List < b.List:
			return -1
		case a.List > b.List:
			return 1
		}
		return 0
	})
	return rep
}

// answerOf runs one check alone: a panic in it is that check's failure and
// nobody else's. The runtime's words may hold a value, so they are not kept.
func answerOf(c *Check, in *In) (a Answer) {
	defer func() {
		if recover() != nil {
			a = Answer{Outcome: record.Failed, Findings: []record.Finding{{
				Check: c.ID, Version: c.Version, Outcome: record.Failed, Family: c.Family, Text: failedText,
			}}}
		}
	}()
	a = c.run(in)
	for i := range a.Findings {
		complete(c, in, &a.Findings[i])
	}
	return a
}

var failedText = record.Text{
	EN: "The check itself failed; this says nothing about the person.",
	DE: "Die Prüfung selbst ist fehlgeschlagen; das sagt nichts über die Person.",
	PT: "A própria verificação falhou; isso nada diz sobre a pessoa.",
}

// staleText says why a finding counts one class less. The list's name follows.
var staleText = record.Text{
	EN: "The list %s is out of date: one class less.",
	DE: "Die Liste %s ist veraltet: eine Stufe weniger.",
	PT: "A lista %s está desatualizada: uma classe a menos.",
}

func complete(c *Check, in *In, f *record.Finding) {
	f.Check, f.Version, f.Outcome = c.ID, c.Version, record.Hit
	f.Strength = max(min(f.Strength, c.Strength), record.Weak)
	if f.Family == "" {
		f.Family = c.Family
	}
	if f.Link == "" {
		f.Link = c.Link
	}
	if f.Innocent == nil {
		f.Innocent = c.FalsePositives
	}
	if f.Clears == nil {
		f.Clears = c.Clears
	}
	if f.Ask == (record.Text{}) {
		f.Ask = c.Ask
	}
	for _, u := range in.used {
		if u.Stale && slices.ContainsFunc(f.Evidence, func(e record.Evidence) bool { return e.List == u.List }) {
			f.Strength = f.Strength.Lower()
			f.Lowered = staleText.Say(u.List)
			break
		}
	}
}
