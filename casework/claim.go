package casework

import (
	"context"
	"strings"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// ClaimFor is how long a case stays in one person's hands without a touch.
const ClaimFor = time.Hour

// Claim takes a case into one's hands for an hour; again prolongs it. Taking it
// from somebody whose hour still runs needs a reason, which becomes a note.
func (d *Desk) Claim(ctx context.Context, who record.Actor, caseID, takeOver string) (record.Case, error) {
	var c record.Case
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		var err error
		if c, err = staffCase(t, caseID, "case.claim"); err != nil {
			return err
		}
		if takeOver = strings.TrimSpace(takeOver); takeOver != "" && c.Assignee != "" && c.Assignee != who.ID {
			if _, err := t.AddNote(caseID, takeOver); err != nil {
				return err
			}
			if _, err := t.ReleaseCase(caseID, c.Assignee); err != nil {
				return err
			}
			t.Did("case.takeover", "case/"+caseID, caseID)
		}
		if c, err = t.ClaimCase(caseID, who.ID, t.Now().Add(ClaimFor)); err != nil {
			return err
		}
		t.Did("case.claim", "case/"+caseID, caseID)
		return nil
	})
	return c, err
}

// Release puts a case back.
func (d *Desk) Release(ctx context.Context, who record.Actor, caseID string) (record.Case, error) {
	var c record.Case
	err := d.Store.Update(ctx, who, func(t *store.Tx) (err error) {
		if c, err = t.ReleaseCase(caseID, who.ID); err == nil {
			t.Did("case.release", "case/"+caseID, caseID)
		}
		return err
	})
	return c, err
}

// Assign gives a case to somebody; a lead does that.
func (d *Desk) Assign(ctx context.Context, who record.Actor, caseID, to string, version int64) (record.Case, error) {
	var c record.Case
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		var err error
		if c, err = staffCase(t, caseID, "case.assign"); err != nil {
			return err
		}
		if !who.Is(record.RoleLead) {
			return &record.Error{Code: record.CodeRefused, Where: "case", Message: "a lead assigns; you can claim it"}
		}
		if _, err := t.User(to); to != "" && err != nil {
			return err
		}
		c.Assignee, c.ClaimUntil, c.Version = to, t.Now().Add(24*time.Hour), version
		if c, err = t.SaveCase(c); err == nil {
			t.Did("case.assign", "case/"+caseID, caseID)
		}
		return err
	})
	return c, err
}
