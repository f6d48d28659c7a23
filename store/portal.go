package store

import (
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// portalSource marks the events of a person's own page.
const portalSource = "portal"

// Step is one thing that was done on a person's own page, or came in for it. How
// and Report are for the people who review; the page shows that it arrived.
type Step struct {
	Step   string    `json:"step"` // contact.mail, identity, reference …
	How    string    `json:"how,omitempty"`
	Report any       `json:"report,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

const mostSteps = 400 // of one person: nobody needs as many, and the log stays readable

// AddStep keeps one.
func (t *Tx) AddStep(subject string, s Step) error {
	n, err := t.count("select count(*) from events where tenant = $1 and subject = $2 and substr(kind, 1, 5) = 'step.'", subject)
	if err != nil {
		return err
	}
	if n >= mostSteps {
		return &record.Error{Code: record.CodeRefused, Where: "step", Message: "too much was handed in here; ask a person"}
	}
	s.At = t.now
	b, err := json.Marshal(s, json.Deterministic(true))
	if err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "step", Message: "cannot be written"}
	}
	_, _, err = t.SaveEvent(Event{Source: portalSource, Key: subject + "/" + NewID(), Subject: subject, Kind: "step." + s.Step, At: t.now, Body: b})
	t.Did("portal.step", "subject/"+subject, "", s.Step)
	return err
}

// PortalSteps are those of a subject, oldest first, the last thousand at most.
func (t *Tx) PortalSteps(subject string) ([]Step, error) {
	events, err := t.Events(subject, 1000)
	if err != nil {
		return nil, err
	}
	var all []Step
	for _, e := range events {
		if e.Source != portalSource {
			continue
		}
		var s Step
		if err := json.Unmarshal(e.Body, &s); err != nil {
			return nil, &record.Error{Code: record.CodeInternal, Where: "step", Message: "cannot be read back"}
		}
		all = append(all, s)
	}
	return all, nil
}

// PurposeReferee is the purpose of the token under which a request to a referee
// waits for its reply.
const PurposeReferee = "referee"

// RefereeAsked is what such a token holds.
type RefereeAsked struct {
	Reference int    `json:"reference"` // which of the application's
	Address   string `json:"address"`
	Domain    string `json:"domain"` // the employer's own, found by us
	From      string `json:"from"`   // how it was found: directory, switchboard, reviewer
	Where     string `json:"where"`  // and where, in the finder's words
}
