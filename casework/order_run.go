package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// Ender does signed orders.
type Ender struct {
	Desk *Desk
	// Net opens a client for an occasion; nil: egress is off and orders wait.
	Net connect.Net
	// Amend makes the next version of a record within a transaction.
	Amend func(t *store.Tx, subject, act string, change func(*record.Application) error) error
}

// Run does one order. Every step leaves an entry and an event before it is sent
// and its proof after; done again, it goes on with what is not proved yet. What
// went wrong is said on the run sheet, and the job comes again.
func (r *Ender) Run(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "lever", Tenant: j.Tenant}
	var in orderArgs
	var x Order
	var e connect.Endpoint
	wait := false
	err := r.Desk.Store.Update(ctx, machine, func(t *store.Tx) error {
		args, err := t.JobArgs(j)
		if err != nil {
			return err
		}
		if json.Unmarshal(args, &in) != nil {
			return &record.Error{Code: record.CodeInternal, Where: "order", Message: "its job cannot be read"}
		}
		o, c, err := r.sheet(t, in.Case)
		if err != nil {
			return err
		}
		if in.N < 1 || in.N > len(o.Orders) {
			return &record.Error{Code: record.CodeInternal, Where: "order", Message: "its job names none"}
		}
		x = o.Orders[in.N-1]
		t.Did("offboarding.read", "case/"+c.ID, c.ID, "inventory")
		if x.State != OrderSigned {
			return t.FinishJob(j, 0)
		}
		if wait = o.Cut.After(t.Now().Add(time.Second)); wait { // the moment was moved
			if err := t.FinishJob(j, 0); err != nil {
				return err
			}
			_, err := addOrderJob(t, &c, &o, x.N)
			return err
		}
		e, err = ending(t, x.Via)
		return err
	})
	if err != nil || x.State != OrderSigned || wait {
		return err
	}
	if r.Net == nil {
		err = &record.Error{Code: record.CodeUnavailable, Where: "order", Message: "asking is off; bonafide work --egress switches it on"}
	} else {
		err = r.leave(ctx, machine, j, in, &x, e)
	}
	switch {
	case err == nil:
		return r.ended(ctx, machine, j, in)
	case record.CodeOf(err) == record.CodeConflict: // another worker has it
		return err
	}
	op := "trouble"
	if record.CodeOf(err) == record.CodeInvalid {
		op = "wrong"
	}
	said := message(err)
	if e := r.step(ctx, machine, in, func(t *store.Tx, o *Offboarding) (*offboardEvent, error) {
		now := &o.Orders[in.N-1]
		if op == "wrong" {
			if err := t.FinishJob(j, 0); err != nil {
				return nil, err
			}
		} else if now.Said == said {
			return nil, nil // said already
		}
		return &offboardEvent{Op: op, At: t.Now().UTC(), Words: said, Order: &orderEvent{N: in.N}}, nil
	}); e != nil {
		return e
	}
	if op == "wrong" {
		return nil
	}
	return err
}

// message is an error as the run sheet may show it: words of the house only.
func message(err error) string {
	var own *record.Error
	if errors.As(err, &own) {
		if own.Where != "" {
			return own.Where + ": " + own.Message
		}
		return own.Message
	}
	return "it broke off"
}

