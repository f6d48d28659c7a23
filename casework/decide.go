package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Proposal is a decision as one person puts it forward.
type Proposal struct {
	To       record.CaseState `json:"to"`
	Reasons  string           `json:"reasons"`            // in words the person concerned may read
	Findings []string         `json:"findings,omitempty"` // check ids the reasons rest on
	Seen     string           `json:"seen"`               // what the page showed: Shown's digest
	Appeals  string           `json:"appeals,omitempty"`  // id of the decision that is appealed
}

const (
	longestReasons = 8_000
	mostReasons    = 50 // findings named
)

// Shown is the digest of what a decision rests on: the state, the findings, the
// record's version, what was asked and answered. A decision binds to it, so
// that nobody signs something that has changed since it was read.
func (d *Desk) Shown(ctx context.Context, who record.Actor, caseID string) (string, error) {
	var digest string
	err := d.Store.View(ctx, who, func(t *store.Tx) (err error) {
		c, err := t.Case(caseID)
		if err == nil {
			digest, err = shown(t, &c)
		}
		return err
	})
	return digest, err
}

// shown reads only what stands unsealed: versions, states and times name the
// content exactly, because nothing is ever changed in place.
func shown(t *store.Tx, c *record.Case) (string, error) {
	s, err := t.Subject(c.Subject)
	if err != nil {
		return "", err
	}
	asked, err := t.RequestHeads(c.ID)
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(struct {
		Case, State         string
		Application, Result int64
		Asked               []string
	}{c.ID, string(c.State), s.Version, s.Result, asked}, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Propose puts a decision forward. Where one person is enough it takes effect
// at once; where two are needed it waits for another. Refused: a move the state
// machine does not know, an adverse one before the person was asked, a decision
// on a page that is no longer what it was.
func (d *Desk) Propose(ctx context.Context, who record.Actor, caseID string, p Proposal) (record.Decision, error) {
	if err := p.check(); err != nil {
		return record.Decision{}, err
	}
	var made record.Decision
	err := d.Store.Update(ctx, who, func(t *store.Tx) (err error) {
		made, err = d.propose(t, caseID, p)
		return err
	})
	return made, err
}

func (p *Proposal) check() error {
	p.Reasons = strings.TrimSpace(p.Reasons)
	switch {
	case len(p.Reasons) > longestReasons || len(p.Findings) > mostReasons:
		return record.Invalid("reasons", "longer than 8,000 bytes, or more than 50 findings named")
	case p.Reasons == "":
		return record.Invalid("reasons", "are required: the person concerned may read them")
	}
	return nil
}

func (d *Desk) propose(t *store.Tx, caseID string, p Proposal) (made record.Decision, err error) {
	c, err := staffCase(t, caseID, "decision.propose")
	if err != nil {
		return made, err
	}
	m, err := d.allowed(t, &c, p)
	if err != nil {
		return made, err
	}
	now, err := shown(t, &c)
	if err != nil {
		return made, err
	}
	if p.Seen != now {
		return made, &record.Error{Code: record.CodeConflict, Where: "case", Message: "it has changed since the page was read; look again before you decide"}
	}
	made, err = t.Propose(record.Decision{
		Case: c.ID, From: c.State, To: p.To, Reasons: p.Reasons, Findings: p.Findings, Seen: now, Proposer: t.Actor().ID, AppealsTo: p.Appeals,
	}, m.Two)
	if err != nil {
		return made, err
	}
	t.Did("decision.propose", "decision/"+made.ID, c.ID, "reasons")
	if m.Two {
		return made, nil
	}
	if made, err = t.Settle(made.ID, record.DecisionApproved, ""); err != nil {
		return made, err
	}
	return made, d.effect(t, &c, &made)
}

// staffCase reads a case for an act that staff only may do.
func staffCase(t *store.Tx, id, act string) (record.Case, error) {
	c, err := t.Case(id)
	if err != nil {
		return c, err
	}
	return c, staff(t, &c, act)
}

// staff lets in a signed-in reviewer or lead who is in the case's circle, where
// it has one. Keys and machines never decide.
func staff(t *store.Tx, c *record.Case, act string) error {
	who := t.Actor()
	if who.Kind == record.ActorPerson && who.Is(record.RoleReviewer, record.RoleLead) {
		return inCircle(t, c.ID)
	}
	return store.Refusal(record.Entry{Act: act, Object: "case/" + c.ID, Case: c.ID},
		&record.Error{Code: record.CodeRefused, Where: "case", Message: "only a signed-in reviewer or lead works on cases"})
}

// allowed is the move, if it may be made now.
func (d *Desk) allowed(t *store.Tx, c *record.Case, p Proposal) (record.Move, error) {
	m, ok := record.FindMove(c.State, p.To)
	if !ok || !m.Staff {
		return m, &record.Error{Code: record.CodeConflict, Where: "decision", Message: "a case that stands at “" + string(c.State) + "” does not go to “" + string(p.To) + "”"}
	}
	if m.Appeal && p.Appeals == "" {
		return m, record.Invalid("appeals", "this goes back on a decision: name it, so that others than its two people look")
	}
	if !m.Appeal && p.Appeals != "" {
		return m, record.Invalid("appeals", "this move appeals nothing")
	}
	if !m.Adverse {
		return m, nil
	}
	// Contest before consequence: no adverse outcome before the person was told
	// the concern and could answer.
	asked, err := t.Requests(c.ID)
	if err != nil {
		return m, err
	}
	if !heard(asked) {
		return m, &record.Error{Code: record.CodeConflict, Where: "decision", Message: "opens when the person has been asked, and has answered or let the time run out"}
	}
	return m, nil
}

func heard(asked []store.Request) bool {
	return slices.ContainsFunc(asked, func(r store.Request) bool {
		return r.State == RequestAnswered || r.State == RequestExpired || r.State == RequestRefused
	})
}

// Approve is the second person's signature under exactly what the first saw.
// A case that changed in between voids the decision.
func (d *Desk) Approve(ctx context.Context, who record.Actor, decisionID, seen string) (record.Decision, error) {
	var out record.Decision
	stale := false
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		stale = false
		x, c, err := waiting(t, decisionID, "decision.approve")
		if err != nil {
			return err
		}
		if x.Proposer == who.ID {
			return store.Refusal(record.Entry{Act: "decision.approve", Object: "decision/" + x.ID, Case: c.ID},
				&record.Error{Code: record.CodeRefused, Where: "decision", Message: "the second signature cannot be yours"})
		}
		now, err := shown(t, &c)
		if err != nil {
			return err
		}
		if now != x.Seen || c.State != x.From {
			stale = true
			out, err = t.Settle(x.ID, record.DecisionVoided, "")
			t.Did("decision.void", "decision/"+x.ID, c.ID)
			return err
		}
		if seen != now {
			return &record.Error{Code: record.CodeConflict, Where: "decision", Message: "your page is not what the first person signed; look again"}
		}
		if out, err = t.Settle(x.ID, record.DecisionApproved, who.ID); err != nil {
			return err
		}
		t.Did("decision.approve", "decision/"+x.ID, c.ID, "reasons")
		return d.effect(t, &c, &out)
	})
	if err == nil && stale {
		err = &record.Error{Code: record.CodeConflict, Where: "decision", Message: "the case changed after the first signature; the decision is void and has to be put forward again"}
	}
	return out, err
}

