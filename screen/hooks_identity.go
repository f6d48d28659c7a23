package screen

import (
	"context"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// identity notes the result of an identity vendor on the record that the vendor
// was given as our reference. A hint is noted as such, then the vendor is asked,
// and its answer stands after the hint. What stands of a result is always its last
// event in time: an answer has the moment at which it was asked for, so that one
// that was long under way stands before the answer to a later question.
func (h *Hooks) identity(ctx context.Context, machine record.Actor, e *connect.Endpoint, in *arrived) (string, error) {
	all, err := connect.ReadIdentity(e.Provider, in.Body)
	if err != nil {
		return "", err
	}
	for i := range all {
		hint := &all[i]
		at := hint.CheckedAt
		if at.IsZero() {
			at = in.At
		}
		key := hint.ID + " " + string(hint.Outcome) + " " + at.Format(time.RFC3339)
		if at.After(in.At) { // the vendor's clock is ahead of ours, and the answer comes after
			at = in.At
		}
		vendor, asks := e.Asks(hint)
		if !asks || hint.Subject != "" { // whom it is about may stand in the answer alone
			if err := h.note(ctx, machine, e, hint, key, at); err != nil {
				return "", err
			}
		}
		if !asks {
			continue
		}
		asked, answers, err := h.confirm(ctx, machine, e, vendor, hint)
		if err != nil {
			return "", err
		}
		if !asked.After(at) { // as may be by the clocks of two of our own machines
			asked = at.Add(time.Microsecond)
		}
		for j := range answers {
			a := &answers[j]
			if err := h.note(ctx, machine, e, a, key+" answer "+a.ID+" "+string(a.Outcome), asked); err != nil {
				return "", err
			}
		}
	}
	return "hook.identity", nil
}

// note keeps one result, once.
func (h *Hooks) note(ctx context.Context, machine record.Actor, e *connect.Endpoint, r *connect.IdentityResult, key string, at time.Time) error {
	r.Document = record.Document{} // its number is the vendor's to keep until somebody needs it
	body, err := json.Marshal(r, json.Deterministic(true))
	if err != nil {
		return err
	}
	_, _, _, err = h.Keeper.Event(ctx, machine, Event{Source: "connector/" + e.Name, ID: key, Type: "identity." + string(r.Outcome), Record: r.Subject, At: at, Raw: body})
	return err
}

// confirm asks the vendor for what a hint is about, and says when it did.
func (h *Hooks) confirm(ctx context.Context, machine record.Actor, e *connect.Endpoint, v *connect.Vendor, hint *connect.IdentityResult) (asked time.Time, all []connect.IdentityResult, err error) {
	on := connect.Occasion{Tenant: machine.Tenant, Act: "identity.fetch", By: e.Name}
	err = h.Keeper.Store.View(ctx, machine, func(t *store.Tx) (err error) {
		asked = t.Now()
		if source, id, ok := strings.Cut(hint.Subject, "/"); ok {
			on.Subject, err = t.FindSubject(source, id)
		}
		return err
	})
	if err != nil {
		return asked, nil, err
	}
	net, err := h.outside(on, v.Hosts(e.Account))
	if err != nil {
		return asked, nil, err
	}
	s, err := v.Open(e.Account, net)
	if err != nil {
		return asked, nil, err
	}
	if h.Sleep != nil {
		s.Sleep = h.Sleep
	}
	all, err = v.Confirm(ctx, s, hint)
	return asked, all, err
}