func (r *Ender) leave(ctx context.Context, machine record.Actor, j store.Job, in orderArgs, x *Order, e connect.Endpoint) error {
	lever, _ := connect.FindLever(e.Provider)
	if lever == nil {
		return &record.Error{Code: record.CodeInternal, Where: "order", Message: "its connector ends no access"}
	}
	return connect.Leave(ctx, e.Account, connect.Run{
		Lever: e.Provider, Leaver: connect.Leaver{Login: x.Account, Organisation: x.Organisation}, Signed: connect.Signed{By: x.By, Second: x.Second},
		Net: r.Net(connect.Occasion{Tenant: j.Tenant, Act: endOccasion, By: e.Name, Subject: j.Subject}, lever.Hosts(e.Account)), Begun: len(x.Steps) > 0,
		Before: func(s connect.Step) (done bool, err error) {
			err = r.step(ctx, machine, in, func(t *store.Tx, o *Offboarding) (*offboardEvent, error) {
				if err := t.HoldJob(j, orderLease, 0); err != nil {
					return nil, err
				}
				t.Did("access.intend", "case/"+in.Case, in.Case)
				at := slices.IndexFunc(o.Orders[in.N-1].Steps, func(k OrderStep) bool { return k.Text == s.Text })
				if at >= 0 {
					p := o.Orders[in.N-1].Steps[at].Proof
					done = p != nil && p.Ended
					return nil, nil
				}
				return &offboardEvent{Op: "intend", At: t.Now().UTC(), Order: &orderEvent{N: in.N, Step: s.Text}}, nil
			})
			return done, err
		},
		After: func(p connect.Proof) error {
			return r.step(ctx, machine, in, func(t *store.Tx, o *Offboarding) (*offboardEvent, error) {
				t.Did("access.proof", "case/"+in.Case, in.Case)
				p.At = t.Now().UTC()
				at := slices.IndexFunc(o.Orders[in.N-1].Steps, func(k OrderStep) bool { return k.Text == p.Step })
				if at >= 0 {
					if was := o.Orders[in.N-1].Steps[at].Proof; was != nil && was.Status == p.Status && was.Ended == p.Ended {
						return nil, nil // the same answer again
					}
				}
				return &offboardEvent{Op: "proof", At: p.At, Order: &orderEvent{N: in.N, Step: p.Step, Proof: &p}}, nil
			})
		},
	})
}

const (
	orderLease  = 2 * time.Minute
	endOccasion = "access.end"
)

// ended closes the way in on the run sheet, in the transaction that ends the job.
func (r *Ender) ended(ctx context.Context, machine record.Actor, j store.Job, in orderArgs) error {
	return r.step(ctx, machine, in, func(t *store.Tx, o *Offboarding) (*offboardEvent, error) {
		if err := t.FinishJob(j, 1); err != nil {
			return nil, err
		}
		x := &o.Orders[in.N-1]
		var last time.Time
		var words []string
		for _, s := range x.Steps {
			if s.Proof == nil {
				continue
			}
			if s.Proof.At.After(last) {
				last = s.Proof.At
			}
			checked := ""
			if s.Proof.Checked {
				checked = ", asked again"
			}
			words = append(words, fmt.Sprintf("%s: %d%s, sha256 %.12s", s.Text, s.Proof.Status, checked, s.Proof.SHA256))
		}
		text := x.Via + ": " + strings.Join(words, "; ")
		return &offboardEvent{Op: "ended", At: last, Words: text[:min(len(text), longestProof)], Order: &orderEvent{N: in.N}}, nil
	})
}

func (r *Ender) sheet(t *store.Tx, caseID string) (Offboarding, record.Case, error) {
	c, err := t.Case(caseID)
	if err != nil {
		return Offboarding{}, c, err
	}
	o, err := offboarding(t, &c)
	return o, c, err
}

// step adds to the run sheet, again when a person was at it at the same moment.
func (r *Ender) step(ctx context.Context, machine record.Actor, in orderArgs, change func(*store.Tx, *Offboarding) (*offboardEvent, error)) (err error) {
	for range 5 {
		fenced := false
		err = r.Desk.Store.Update(ctx, machine, func(t *store.Tx) error {
			o, c, err := r.sheet(t, in.Case)
			if err != nil {
				return err
			}
			t.Did("offboarding.read", "case/"+c.ID, c.ID, "inventory")
			e, err := change(t, &o)
			if err != nil {
				fenced = true
				return err
			}
			if e == nil {
				return nil
			}
			if err := o.keep(t, &c, "offboarding."+e.Op, e); err != nil || e.Op != "ended" {
				return err
			}
			// What was ended stands on the record too, as a cut that a person confirms does:
			// the checks look there.
			return r.Amend(t, c.Subject, "offboarding.record", func(a *record.Application) error { o.Leaving(a); return nil })
		})
		if fenced || err == nil || record.CodeOf(err) != record.CodeConflict {
			return err
		}
	}
	return err
}
