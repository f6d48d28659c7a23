package screen

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// Health is how one connector fares.
type Health struct {
	Name, Provider, Title string
	Sends, Asked, Ends    bool
	Covers                connect.Cover // what its signature covers, where it sends
	State                 string
	Last                  time.Time     // the last delivery that was taken, or the last time all was read
	Since                 time.Time     // everything up to here was read, where it is asked
	Late                  time.Duration // how far behind now that is
	From                  time.Time     // in trouble since
	Said                  string        // what the trouble is, in words of the house
	Waiting               int           // deliveries that were tried and wait
	Lost                  int           // deliveries that were given up
	Bad                   int64         // events that could not be read
	Skew                  time.Duration // how far the provider's clock is ahead
	Tells                 bool          // it is told what was found
	Queue                 int64         // lines that wait for it
	Refused               int64         // lines that it would not take, and others beside them
}

// The states of a connector.
const (
	HealthGood    = "good"
	HealthNew     = "new"     // nothing came yet
	HealthLate    = "late"    // what was read last is older than it should be
	HealthFailing = "failing" // the last try came to nothing
	HealthExpired = "expired" // the provider does not take the key any more
	HealthOff     = "off"     // switched off, or asking is
	HealthLocked  = "locked"  // the policy has not opened the module after the hire
)

// Trouble says whether somebody should look at it.
func (h *Health) Trouble() bool {
	return h.State == HealthLate || h.State == HealthFailing || h.State == HealthExpired
}

const (
	lateAfter   = 4  // times its pace without news, and a connector is late
	mostTrouble = 50 // jobs in trouble that are looked at
)

// Health says how every connector of a tenant fares, by name.
func (h *Hooks) Health(ctx context.Context, actor record.Actor) (all []Health, err error) {
	err = h.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		all = nil
		t.Did("hook.list", "tenant/"+t.Tenant(), "")
		names, err := t.SettingNames(hookPrefix)
		if err != nil || len(names) == 0 {
			return err
		}
		stuck, err := stuckHooks(t)
		if err != nil {
			return err
		}
		for _, n := range names {
			e, err := endpoint(t, n)
			if err != nil {
				return err
			}
			x := Health{Name: e.Name, Provider: e.Provider, Title: e.Title(), Sends: len(e.Keys) > 0, Asked: e.Pull, Ends: e.End, Tells: e.Tell, State: HealthGood}
			if d, ok := connect.FindDialect(e.Provider); ok {
				x.Covers = d.Covers
			}
			if err := x.read(t, &e, stuck[e.Name]); err != nil {
				return err
			}
			all = append(all, x)
		}
		slices.SortFunc(all, func(a, b Health) int { return cmp.Compare(a.Name, b.Name) })
		return nil
	})
	return all, err
}

// stuck is what waits of one connector after it was tried.
type stuck struct {
	waiting, lost int
	why           string
	from          time.Time
}

// stuckHooks reads the deliveries that were tried and not done.
func stuckHooks(t *store.Tx) (map[string]stuck, error) {
	all := map[string]stuck{}
	err := eachStuck(t, mostTrouble, func(j store.Job, of string) error {
		s := all[of]
		if j.State == "dead" {
			s.lost++
		} else {
			s.waiting++
		}
		if s.from.IsZero() || j.Created.Before(s.from) {
			s.from = j.Created
		}
		s.why = j.Error
		all[of] = s
		return nil
	})
	return all, err
}

func (x *Health) read(t *store.Tx, e *connect.Endpoint, s stuck) error {
	now := t.Now()
	if x.Sends {
		last, err := t.Cursor(takenPrefix + e.Name)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if x.Last = last.At; x.Last.IsZero() && !e.Pull && !e.End {
			x.State = HealthNew
		}
	}
	x.Waiting, x.Lost = s.waiting, s.lost
	if s.waiting+s.lost > 0 {
		x.State, x.From, x.Said = HealthFailing, s.from, s.why
	}
	if e.Pull {
		at, err := readPulled(t, e.Name)
		if err != nil {
			return err
		}
		x.pulled(&at, every(e), now)
	}
	if e.Tell {
		if err := x.told(t, e.Name); err != nil {
			return err
		}
	}
	if c, err := t.Cursor(connect.KeyRefused(e.Name)); err == nil {
		x.State, x.From = HealthExpired, c.At
		x.Said = cmp.Or(x.Said, "the provider does not take the key, or it lacks a permission")
	} else if record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	if e.Off {
		x.State = HealthOff
	}
	return nil
}

// pulled adds how far a connector that asks has come.
func (x *Health) pulled(at *pulled, pace time.Duration, now time.Time) {
	x.Since, x.Bad, x.Skew = at.Since, at.Bad, time.Duration(at.Skew)*time.Second
	if at.Good.After(x.Last) {
		x.Last = at.Good
	}
	if !at.Since.IsZero() {
		x.Late = max(0, now.Sub(at.Since))
	}
	switch {
	case at.Failed == pullLocked:
		x.State = HealthLocked
	case at.Failed == pullOff:
		x.State = HealthOff
	case at.Failed == pullExpired:
		x.State = HealthExpired
	case at.Failed != "":
		x.State = HealthFailing
	case at.Since.IsZero():
		x.State = HealthNew
	case x.Late > lateAfter*pace:
		x.State = HealthLate
	}
	if at.Failed != "" {
		x.From, x.Said = at.From, at.Said
	}
}

// Again takes up deliveries of a connector that were given up, and has it ask at
// once. It says how many jobs begin again.
func (h *Hooks) Again(ctx context.Context, actor record.Actor, name string) (n int, err error) {
	err = h.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		n = 0
		t.Did("hook.again", hookPrefix+name, "")
		e, err := endpoint(t, hookPrefix+name)
		if err != nil {
			return err
		}
		err = eachStuck(t, mostStuck, func(j store.Job, of string) error {
			if of != name || j.State != "dead" {
				return nil
			}
			n++
			return t.RetryJob(j.ID)
		})
		if err != nil {
			return err
		}
		if e.Tell && !e.Off {
			n++
			return againTold(t, name)
		}
		if !e.Pull || e.Off {
			return nil
		}
		n++
		if _, added, err := t.AddJob(pullJob(name, t.Now())); err != nil || added {
			return err
		}
		err = t.HurryJob(JobPull, name)
		if record.CodeOf(err) == record.CodeNotFound { // it is being done
			err = nil
		}
		return err
	})
	return n, err
}
