package screen

import (
	"context"
	"errors"
	"time"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// tellLate: lines that wait so long make a connector late.
const tellLate = 30 * time.Minute

// RunTell sends what waits for one sink, request by request. A line leaves the
// outbox in the transaction that hears that it was taken; what broke off between
// the two is sent again, and the sink's own manners say whether it is stored twice.
func (h *Hooks) RunTell(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "hook", Tenant: j.Tenant}
	name := string(j.Args)
	var e connect.Endpoint
	var at pulled
	var now time.Time
	err := h.Keeper.Store.View(ctx, machine, func(t *store.Tx) (err error) {
		if e, err = endpoint(t, hookPrefix+name); err != nil {
			return err
		}
		at, err = readPulled(t, name)
		now = t.Now()
		return err
	})
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	sink, ok := connect.FindSink(e.Provider)
	if !ok || !e.Tell || e.Off { // it was removed, or switched off: what waits, waits
		return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
			t.Did("hook.off", hookPrefix+name, "")
			return t.FinishJob(j, 0)
		})
	}
	if h.Net == nil {
		err = &record.Error{Code: record.CodeUnavailable, Where: name, Message: "asking is off; bonafide work --egress switches it on"}
		at.fails(pullOff, "asking is off", now)
	} else {
		err = h.tell(ctx, machine, j, sink, &e, &at)
	}
	if err == nil || record.CodeOf(err) == record.CodeConflict {
		return err
	}
	var own *record.Error
	if errors.As(err, &own) && h.Net != nil {
		at.fails(string(own.Code), own.Message, now)
	}
	return h.failed(ctx, machine, j, name, "tell.fail", &at, err)
}

// tell sends until nothing waits.
func (h *Hooks) tell(ctx context.Context, machine record.Actor, j store.Job, sink *connect.Sink, e *connect.Endpoint, at *pulled) error {
	s, err := sink.Open(e.Account, h.Net(connect.Occasion{Tenant: j.Tenant, Act: "ocsf.send", By: e.Name}, sink.Hosts(e.Account)))
	if err != nil {
		return err
	}
	for began := time.Now(); ; {
		var waiting []store.Message
		if err := h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) (err error) {
			t.Did("message.read", hookPrefix+e.Name, "")
			waiting, err = t.Queued(topicOCSF, e.Name, 1000)
			if err != nil || len(waiting) > 0 {
				return err
			}
			at.Good, at.Failed, at.Said, at.From = t.Now(), "", "", time.Time{}
			if err := savePulled(t, e.Name, at); err != nil {
				return err
			}
			return t.FinishJob(j, at.Seen)
		}); err != nil || len(waiting) == 0 {
			return err
		}
		lines := make([]connect.Line, len(waiting))
		for i, m := range waiting {
			lines[i] = connect.Line{ID: m.ID, At: m.Stored, JSON: m.Body}
		}
		lines = lines[:connect.Cut(lines)]
		fates, failed := sink.Give(ctx, s, lines)
		var taken, refused []string
		for i, f := range fates {
			switch f {
			case connect.Taken:
				taken = append(taken, lines[i].ID)
			case connect.Refused:
				refused = append(refused, lines[i].ID)
			}
		}
		if err := h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
			t.Did("message.deliver", hookPrefix+e.Name, "")
			if err := t.HoldJob(j, lease, at.Seen); err != nil {
				return err
			}
			if err := t.Unqueue(taken); err != nil {
				return err
			}
			if len(refused) > 0 {
				if err := t.Requeue(topicOCSF, topicRefused, e.Name, refused...); err != nil {
					return err
				}
			}
			at.Seen, at.Bad = at.Seen+int64(len(taken)), at.Bad+int64(len(refused))
			if len(taken) > 0 {
				at.Good = t.Now()
			}
			return savePulled(t, e.Name, at)
		}); err != nil {
			return err
		}
		switch {
		case failed != nil:
			return failed
		case len(taken)+len(refused) == 0:
			return &record.Error{Code: record.CodeUnavailable, Where: e.Provider, Message: "the sink is busy and took nothing"}
		case time.Since(began) > pullFor: // the lease is not for ever: the next job goes on
			return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
				t.Did("tell.done", hookPrefix+e.Name, "")
				if err := t.FinishJob(j, at.Seen); err != nil {
					return err
				}
				return t.Enqueue(tellJob(e.Name, t.Now()))
			})
		}
	}
}

// told adds how a connector fares that is told what was found.
func (x *Health) told(t *store.Tx, name string) error {
	at, err := readPulled(t, name)
	if err != nil {
		return err
	}
	n, oldest, err := t.QueueLength(topicOCSF, name)
	if err != nil {
		return err
	}
	if x.Refused, _, err = t.QueueLength(topicRefused, name); err != nil {
		return err
	}
	x.Queue, x.Last = n, at.Good
	if n > 0 {
		x.Late = max(0, t.Now().Sub(oldest))
	}
	switch {
	case at.Failed == pullOff:
		x.State = HealthOff
	case at.Failed != "":
		x.State = HealthFailing
	case n > 0 && x.Late > tellLate:
		x.State = HealthLate
	case at.Good.IsZero():
		x.State = HealthNew
	}
	if at.Failed != "" {
		x.From, x.Said = at.From, at.Said
	}
	return nil
}
