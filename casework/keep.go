package casework

import (
	"context"
	"strconv"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

const (
	keepPage  = 200 // clocks of one transaction
	keepPages = 100 // transactions of one part and class
)

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
	for more := true; more; {
		if more, err = d.setClocks(ctx, clock, keepPages); err != nil {
			return 0, err
		}
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
// one, and so does everything that is kept when the rules say other days; meanwhile
// the clock of what somebody works on stands still (store.DueClocks), and a legal
// hold lets nothing be shortened while it lasts. Looking for them holds up no
// writer. Of each class it does so many pages, and says whether there is more.
func (d *Desk) setClocks(ctx context.Context, clock record.Actor, pages int) (more bool, err error) {
	for _, class := range keptClasses {
		for page := 0; ; page++ {
			if page == pages {
				return true, nil
			}
			n, moved, err := d.setSome(ctx, clock, class)
			if err != nil {
				return false, err
			}
			if n < keepPage || moved == 0 { // the rest is held by who was faster
				break
			}
		}
	}
	return false, nil
}

// setSome does one page of a class: n are not as they should be, moved are now.
func (d *Desk) setSome(ctx context.Context, clock record.Actor, class store.Class) (n, moved int, err error) {
	var unset []store.Unset
	var k keeping
	err = d.Store.View(ctx, clock, func(t *store.Tx) error {
		all, err := keepings(t)
		if err != nil {
			return err
		}
		k = all[class]
		unset, err = t.UnsetClocks(k.Keeping, keepPage)
		return err
	})
	if err != nil || len(unset) == 0 {
		return 0, 0, err
	}
	err = d.Store.Update(ctx, clock, func(t *store.Tx) error {
		moved = 0
		for _, u := range unset {
			did, err := k.set(t, u)
			if err != nil {
				return err
			}
			if did {
				moved++
			}
		}
		return nil
	})
	return len(unset), moved, err
}

// keeping is a store.Keeping and why it is so.
type keeping struct {
	store.Keeping
	basis string
}

// set sets one clock, with its entry.
func (k *keeping) set(t *store.Tx, u store.Unset) (did bool, err error) {
	object, class := "subject/"+u.Subject, k.Class
	switch class {
	case store.ClassClosedKeys:
		object = "case/" + u.Case
		did, err = t.MoveClosed(u.Case, u.Began, k.Days)
	default:
		if _, err := t.Subject(u.Subject); err != nil {
			return false, nil // erased meanwhile; what is wrong with the database says the next statement
		}
		if class == store.ClassRoutine {
			class = store.ClassApplication // one clock, whichever way the case stands
		}
		did, err = t.MoveClock(u.Subject, class, u.Began, k.Days, k.basis)
	}
	if did {
		t.Did("clock.set", object, u.Case)
	}
	return did, err
}

var keptClasses = [...]store.Class{store.ClassApplication, store.ClassRoutine, store.ClassDocument, store.ClassClosedKeys}

// keepings are for how long this tenant keeps each class today.
func keepings(t *store.Tx) (map[store.Class]keeping, error) {
	self, err := t.Self()
	if err != nil {
		return nil, err
	}
	rules, err := inForce(t)
	if err != nil {
		return nil, err
	}
	return keepingsOf(&rules.Terms, self.Country), nil
}

// keepingsOf are for how long each class is kept under some rules.
func keepingsOf(rules *policy.Terms, country string) map[store.Class]keeping {
	all := map[store.Class]keeping{}
	for _, class := range keptClasses {
		days, basis := keptFor(rules, country, class)
		k := keeping{store.Keeping{Class: class, Days: days}, basis}
		switch class {
		case store.ClassApplication:
			k.States, k.Receipt = finished, store.ProfileOf(country).Anchor == "receipt"
		case store.ClassRoutine:
			k.States = []record.CaseState{record.CaseRoutine}
		}
		all[class] = k
	}
	return all
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

// ClocksJob moves what runs to the days of rules that were put in force. What it
// leaves, such as what is held, Keep finds when its time has come.
const ClocksJob = "clocks"

// MoveClocks does a part of a job of kind ClocksJob, and leaves the rest to another.
func (d *Desk) MoveClocks(ctx context.Context, j store.Job) error {
	return d.moveClocks(ctx, j, keepPages)
}

func (d *Desk) moveClocks(ctx context.Context, j store.Job, pages int) error {
	part, err := strconv.Atoi(string(j.Args))
	if err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "clocks", Message: "their job cannot be read"}
	}
	clock := record.Actor{Kind: record.ActorMachine, ID: "clock", Tenant: j.Tenant}
	more, err := d.setClocks(ctx, clock, pages)
	if err != nil {
		return err
	}
	return d.Store.Update(ctx, clock, func(t *store.Tx) error {
		if more {
			t.Did("clocks.follow", "job/"+j.ID, "")
			if err := followClocks(t, part+1); err != nil {
				return err
			}
		}
		return t.FinishJob(j, int64(part))
	})
}

func followClocks(t *store.Tx, part int) error {
	p, err := t.ActivePolicy()
	if err != nil {
		return err
	}
	args := strconv.Itoa(part)
	return t.Enqueue(store.Job{Kind: ClocksJob, Args: []byte(args), Dedupe: p.Digest + " " + args, Priority: 6})
}

// ClockMoves is what other rules would do to the clocks of a class that run.
type ClockMoves struct {
	Class    string `json:"class"`
	DaysFrom int    `json:"days_from"`
	DaysTo   int    `json:"days_to"`
	Moved    int64  `json:"moved" doc:"Clocks that run and would run out on another day."`
	Sooner   int64  `json:"sooner" doc:"Of them, on an earlier one."`
	Due      int64  `json:"due" doc:"Of them, on one that has come: what they keep is erased soon after."`
	Held     int64  `json:"held" doc:"Besides: as they are for as long as a legal hold lasts."`
}

// clockMoves counts what rules would move, class by class where the days differ.
func clockMoves(t *store.Tx, country string, now, then *policy.Terms) (out []ClockMoves, err error) {
	was, is := keepingsOf(now, country), keepingsOf(then, country)
	for _, class := range keptClasses {
		if was[class].Days == is[class].Days {
			continue
		}
		m, err := t.CountMoves(is[class].Keeping)
		if err != nil {
			return nil, err
		}
		out = append(out, ClockMoves{string(class), was[class].Days, is[class].Days, m.Moved, m.Sooner, m.Due, m.Held})
	}
	return out, nil
}
