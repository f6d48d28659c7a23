package screen

import (
	"context"
	"errors"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// JobPull is the kind of job that asks a provider for what happened at work.
const JobPull = "pull"

const (
	pullPrefix  = "pull/"
	pullEvery   = 15 * time.Minute
	pullBehind  = time.Minute         // what happened just now is asked for the next time
	pullWindow  = 24 * time.Hour      // longest asked for at once: a day that was missed is read piece by piece
	pullBegins  = 24 * time.Hour      // before the first time
	pullFor     = 80 * time.Second    // of one job; its lease is longer
	skewTold    = 2 * time.Minute     // clocks that differ by more are shown
	pullReplays = 30 * 24 * time.Hour // what is older than this is not asked for any more: providers forget it
)

// pulled is how far a connector has read: sealed, rewritten after every page, in
// the transaction that holds the lease.
type pulled struct {
	Since  time.Time `json:"since,omitzero"`  // everything before was read
	Until  time.Time `json:"until,omitzero"`  // of the window that is being read; zero: none is
	Short  bool      `json:"short,omitempty"` // more windows are due before now is reached
	Stream int       `json:"stream,omitempty"`
	Next   string    `json:"next,omitempty"`   // where the window goes on
	Good   time.Time `json:"good,omitzero"`    // when a window was last read to its end
	Failed string    `json:"failed,omitempty"` // why the last try came to nothing: off, locked, expired, or a code of the house
	From   time.Time `json:"from,omitzero"`    // failing since
	Said   string    `json:"said,omitempty"`
	Skew   int64     `json:"skew,omitempty"` // seconds the provider's clock is ahead
	Bad    int64     `json:"bad,omitempty"`  // events that could not be read, since ever
	Seen   int64     `json:"seen,omitempty"`
}

// Reasons of Failed that are no codes.
const (
	pullOff     = "off"     // asking is switched off on this house
	pullLocked  = "locked"  // the policy has not opened the module after the hire
	pullExpired = "expired" // the provider does not take the key any more
)

func pullJob(name string, at time.Time) store.Job {
	return store.Job{Kind: JobPull, Args: []byte(name), Dedupe: name, Priority: 5, RunAt: at, Attempts: 48}
}

// KeepPulls makes sure that every connector that is to ask, or has something to be
// told, has its job: a job
// that was given up after many tries begins anew.
func (h *Hooks) KeepPulls(ctx context.Context, tenant string) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "hook", Tenant: tenant}
	return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		t.Did("hook.list", "tenant/"+tenant, "")
		names, err := t.SettingNames(hookPrefix)
		if err != nil {
			return err
		}
		for _, n := range names {
			e, err := endpoint(t, n)
			if err != nil {
				return err
			}
			if e.Off {
				continue
			}
			if e.Pull {
				if _, _, err := t.AddJob(pullJob(e.Name, t.Now())); err != nil {
					return err
				}
			}
			if e.Tell {
				if err := keepTold(t, e.Name); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// RunPull asks one provider for what happened since the last time: window by
// window, page by page. It goes on where it stopped, whoever stopped it; what is
// told twice is known by its id.
func (h *Hooks) RunPull(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "hook", Tenant: j.Tenant}
	name := string(j.Args)
	var e connect.Endpoint
	var at pulled
	opened := false
	var now time.Time
	err := h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) (err error) {
		t.Did("hook.read", hookPrefix+name, "")
		if e, err = endpoint(t, hookPrefix+name); record.CodeOf(err) == record.CodeNotFound && err != nil {
			err = nil // it was removed: there is nobody to ask
		} else if err != nil {
			return err
		}
		if at, err = readPulled(t, name); err != nil {
			return err
		}
		rules, err := h.Keeper.rules(t)
		if err != nil {
			return err
		}
		opened, now = rules.Opened(), t.Now()
		return nil
	})
	if err != nil {
		return err
	}
	pull, ok := connect.FindPull(e.Provider)
	switch {
	case !ok || !e.Pull || e.Off:
		return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
			t.Did("hook.off", hookPrefix+name, "")
			return t.FinishJob(j, 0)
		})
	case !opened: // nobody is asked for what nobody may read
		at.Since, at.Until, at.Next, at.Stream = time.Time{}, time.Time{}, "", 0
		at.fails(pullLocked, "the policy has not opened the module after the hire", now)
		return h.again(ctx, machine, j, &e, &at, now.Add(every(&e)))
	case h.Net == nil:
		err = &record.Error{Code: record.CodeUnavailable, Where: name, Message: "asking is off; bonafide work --egress switches it on"}
		at.fails(pullOff, "asking is off", now)
	default:
		err = h.pull(ctx, machine, j, pull, &e, &at)
	}
	if err == nil || record.CodeOf(err) == record.CodeConflict {
		return err
	}
	var own *record.Error
	if errors.As(err, &own) && h.Net != nil {
		why := string(own.Code)
		if own.Code == record.CodeRefused && own.Where == e.Provider {
			why = pullExpired
		}
		at.fails(why, own.Message, now)
	}
	return h.failed(ctx, machine, j, name, "pull.fail", &at, err)
}

// failed notes how far a connector came before it failed, and gives back why.
func (h *Hooks) failed(ctx context.Context, machine record.Actor, j store.Job, name, act string, at *pulled, why error) error {
	if err := h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		t.Did(act, hookPrefix+name, "")
		if err := t.HoldJob(j, lease, at.Seen); err != nil {
			return err
		}
		return savePulled(t, name, at)
	}); err != nil {
		return err
	}
	return why
}

