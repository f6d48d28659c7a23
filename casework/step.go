package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// The steps of a person's own page. Which there are depends on the tier of the
// role and the stage of the hiring and on nothing else: everybody in a role sees
// the same. Whether something was handed in is shown; what came of it is not.

// AStep is one step of the table. Which tier asks for it, the rules say.
type AStep struct {
	ID      string
	Minutes int
	Late    bool // only from a conditional offer on: what identifies is not asked for earlier
	Free    bool // nobody has to: shown, not counted
}

// The steps, in the order in which they are shown.
const (
	StepMail      = policy.StepMail
	StepPhone     = policy.StepPhone
	StepCode      = policy.StepCode
	StepReference = policy.StepReference
	StepIdentity  = policy.StepIdentity
	StepPayee     = policy.StepPayee
	StepDelivery  = policy.StepDelivery
)

var beforeHim = []string{"sourcing", "application", "interview", "reference"} // stages before an offer

// Steps is the table.
var Steps = []AStep{
	{ID: StepMail, Minutes: 1},
	{ID: StepPhone, Minutes: 1},
	{ID: StepCode, Minutes: 2},
	{ID: StepReference, Minutes: 2},
	{ID: StepIdentity, Minutes: 3, Late: true},
	{ID: StepPayee, Minutes: 1, Late: true},
	{ID: StepDelivery, Minutes: 1, Late: true},
}

// StepsFor are those of a tier, by the rules in force, and a stage. An unknown
// stage is after the offer: the page is then opened by hand.
func StepsFor(rules *policy.Terms, tier, stage string) (all []AStep) {
	t := rules.Tier(tier)
	for _, s := range Steps {
		s.Free = slices.Contains(t.Offers, s.ID)
		if (s.Free || slices.Contains(t.Asks, s.ID)) && !(s.Late && slices.Contains(beforeHim, stage)) {
			all = append(all, s)
		}
	}
	return all
}

// PortalStep is a step as it stands.
type PortalStep struct {
	AStep
	Done time.Time // zero: not yet
}

// Portal is everything that a person's own page shows.
type Portal struct {
	Tier      string
	Role      string
	Status    string // one of the four words
	Since     time.Time
	Steps     []PortalStep
	Left      int // steps that are asked and not done
	Requests  []store.Request
	Closed    bool
	Withdrawn bool
	Paused    bool
	Told      string // reasons of a decision against the person, as they were written
	Mail      bool   // an address is there to send a code to
	Phone     bool
}

// release is when what people decided is shown next: at six and at eighteen
// o'clock UTC, to everybody at once, so that no moment tells what caused it.
func release(now time.Time) time.Time {
	return now.UTC().Add(-6 * time.Hour).Truncate(12 * time.Hour).Add(6 * time.Hour)
}

// Portal reads a person's own page.
func (d *Desk) Portal(ctx context.Context, who record.Actor) (p Portal, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		p, err = portal(t)
		t.Did("portal.read", "subject/"+who.ID, "", "status")
		return err
	})
	return p, err
}

func portal(t *store.Tx) (p Portal, err error) {
	who := t.Actor()
	if who.Kind != record.ActorCandidate {
		return p, notThere
	}
	s, err := t.Subject(who.ID)
	if err != nil {
		return p, err
	}
	a, err := t.Application(who.ID)
	if err != nil {
		return p, err
	}
	c, err := t.CaseOf(who.ID)
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return p, err
	}
	shown := release(t.Now())
	stage := ""
	if n := len(a.Stage); n > 0 {
		stage = a.Stage[n-1].Name
	}
	rules, err := inForce(t)
	if err != nil {
		return p, err
	}
	p = Portal{Tier: rules.TierOf(&a.Role), Role: a.Role.Title, Mail: len(a.Emails) > 0, Phone: len(a.Phones) > 0}
	log, err := t.PortalSteps(who.ID)
	if err != nil {
		return p, err
	}
	done := map[string]time.Time{}
	for _, l := range log {
		switch l.Step {
		case "pause":
			p.Paused = true
		case "resume":
			p.Paused = false
		}
		done[l.Step] = l.At
	}
	for _, step := range StepsFor(&rules.Terms, p.Tier, stage) {
		x := PortalStep{AStep: step, Done: done[step.ID]}
		if x.Done.IsZero() && !step.Free {
			p.Left++
		}
		p.Steps = append(p.Steps, x)
	}
	if c.ID != "" {
		all, err := t.Requests(c.ID)
		if err != nil {
			return p, err
		}
		for _, r := range all {
			if r.State == RequestSent && !r.Sent.After(shown) {
				p.Requests = append(p.Requests, r)
			}
		}
		if err := closed(t, &c, shown, &p); err != nil {
			return p, err
		}
	}
	switch {
	case p.Closed:
		p.Status = StatusFinished
	case p.Left > 0 || len(p.Requests) > 0:
		p.Status, p.Since = StatusMore, s.Created
	case !s.Created.After(shown):
		p.Status, p.Since = StatusReview, s.Created
	default:
		p.Status, p.Since = StatusReceived, s.Created
	}
	return p, nil
}

// closed says whether a case is over for the person's page, and what they are
// told: the very words of the decision, where it is against them.
func closed(t *store.Tx, c *record.Case, shown time.Time, p *Portal) error {
	if c.State == record.CaseWithdrawn {
		p.Closed, p.Withdrawn, p.Since = true, true, c.Changed
		return nil
	}
	if c.State != record.CaseCleared && c.State != record.CaseNotVerified && c.State != record.CaseMisrepresentation {
		return nil
	}
	all, err := t.Decisions(c.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.State != record.DecisionApproved || x.Decided.After(shown) {
			continue
		}
		p.Closed, p.Since, p.Told = true, x.Decided, ""
		if m, ok := record.FindMove(x.From, x.To); ok && m.Adverse {
			p.Told = x.Reasons
		}
	}
	return nil
}

