package casework

import (
	"context"
	"slices"

	"bonafide/record"
	"bonafide/store"
)

const keepPage = 200 // cases of one transaction

// finished are the states from which the clock runs. That of somebody cleared runs
// too: what was looked at to hire is no record of employment.
var finished = []record.CaseState{record.CaseCleared, record.CaseNotVerified, record.CaseMisrepresentation, record.CaseWithdrawn}

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
		x, err := d.Store.Expire(ctx, tenant)
		if err != nil {
			return erased, err
		}
		erased, more = erased+x.Subjects, x.Waiting
	}
	_, err = d.Store.Checkpoint(ctx, tenant)
	return erased, err
}

// setClocks gives every finished case its clock, and one that was opened again and
// finished again a new one; meanwhile its clock stands still (store.DueClocks).
func (d *Desk) setClocks(ctx context.Context, clock record.Actor) error {
	for cursor, more := "", true; more; {
		err := d.Store.Update(ctx, clock, func(t *store.Tx) error {
			self, err := t.Self()
			if err != nil {
				return err
			}
			profile := store.ProfileOf(self.Country)
			page, next, err := t.Cases(store.CaseFilter{States: finished, Cursor: cursor, Limit: keepPage})
			if err != nil {
				return err
			}
			for _, c := range page {
				from := c.Changed
				if profile.Anchor == "receipt" {
					from = c.Opened
				}
				due := from.AddDate(0, 0, profile.Days[store.ClassApplication])
				running, err := t.Clocks(c.Subject)
				if err != nil {
					return err
				}
				if slices.ContainsFunc(running, func(r store.Clock) bool { return r.Class == store.ClassApplication && !r.Due.Before(due) }) {
					continue
				}
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
