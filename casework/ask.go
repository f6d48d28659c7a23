package casework

import (
	"context"
	"strings"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// The states of something asked of the candidate.
const (
	RequestSent      = "sent"
	RequestAnswered  = "answered"
	RequestRefused   = "refused"
	RequestExpired   = "expired"
	RequestWithdrawn = "withdrawn"
)

// Asking is what a reviewer asks of the candidate: in neutral words, with a day
// by which to answer and another way to do it.
type Asking struct {
	Check string    `json:"check"` // the finding it would clear; "own" for a question of the reviewer's
	Text  string    `json:"text"`  // as the candidate reads it
	Other string    `json:"other"` // the alternative that is offered
	Due   time.Time `json:"due"`   // zero: as long as the rules give
}

const (
	longestAsk = 4_000
	soonest    = 24 * time.Hour // nobody is asked to answer within the day
	latest     = 90 * 24 * time.Hour
)

// Ask writes a request to the candidate and the message that tells them that
// something waits in their portal; the message says no more than that. A case
// that was routine or in review goes to verify-more.
func (d *Desk) Ask(ctx context.Context, who record.Actor, caseID string, all []Asking) ([]store.Request, error) {
	if len(all) == 0 || len(all) > 20 {
		return nil, record.Invalid("requests", "one to twenty at a time")
	}
	var made []store.Request
	err := d.Store.Update(ctx, who, func(t *store.Tx) (err error) {
		made, err = ask(t, caseID, all)
		return err
	})
	return made, err
}

func ask(t *store.Tx, caseID string, all []Asking) (made []store.Request, err error) {
	c, err := staffCase(t, caseID, "request.send")
	if err != nil {
		return nil, err
	}
	switch c.State {
	case record.CaseRoutine, record.CaseVerifyMore, record.CaseReview:
	default:
		return nil, &record.Error{Code: record.CodeConflict, Where: "case", Message: "it is closed; an appeal or a new application opens it again"}
	}
	rules, err := inForce(t)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.Due.IsZero() {
			a.Due = t.Now().AddDate(0, 0, rules.Answer)
		}
		switch wait := a.Due.Sub(t.Now()); {
		case strings.TrimSpace(a.Text) == "" || len(a.Text) > longestAsk || len(a.Other) > longestAsk:
			return nil, record.Invalid("text", "is required, 4,000 bytes at most")
		case strings.TrimSpace(a.Other) == "":
			return nil, record.Invalid("other", "another way to do it is always offered")
		case wait < soonest || wait > latest:
			return nil, record.Invalid("due", "lies between one day and ninety days from now")
		}
		r, err := t.AddRequest(store.Request{Case: c.ID, Kind: a.Check, Due: a.Due, Ask: a.Text + "\n\n" + a.Other})
		if err != nil {
			return nil, err
		}
		made = append(made, r)
		t.Did("request.send", "request/"+r.ID, c.ID, "ask")
	}
	if c.State == record.CaseRoutine {
		c.State = record.CaseVerifyMore
		if _, err := t.SaveCase(c); err != nil {
			return nil, err
		}
		t.Did("case.move", "case/"+c.ID, c.ID)
	}
	return made, Tell(t, "case.changed", record.NoticeData{Case: c.ID})
}

// Answer is the candidate's: once, in their own words. refused says that they
// would rather not, which is recorded and judged by nobody but a person.
func (d *Desk) Answer(ctx context.Context, who record.Actor, requestID, text string, refused bool) error {
	if len(text) > longestReasons {
		return record.Invalid("text", "longer than 8,000 bytes")
	}
	state := RequestAnswered
	if refused {
		state = RequestRefused
	}
	return d.settleRequest(ctx, who, requestID, state, text, "request.answer")
}

// WithdrawRequest takes back what was asked.
func (d *Desk) WithdrawRequest(ctx context.Context, who record.Actor, requestID string) error {
	return d.settleRequest(ctx, who, requestID, RequestWithdrawn, "", "request.withdraw")
}

func (d *Desk) settleRequest(ctx context.Context, who record.Actor, requestID, state, text, act string) error {
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		r, err := t.Request(requestID)
		if err != nil {
			return err
		}
		c, err := t.Case(r.Case)
		if err != nil {
			return err
		}
		if who.Kind == record.ActorCandidate {
			if who.ID != c.Subject {
				return &record.Error{Code: record.CodeNotFound, Where: "request", Message: "there is none under this id"}
			}
		} else if err := staff(t, &c, act); err != nil {
			return err
		}
		if _, err := t.SettleRequest(requestID, state, text); err != nil {
			return err
		}
		t.Did(act, "request/"+requestID, c.ID, "reply")
		if state != RequestAnswered && state != RequestRefused {
			return nil
		}
		return Tell(t, "case.changed", record.NoticeData{Case: c.ID})
	})
}

// ExpireRequests ends what nobody answered in time; a job calls it.
func (d *Desk) ExpireRequests(ctx context.Context, tenant string) (int, error) {
	n := 0
	err := d.Store.Update(ctx, record.Machine(tenant), func(t *store.Tx) error {
		n = 0
		due, err := t.DueRequests(200)
		if err != nil {
			return err
		}
		for _, id := range due {
			r, err := t.SettleRequest(id, RequestExpired, "")
			if err != nil {
				return err
			}
			t.Did("request.expire", "request/"+id, r.Case)
			n++
		}
		return nil
	})
	return n, err
}