const (
	mostWords = 4_000
	// What a person may tell the people: each becomes a task on their case.
	WordHelp     = "help"
	WordContest  = "contest"
	WordCorrect  = "correct"
	WordTime     = "time"
	WordOtherWay = "other-way"
)

var wordTasks = map[string]string{
	WordHelp:     "The person asks to speak with somebody. Their words: ",
	WordContest:  "The person contests a decision. Somebody who has not decided before looks again, within ten days. Their words: ",
	WordCorrect:  "The person says that something we hold is wrong. Their words: ",
	WordTime:     "The person asks for more time. Move the days of what was asked. Their words: ",
	WordOtherWay: "The person asks for another way to do a step. Offer one within two days. Their words: ",
}

// Word is something a person says on their own page; it becomes a task.
func (d *Desk) Word(ctx context.Context, who record.Actor, kind, step, text string) error {
	text = strings.TrimSpace(text)
	lead, known := wordTasks[kind]
	if !known || len(text) > mostWords || len(step) > 40 {
		return record.Invalid("text", "is 4,000 bytes at most")
	}
	return d.own(ctx, who, "portal.word", func(t *store.Tx, c *record.Case) error {
		if err := t.AddStep(who.ID, store.Step{Step: "word." + kind, How: step}); err != nil {
			return err
		}
		if step != "" {
			lead += "(" + step + ") "
		}
		return ownTask(t, c, lead+text)
	})
}

// Pause stops the clock for a person; Resume goes on. People move the days.
func (d *Desk) Pause(ctx context.Context, who record.Actor, on bool) error {
	step, text := "pause", "The person has paused. Move the days of what was asked; nothing else changes."
	if !on {
		step, text = "resume", "The person goes on."
	}
	return d.own(ctx, who, "portal."+step, func(t *store.Tx, c *record.Case) error {
		if err := t.AddStep(who.ID, store.Step{Step: step}); err != nil {
			return err
		}
		return ownTask(t, c, text)
	})
}

// WithdrawApplication ends a person's application at their own word, and Return
// opens it again.
func (d *Desk) WithdrawApplication(ctx context.Context, who record.Actor) error {
	return d.candidateMove(ctx, who, record.CaseWithdrawn)
}

// ReturnApplication takes a withdrawal back.
func (d *Desk) ReturnApplication(ctx context.Context, who record.Actor) error {
	return d.candidateMove(ctx, who, record.CaseVerifyMore)
}

func (d *Desk) candidateMove(ctx context.Context, who record.Actor, to record.CaseState) error {
	return d.own(ctx, who, "case.move", func(t *store.Tx, c *record.Case) error {
		if c.ID == "" {
			return &record.Error{Code: record.CodeConflict, Where: "case", Message: "it is not opened yet; try again in a moment"}
		}
		m, ok := record.FindMove(c.State, to)
		if !ok || !m.Candidate {
			return &record.Error{Code: record.CodeConflict, Where: "case", Message: "it does not stand where this can be done"}
		}
		c.State = to
		saved, err := t.SaveCase(*c)
		if err != nil {
			return err
		}
		*c = saved
		return t.AddStep(who.ID, store.Step{Step: "move", How: string(to)})
	})
}

// DidStep notes that a step was done.
func (d *Desk) DidStep(ctx context.Context, who record.Actor, step, how string) error {
	return d.own(ctx, who, "portal.did", func(t *store.Tx, c *record.Case) error {
		return t.AddStep(who.ID, store.Step{Step: step, How: how})
	})
}

// own is a transaction of a person about their own record. The case is empty
// before the first screening.
func (d *Desk) own(ctx context.Context, who record.Actor, act string, f func(*store.Tx, *record.Case) error) error {
	if who.Kind != record.ActorCandidate {
		return notThere
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := t.Subject(who.ID); err != nil {
			return err
		}
		c, err := t.CaseOf(who.ID)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if err != nil {
			c = record.Case{}
		}
		t.Did(act, "subject/"+who.ID, c.ID)
		if err := f(t, &c); err != nil || c.ID == "" {
			return err
		}
		return Tell(t, "case.changed", record.NoticeData{Case: c.ID})
	})
}

func ownTask(t *store.Tx, c *record.Case, text string) error {
	if c.ID == "" {
		return nil // the log of the person's page keeps it
	}
	k, err := t.AddTask(store.Task{Case: c.ID, Kind: "own", Text: text})
	if err == nil {
		t.Did("task.add", "task/"+k.ID, c.ID)
	}
	return err
}

// OwnApplication is what we hold of a person, for their own eyes.
func (d *Desk) OwnApplication(ctx context.Context, who record.Actor) (a *record.Application, err error) {
	if who.Kind != record.ActorCandidate {
		return nil, notThere
	}
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		a, err = t.Application(who.ID)
		t.Did("portal.see", "subject/"+who.ID, "", "application")
		return err
	})
	return a, err
}

// Given is the application of a case for those who work on it; reading it leaves
// an entry.
func (d *Desk) Given(ctx context.Context, who record.Actor, caseID string) (a *record.Application, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "proof.read")
		if err != nil {
			return err
		}
		a, err = t.Application(c.Subject)
		t.Did("proof.read", "case/"+c.ID, c.ID, "application")
		return err
	})
	return a, err
}
