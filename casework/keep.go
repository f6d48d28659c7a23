package casework

import (
	"context"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// How long what is no record is kept.
const (
	answersFor  = 30 * 24 * time.Hour // of requests with an idempotency key
	sessionsFor = 30 * 24 * time.Hour // that have ended
	keepPage    = 200                 // subjects of one transaction
)

// finished are the states from which the clock of a rejection runs. Whoever was
// cleared goes on into employment, whose records are not ours.
var finished = []record.CaseState{record.CaseNotVerified, record.CaseMisrepresentation, record.CaseWithdrawn}

// Keep does what time asks for, without anybody: clocks are set by the tenant's
// country, subjects whose clock has run out are erased unless a legal hold is on
// them, requests expire, old answers and sessions go, the audit gets a signed
// head. It may be called on every node and as often as one likes.
func (d *Desk) Keep(ctx context.Context, tenant string) (erased int, err error) {
	if _, err := d.ExpireRequests(ctx, tenant); err != nil {
		return 0, err
	}
	clock := record.Actor{Kind: record.ActorMachine, ID: "clock", Tenant: tenant}
	if err := d.setClocks(ctx, clock); err != nil {
		return 0, err
	}
	for more := true; more; {
		more = false
		err := d.Store.Update(ctx, clock, func(t *store.Tx) error {
			due, err := t.DueClocks(keepPage)
			if err != nil {
				return err
			}
			more = false
			for _, c := range due {
				if c.Class != store.ClassApplication {
					continue
				}
				if _, err := t.Erase(c.Subject, "retention", ""); err != nil {
					if record.CodeOf(err) == record.CodeNotFound {
						continue // another node was first
					}
					return err
				}
				t.Did("subject.erase", "subject/"+c.Subject, "")
				erased, more = erased+1, true
			}
			return nil
		})
		if err != nil {
			return erased, err
		}
	}
	if erased > 0 {
		if err := d.Store.Scrub(ctx); err != nil {
			return erased, err
		}
	}
	err = d.Store.Update(ctx, clock, func(t *store.Tx) error {
		answers, err := t.DropAnswers(t.Now().Add(-answersFor))
		if err != nil {
			return err
		}
		closed, err := t.DropClosed()
		if err != nil {
			return err
		}
		if answers+closed > 0 {
			t.Did("record.forget", "tenant/"+tenant, "")
		}
		return t.DropSessions(t.Now().Add(-sessionsFor))
	})
	if err != nil {
		return erased, err
	}
	_, err = d.Store.Checkpoint(ctx, tenant)
	return erased, err
}

// setClocks gives every finished case that has none its clock.
func (d *Desk) setClocks(ctx context.Context, clock record.Actor) error {
	for cursor, more := "", true; more; {
		err := d.Store.Update(ctx, clock, func(t *store.Tx) error {
			self, err := t.Self()
			if err != nil {
				return err
			}
			profile, known := store.Profiles[self.Country]
			if !known {
				profile = store.Profiles["EU"]
			}
			page, next, err := t.Cases(store.CaseFilter{States: finished, Cursor: cursor, Limit: keepPage})
			if err != nil {
				return err
			}
			for _, c := range page {
				running, err := t.Clocks(c.Subject)
				if err != nil {
					return err
				}
				if len(running) > 0 {
					continue
				}
				from := c.Changed
				if profile.Anchor == "receipt" {
					from = c.Opened
				}
				due := from.AddDate(0, 0, profile.Days[store.ClassApplication])
				if err := t.SetClock(c.Subject, store.ClassApplication, due, profile.Basis[store.ClassApplication]); err != nil {
					return err
				}
				t.Did("clock.set", "subject/"+c.Subject, c.ID)
			}
			cursor, more = next, next != ""
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
