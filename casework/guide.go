package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// A guide is a playbook in use on a case. What was done is kept as events of
// the subject, sealed like everything of theirs and never changed: how far the
// case has come is what replaying them gives.
const guideSource = "playbook"

type guideEvent struct {
	Playbook string            `json:"playbook"`
	Version  int               `json:"version"`
	House    int64             `json:"house,omitempty"` // the tenant's own version; 0: the shipped one
	Step     string            `json:"step,omitempty"`  // empty: opened
	By       string            `json:"by"`
	Answers  map[string]string `json:"answers,omitempty"`
	LeftOut  string            `json:"left_out,omitempty"`
	N        int               `json:"n"` // how many came before, so that two at once conflict
}

// Guide is a playbook on a case as it stands.
type Guide struct {
	Playbook *Playbook
	Own      int64 // the tenant's version with which it began; 0: the shipped one
	Progress *Progress
	Steps    []StepView
}

// OpenGuide begins a playbook on a case. One that is sealed seals the case to
// whoever opens it; others are added by name.
func (d *Desk) OpenGuide(ctx context.Context, who record.Actor, caseID, playbook string) error {
	from, err := shippedPlaybook(playbook)
	if err != nil {
		return err
	}
	if from.Sealed {
		if err := d.Seal(ctx, who, caseID); err != nil {
			return err
		}
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "playbook.open")
		if err != nil {
			return err
		}
		if run, err := progress(t, &c, playbook); err != nil {
			return err
		} else if run.g != nil {
			return &record.Error{Code: record.CodeConflict, Where: "playbook", Message: "it is open on this case already"}
		}
		p, own, err := standing(t, playbook)
		if err != nil {
			return err
		}
		return d.keepGuide(t, &c, guideEvent{Playbook: p.ID, Version: p.Version, House: own, By: who.ID}, "playbook.open")
	})
}

// Guide reads how far a case has come; reading leaves an entry.
func (d *Desk) Guide(ctx context.Context, who record.Actor, caseID, playbook string) (Guide, error) {
	var out Guide
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "playbook.read")
		if err != nil {
			return err
		}
		run, err := progress(t, &c, playbook)
		if err != nil {
			return err
		}
		if run.g == nil {
			return &record.Error{Code: record.CodeNotFound, Where: "playbook", Message: "it was not opened on this case"}
		}
		t.Did("playbook.read", "case/"+c.ID, c.ID, "answers")
		out = Guide{run.p, run.own, run.g, run.p.View(run.g, t.Now())}
		return nil
	})
	return out, err
}

// FinishStep records a step as done, or left out with a reason.
func (d *Desk) FinishStep(ctx context.Context, who record.Actor, caseID, playbook, step string, answers map[string]string, leftOut string) error {
	for _, a := range answers {
		if len(a) > longestReasons {
			return record.Invalid("answers", "one is longer than 8,000 bytes")
		}
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "playbook.step")
		if err != nil {
			return err
		}
		run, err := progress(t, &c, playbook)
		if err != nil {
			return err
		}
		if run.g == nil {
			return &record.Error{Code: record.CodeNotFound, Where: "playbook", Message: "it was not opened on this case"}
		}
		if err := run.p.Finish(run.g, step, who.ID, answers, strings.TrimSpace(leftOut), t.Now()); err != nil {
			return err
		}
		return d.keepGuide(t, &c, guideEvent{Playbook: playbook, Version: run.p.Version, House: run.own, Step: step, By: who.ID, Answers: answers, LeftOut: leftOut, N: run.n}, "playbook.step")
	})
}

func (d *Desk) keepGuide(t *store.Tx, c *record.Case, e guideEvent, act string) error {
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	key := fmt.Sprintf("%s/%s/%d", c.ID, e.Playbook, e.N)
	_, again, err := t.SaveEvent(store.Event{Source: guideSource, Key: key, Subject: c.Subject, Kind: act, At: t.Now(), Body: b})
	if err != nil {
		return err
	}
	if again {
		return &record.Error{Code: record.CodeConflict, Where: "playbook", Message: "somebody else was faster; look again"}
	}
	t.Did(act, "case/"+c.ID, c.ID, "answers")
	return nil
}

// running is a guide on a case.
type running struct {
	p   *Playbook
	own int64     // the tenant's version with which it began; 0: the shipped one
	g   *Progress // nil where it was not opened
	n   int       // how many events there are
}

// progress replays the events, by the version with which the guide began.
func progress(t *store.Tx, c *record.Case, playbook string) (run running, err error) {
	if !slices.Contains(PlaybookIDs, playbook) {
		return run, noPlaybook
	}
	events, err := t.Events(c.Subject, 1000)
	if err != nil {
		return run, err
	}
	type step struct {
		x  guideEvent
		at time.Time
	}
	var steps []step
	for _, e := range events {
		if e.Source != guideSource || !strings.HasPrefix(e.Key, c.ID+"/"+playbook+"/") {
			continue
		}
		var x guideEvent
		if err := json.Unmarshal(e.Body, &x); err != nil {
			return run, &record.Error{Code: record.CodeInternal, Where: "playbook", Message: "a step cannot be read back"}
		}
		steps = append(steps, step{x, e.At})
	}
	// Two within one moment have the same time: their number orders them.
	slices.SortFunc(steps, func(a, b step) int { return a.x.N - b.x.N })
	for _, s := range steps {
		// What was allowed then stands, even if the playbook has changed since.
		if s.x.Step == "" {
			run.g, run.own = &Progress{Playbook: playbook, Version: s.x.Version, Tier: c.Tier, Opened: s.at}, s.x.House
		} else if run.g != nil {
			replay(run.g, &s.x, s.at)
		}
	}
	if run.n = len(steps); run.g != nil {
		run.p, err = playbookOf(t, playbook, run.own)
	}
	return run, err
}

func replay(g *Progress, x *guideEvent, at time.Time) {
	if g.Done == nil {
		g.Done = map[string]Done{}
	}
	if before, is := g.Done[x.Step]; is {
		before.Second = x.By
		g.Done[x.Step] = before
		return
	}
	g.Done[x.Step] = Done{At: at, By: x.By, Answers: x.Answers, LeftOut: x.LeftOut}
}