// every is how often a provider is asked.
func every(e *connect.Endpoint) time.Duration {
	if e.Every > 0 {
		return time.Duration(e.Every) * time.Minute
	}
	return pullEvery
}

func (p *pulled) fails(why, said string, now time.Time) {
	if p.Failed == "" {
		p.From = now
	}
	p.Failed, p.Said = why, said
}

func readPulled(t *store.Tx, name string) (at pulled, err error) {
	c, err := t.Cursor(pullPrefix + name)
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return at, nil
	}
	if err != nil {
		return at, err
	}
	if json.Unmarshal(c.Value, &at) != nil {
		return at, &record.Error{Code: record.CodeInternal, Where: "pull", Message: "its cursor cannot be read"}
	}
	return at, nil
}

func savePulled(t *store.Tx, name string, at *pulled) error {
	b, err := json.Marshal(at, json.Deterministic(true))
	if err != nil {
		return err
	}
	return t.SaveCursor(pullPrefix+name, b)
}

// again ends this job and leaves the next.
func (h *Hooks) again(ctx context.Context, machine record.Actor, j store.Job, e *connect.Endpoint, at *pulled, next time.Time) error {
	return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		t.Did("pull.done", hookPrefix+e.Name, "")
		if err := savePulled(t, e.Name, at); err != nil {
			return err
		}
		if err := t.FinishJob(j, at.Seen); err != nil {
			return err
		}
		_, _, err := t.AddJob(pullJob(e.Name, next))
		return err
	})
}

func (h *Hooks) pull(ctx context.Context, machine record.Actor, j store.Job, p *connect.Pull, e *connect.Endpoint, at *pulled) error {
	s, err := p.Open(e.Account, h.Net(connect.Occasion{Tenant: j.Tenant, Act: "signins.pull", By: e.Name}, p.Hosts(e.Account)))
	if err != nil {
		return err
	}
	if h.Sleep != nil {
		s.Sleep = h.Sleep
	}
	began := time.Now()
	for {
		now, err := h.clock(ctx, machine)
		if err != nil {
			return err
		}
		if at.Until.IsZero() {
			if at.Since.IsZero() {
				at.Since = now.Add(-pullBegins)
			}
			if oldest := now.Add(-pullReplays); at.Since.Before(oldest) {
				at.Since = oldest
			}
			at.Until = now.Add(-pullBehind)
			if longest := at.Since.Add(pullWindow); at.Until.After(longest) {
				at.Until = longest
			}
			at.Short = at.Until.Before(now.Add(-pullBehind))
			at.Stream, at.Next = 0, ""
			if !at.Until.After(at.Since) { // its clock, or ours, went back
				at.Until, at.Good, at.Failed, at.Said, at.From = time.Time{}, now, "", "", time.Time{}
				return h.again(ctx, machine, j, e, at, now.Add(every(e)))
			}
		}
		asked := at.Next
		if asked == "" {
			asked = p.First(at.Stream, at.Since.Add(-p.Overlap), at.Until)
		}
		r, err := s.Do(ctx, connect.Ask{Method: "GET", Path: asked})
		if record.CodeOf(err) == record.CodeNotFound && err != nil && at.Next != "" {
			at.Next = "" // the provider has forgotten where we were: the window is read again
			return err
		}
		if err != nil {
			return err
		}
		seen, bad, next, theirs, err := p.Page(r.Body, asked, r.Header)
		if err != nil {
			return err
		}
		if next != "" && next == asked {
			return &record.Error{Code: record.CodeUnavailable, Where: e.Provider, Message: "the provider's cursor goes round in circles"}
		}
		if _, err := h.watch(ctx, machine, e, seen); err != nil {
			return err
		}
		if at.Skew = 0; !theirs.IsZero() {
			if skew := theirs.Sub(now); skew.Abs() > skewTold {
				at.Skew = int64(skew / time.Second)
			}
			// A provider whose clock is behind has not written up to our now yet.
			if theirs = theirs.Add(-pullBehind); next == "" && theirs.Before(at.Until) && theirs.After(at.Since) {
				at.Until = theirs
			}
		}
		at.Bad, at.Seen, at.Next = at.Bad+int64(bad), at.Seen+int64(len(seen)), next
		if next == "" {
			if at.Stream++; at.Stream == len(p.Streams) {
				at.Since, at.Until, at.Stream = at.Until, time.Time{}, 0
				at.Good, at.Failed, at.Said, at.From = now, "", "", time.Time{}
				if !at.Short {
					return h.again(ctx, machine, j, e, at, now.Add(every(e)))
				}
			}
		}
		if time.Since(began) > pullFor { // the lease is not for ever: the next job goes on at once
			return h.again(ctx, machine, j, e, at, now)
		}
		if err := h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
			t.Did("pull.page", hookPrefix+e.Name, "")
			if err := t.HoldJob(j, lease, at.Seen); err != nil {
				return err
			}
			return savePulled(t, e.Name, at)
		}); err != nil {
			return err
		}
	}
}

// clock is the time of the record.
func (h *Hooks) clock(ctx context.Context, machine record.Actor) (now time.Time, err error) {
	err = h.Keeper.Store.View(ctx, machine, func(t *store.Tx) error { now = t.Now(); return nil })
	return now, err
}