// Decline says no to a waiting decision; Withdraw takes one's own back.
func (d *Desk) Decline(ctx context.Context, who record.Actor, decisionID string) (record.Decision, error) {
	return d.settle(ctx, who, decisionID, "decision.decline", record.DecisionDeclined)
}

// Withdraw takes back a decision one has put forward oneself.
func (d *Desk) Withdraw(ctx context.Context, who record.Actor, decisionID string) (record.Decision, error) {
	return d.settle(ctx, who, decisionID, "decision.withdraw", record.DecisionWithdrawn)
}

func (d *Desk) settle(ctx context.Context, who record.Actor, decisionID, act string, to record.DecisionState) (record.Decision, error) {
	var out record.Decision
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		x, c, err := waiting(t, decisionID, act)
		if err != nil {
			return err
		}
		if mine := x.Proposer == who.ID; mine != (to == record.DecisionWithdrawn) {
			return &record.Error{Code: record.CodeRefused, Where: "decision", Message: "one withdraws one's own decision, and declines another's"}
		}
		approver := ""
		if to == record.DecisionDeclined {
			approver = who.ID
		}
		if out, err = t.Settle(x.ID, to, approver); err != nil {
			return err
		}
		t.Did(act, "decision/"+x.ID, c.ID)
		return nil
	})
	return out, err
}

func waiting(t *store.Tx, decisionID, act string) (x record.Decision, c record.Case, err error) {
	if x, err = t.Decision(decisionID); err != nil {
		return x, c, err
	}
	if c, err = t.Case(x.Case); err != nil {
		return x, c, err
	}
	if err = staff(t, &c, act); err == nil && x.State != record.DecisionProposed {
		err = &record.Error{Code: record.CodeConflict, Where: "decision", Message: "it no longer waits: " + string(x.State)}
	}
	return x, c, err
}

// effect moves the case, and tells those who listen that it did. The message
// holds ids and the new state, nothing of the person.
func (d *Desk) effect(t *store.Tx, c *record.Case, x *record.Decision) error {
	c.State, c.Assignee, c.ClaimUntil = x.To, "", time.Time{}
	if _, err := t.SaveCase(*c); err != nil {
		return err
	}
	t.Did("case.move", "case/"+c.ID, c.ID)
	if x.To == record.CaseMisrepresentation {
		if err := d.keepKeys(t, c); err != nil {
			return err
		}
	}
	return Tell(t, "case.changed", record.NoticeData{Case: c.ID})
}

// keepKeys keeps the blinded keys of a closed case, so that a return under
// another identity is seen after everything else is erased.
func (d *Desk) keepKeys(t *store.Tx, c *record.Case) error {
	held, err := t.LinkKeys(c.Subject)
	if err != nil || len(held) == 0 {
		return err
	}
	keys := make([]store.LinkKey, 0, len(held))
	for _, h := range held {
		if h.Kind == record.KindPhoto && h.Place&store.OfPart != 0 {
			continue // as little as will do: of a picture the whole
		}
		keys = append(keys, h.LinkKey)
	}
	all, err := keepings(t)
	if err != nil {
		return err
	}
	return t.KeepClosed(c.ID, keys, all[store.ClassClosedKeys].Days)
}
