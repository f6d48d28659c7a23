package checks

import (
	"slices"

	"bonafide/lists"
	"bonafide/record"
)

// What an employer's systems saw of somebody who works there is another matter
// than an application: the checks that look at it form a module that is locked
// until the policy opens it for a country and a tier. Locked, they are not in
// force, and no other check sees events or departures either.

// AfterHire reports whether a check belongs to that module: it has no stage
// before or beside the work, or it reads what the employer's systems saw.
func (c *Check) AfterHire() bool {
	employed, before := false, false
	for _, s := range c.Stage {
		switch s {
		case "employment", "offboarding":
			employed = true
		case "onboarding":
		default:
			before = true
		}
	}
	if !employed || before {
		return false
	}
	return !slices.Contains(c.Stage, "onboarding") || slices.ContainsFunc(c.Reads, func(path string) bool {
		return path == "computers" || path == "departure"
	})
}

// callsOnly are the calls to the careers site among events: they are made by
// applicants, not by people who work here.
func callsOnly(events []record.Event) (calls []record.Event) {
	for i := range events {
		if events[i].Kind == "api-call" {
			calls = append(calls, events[i])
		}
	}
	return calls
}

// Run asks every check about a subject, with the module after the hire locked.
// Same subject, same lists: same report.
func (r *Runner) Run(s *record.Subject, l *lists.Set) Report { return r.run(s, l, false) }

// RunOpen is Run where the policy has opened the module after the hire.
func (r *Runner) RunOpen(s *record.Subject, l *lists.Set) Report { return r.run(s, l, true) }
