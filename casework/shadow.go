package casework

import (
	"context"
	"slices"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// Would is a case that other rules would treat otherwise, and in what. What would
// stay as it is has the same on both sides, or nothing.
type Would struct {
	Case    string            `json:"case"`
	From    record.Assessment `json:"from"`
	To      record.Assessment `json:"to"`
	Because []string          `json:"because,omitempty"`

	TierFrom string   `json:"tier_from,omitempty"`
	TierTo   string   `json:"tier_to,omitempty"`
	More     []string `json:"more,omitempty"`  // steps that the person would be asked for too
	Fewer    []string `json:"fewer,omitempty"` // steps that would no longer be asked for
	// Days for which a case that waits for nobody is kept.
	DaysFrom int `json:"days_from"`
	DaysTo   int `json:"days_to"`
}

// Shadow is a trial of a version over the cases there are: nothing is changed.
type Shadow struct {
	Looked  int     `json:"looked"`  // cases
	Changed int     `json:"changed"` // of them
	Would   []Would `json:"would"`   // the changed ones, 500 at most

	Clocks []ClockMoves `json:"clocks"` // of what is kept for other days; publishing moves them
}

const (
	shadowMost  = 50_000 // cases looked at
	shadowShown = 500
)

// ShadowRules says which cases a version would treat otherwise than the rules in
// force do: what the machine proposes, which tier, which steps, how long kept.
func (d *Desk) ShadowRules(ctx context.Context, who record.Actor, version int64) (out Shadow, err error) {
	text, err := d.rulesText(ctx, who, version)
	if err != nil {
		return out, err
	}
	rules, err := policy.Read(text)
	if err != nil {
		return out, err
	}
	out.Would, out.Clocks = []Would{}, []ClockMoves{}
	cursor := ""
	for out.Looked < shadowMost {
		// A page at a time: a trial over many cases must not hold up the writer.
		var part Shadow
		err = d.Store.Update(ctx, who, func(t *store.Tx) error {
			part = Shadow{} // it may be run again
			now, err := inForce(t)
			if err != nil {
				return err
			}
			self, err := t.Self()
			if err != nil {
				return err
			}
			if cursor == "" {
				moves, err := clockMoves(t, self.Country, &now.Terms, &rules.Terms)
				if err != nil {
					return err
				}
				part.Clocks = moves
			}
			x := trial{now, rules, self.Country}
			page, next, err := t.Cases(store.CaseFilter{Cursor: cursor, Limit: 200})
			if err != nil {
				return err
			}
			for i := range page {
				w, looked, err := x.try(t, &page[i])
				if err != nil {
					return err
				}
				if looked {
					part.Looked++
				}
				// Who may not know that a case exists does not hear of it here either.
				if w == nil || inCircle(t, page[i].ID) != nil {
					continue
				}
				part.Would = append(part.Would, *w)
			}
			t.Did("policy.shadow", "policy/"+writeNumber(version), "", "findings")
			cursor = next
			return nil
		})
		if err != nil {
			return out, err
		}
		out.Clocks = append(out.Clocks, part.Clocks...)
		out.Looked, out.Changed = out.Looked+part.Looked, out.Changed+len(part.Would)
		out.Would = append(out.Would, part.Would[:min(len(part.Would), shadowShown-len(out.Would))]...)
		if cursor == "" {
			break
		}
	}
	return out, nil
}

// trial compares two rules on a case.
type trial struct {
	now, then *policy.Policy
	country   string // of the tenant
}

// try is what would change about a case; nil: nothing.
func (x *trial) try(t *store.Tx, c *record.Case) (w *Would, looked bool, err error) {
	res, err := t.Result(c.Subject)
	if err != nil {
		if record.CodeOf(err) == record.CodeNotFound {
			err = nil // before its first screening
		}
		return nil, false, err
	}
	w = &Would{Case: c.ID, From: res.Assessment, TierFrom: c.Tier, TierTo: c.Tier}
	w.To, w.Because = x.then.Assess(res.Findings, nil)
	if !slices.Equal(x.now.Roles, x.then.Roles) {
		a, err := t.Application(c.Subject)
		if err != nil {
			return nil, false, err
		}
		w.TierTo = x.then.TierOf(&a.Role)
	}
	changed := w.From != w.To || w.TierFrom != w.TierTo
	kept := store.Class("")
	switch {
	case slices.Contains(finished, c.State):
		kept = store.ClassApplication
	case c.State == record.CaseRoutine:
		kept = store.ClassRoutine
	}
	if kept != "" {
		w.DaysFrom, _ = keptFor(&x.now.Terms, x.country, kept)
		w.DaysTo, _ = keptFor(&x.then.Terms, x.country, kept)
		changed = changed || w.DaysFrom != w.DaysTo
	}
	if kept != store.ClassApplication {
		w.More, w.Fewer = stepsApart(StepsFor(&x.now.Terms, w.TierFrom, c.Stage), StepsFor(&x.then.Terms, w.TierTo, c.Stage))
		changed = changed || len(w.More)+len(w.Fewer) > 0
	}
	if !changed {
		return nil, true, nil
	}
	return w, true, nil
}

// stepsApart are the steps that only one of two asks for.
func stepsApart(from, to []AStep) (more, fewer []string) {
	asks := func(all []AStep, id string) bool {
		return slices.ContainsFunc(all, func(s AStep) bool { return s.ID == id && !s.Free })
	}
	for _, s := range Steps {
		switch was, is := asks(from, s.ID), asks(to, s.ID); {
		case is && !was:
			more = append(more, s.ID)
		case was && !is:
			fewer = append(fewer, s.ID)
		}
	}
	return more, fewer
}
