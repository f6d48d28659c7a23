package casework

import (
	"embed"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// A Playbook is a guided way through a hard situation: steps with an owner, a
// clock, what has to be shown before a step counts as done, and what it opens.
// It is data, versioned, and a tenant may keep its own copy. No step of any
// playbook pays anybody, answers an extortionist, or decides about a person.
type Playbook struct {
	ID      string      `yaml:"id" json:"id"`
	Version int         `yaml:"version" json:"version"`
	Title   record.Text `yaml:"title" json:"title"`
	Opening record.Text `yaml:"opening" json:"opening"` // what it is for and what it is not
	// Sealed: only the people on the case's own list may see that it exists,
	// and what is sent about it carries no words of the case.
	Sealed bool   `yaml:"sealed" json:"sealed,omitempty"`
	Steps  []Step `yaml:"steps" json:"steps"`
}

// Step is one thing to do.
type Step struct {
	ID    string      `yaml:"id" json:"id"`
	Title record.Text `yaml:"title" json:"title"`
	Text  record.Text `yaml:"text" json:"text"`
	// Owner is who does it: hr, security, it, legal, finance, lead, dpo, comms.
	Owner string `yaml:"owner" json:"owner"`
	// Tiers for which it is asked; empty means all.
	Tiers []string `yaml:"tiers" json:"tiers,omitempty"`
	// Within is the time after the playbook was opened, or after the step named
	// by From was done: "4h", "72h", "30d". Law names the duty it comes from.
	Within string `yaml:"within" json:"within,omitempty"`
	From   string `yaml:"from" json:"from,omitempty"`
	Law    string `yaml:"law" json:"law,omitempty"`
	// After are the steps that must be done first.
	After []string `yaml:"after" json:"after,omitempty"`
	// Asks is the evidence to be attached or recorded before it counts as done.
	Asks []Ask `yaml:"asks" json:"asks,omitempty"`
	// Two different people must confirm it.
	Two bool `yaml:"two" json:"two,omitempty"`
	// Runs are checks of the catalogue that help with this step.
	Runs []string `yaml:"runs" json:"runs,omitempty"`
	// Why it is done, and on whose word: a key into docs/sources.tsv, or "own".
	Source string `yaml:"source" json:"source"`
}

// Ask is one thing to be recorded for a step.
type Ask struct {
	Key  string      `yaml:"key" json:"key"`
	Kind string      `yaml:"kind" json:"kind"` // text, date, choice, file, person, confirm
	Text record.Text `yaml:"text" json:"text"`
}

//go:embed playbooks/*.yaml
var shipped embed.FS

// Owners of steps, in the order in which they are shown.
var Owners = []string{"lead", "security", "hr", "legal", "dpo", "it", "finance", "comms"}

var askKinds = []string{"text", "date", "choice", "file", "person", "confirm"}

// Progress is how far a case has come in a playbook.
type Progress struct {
	Playbook string          `json:"playbook"`
	Version  int             `json:"version"`
	Tier     string          `json:"tier,omitempty"`
	Opened   time.Time       `json:"opened"`
	Done     map[string]Done `json:"done"`
}

// Done is a step that was done, or left out with a reason.
type Done struct {
	At      time.Time         `json:"at"`
	By      string            `json:"by"`
	Second  string            `json:"second,omitempty"` // who confirmed, where two are asked
	Answers map[string]string `json:"answers,omitempty"`
	LeftOut string            `json:"left_out,omitempty"` // the reason; the step was not done
}

func (d Done) confirmed(s *Step) bool { return !s.Two || d.Second != "" || d.LeftOut != "" }

// StepView is a step as it stands now.
type StepView struct {
	*Step
	Open    bool      // may be done now
	Done    *Done     // what was recorded, also while a second person is awaited
	Whole   bool      // done, and confirmed by a second person where two are asked
	Due     time.Time // zero where no clock runs
	Late    bool
	Waiting []string // ids of the steps it waits for
}

// View is every step of the tier as it stands at a time, in order.
func (p *Playbook) View(g *Progress, now time.Time) []StepView {
	var all []StepView
	asked := map[string]*Step{}
	for i := range p.Steps {
		s := &p.Steps[i]
		if len(s.Tiers) > 0 && !slices.Contains(s.Tiers, g.Tier) {
			continue
		}
		asked[s.ID] = s
		v := StepView{Step: s}
		if d, ok := g.Done[s.ID]; ok {
			v.Done, v.Whole = &d, d.confirmed(s)
		}
		for _, a := range s.After {
			// A step that is not asked in this tier holds nothing up.
			if before, is := asked[a]; is {
				if d, ok := g.Done[a]; !ok || !d.confirmed(before) {
					v.Waiting = append(v.Waiting, a)
				}
			}
		}
		v.Open = v.Done == nil && len(v.Waiting) == 0
		if d, _ := within(s.Within); d > 0 {
			start := g.Opened
			if from, ok := g.Done[s.From]; s.From != "" {
				start = from.At
				if !ok {
					start = time.Time{}
				}
			}
			if !start.IsZero() {
				v.Due = start.Add(d)
				v.Late = v.Done == nil && now.After(v.Due)
			}
		}
		all = append(all, v)
	}
	return all
}

// Finish records a step. It refuses a step that is not open, missing answers,
// and a second signature by the first person.
func (p *Playbook) Finish(g *Progress, step, by string, answers map[string]string, leftOut string, now time.Time) error {
	for _, v := range p.View(g, now) {
		if v.ID != step {
			continue
		}
		if v.Done != nil {
			switch {
			case v.Whole:
				return &record.Error{Code: record.CodeConflict, Message: "this step is done already"}
			case v.Done.By == by:
				return &record.Error{Code: record.CodeRefused, Message: "a second person confirms this step; you were the first"}
			}
			d := *v.Done
			d.Second = by
			g.Done[step] = d
			return nil
		}
		if !v.Open {
			return &record.Error{Code: record.CodeConflict, Message: "this step waits for others: " + strings.Join(v.Waiting, ", ")}
		}
		if leftOut == "" {
			for _, a := range v.Asks {
				if strings.TrimSpace(answers[a.Key]) == "" {
					return record.Invalid(a.Key, "is asked for before this step counts as done; or leave it out with a reason")
				}
			}
		}
		for k := range answers {
			if !slices.ContainsFunc(v.Asks, func(a Ask) bool { return a.Key == k }) {
				return record.Invalid("answers", "this step does not ask for one of these")
			}
		}
		if g.Done == nil {
			g.Done = map[string]Done{}
		}
		g.Done[step] = Done{At: now, By: by, Answers: answers, LeftOut: leftOut}
		return nil
	}
	return &record.Error{Code: record.CodeNotFound, Message: "no such step in this playbook for this tier"}
}
