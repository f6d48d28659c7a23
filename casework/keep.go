package casework

import (
	"context"

	"bonafide/policy"
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

// setClocks gives every case that waits for nobody its clock, by the rules in force
// or the country's profile. One that was opened again and finished again gets a new
// one, and so do all when the rules say other days; meanwhile the clock of what
// somebody works on stands still (store.DueClocks). Looking for them holds up no
// writer.
func (d *Desk) setClocks(ctx context.Context, clock record.Actor) error {
	for _, x := range []struct {
		class  store.Class
		states []record.CaseState
	}{{store.ClassApplication, finished}, {store.ClassRoutine, []record.CaseState{record.CaseRoutine}}} {
		for more := true; more; {
			var unset []store.Unset
			var basis string
			err := d.Store.View(ctx, clock, func(t *store.Tx) error {
				days, because, country, err := kept(t, x.class)
				if err != nil {
					return err
				}
				basis = because
				unset, err = t.UnsetClocks(x.states, x.class == store.ClassApplication && store.ProfileOf(country).Anchor == "receipt", days, keepPage)
				return err
			})
			if err != nil || len(unset) == 0 {
				if err != nil {
					return err
				}
				break
			}
			err = d.Store.Update(ctx, clock, func(t *store.Tx) error {
				for _, u := range unset {
					if _, err := t.Subject(u.Subject); err != nil {
						continue // erased meanwhile; what is wrong with the database says the next statement
					}
					if err := t.SetClock(u.Subject, store.ClassApplication, u.Due, basis); err != nil {
						return err
					}
					t.Did("clock.set", "subject/"+u.Subject, u.Case)
				}
				return nil
			})
			if err != nil {
				return err
			}
			more = len(unset) == keepPage
		}
	}
	return nil
}

// kept is for how many days this tenant keeps a class today, why, and in which country.
func kept(t *store.Tx, class store.Class) (days int, basis, country string, err error) {
	self, err := t.Self()
	if err != nil {
		return 0, "", "", err
	}
	rules, err := inForce(t)
	if err != nil {
		return 0, "", "", err
	}
	days, basis = keptFor(&rules.Terms, self.Country, class)
	return days, basis, self.Country, nil
}

// keptFor is for how many days a class is kept, and why: by the house's rules, or
// else by its country's profile.
func keptFor(rules *policy.Terms, country string, class store.Class) (days int, basis string) {
	if k, own := rules.Keep(string(class), country); own {
		return k.Days, k.Because
	}
	profile := store.ProfileOf(country)
	return profile.Days[class], profile.Basis[class]
}
