package casework

import (
	"context"
	"slices"

	"bonafide/record"
	"bonafide/store"
)

// Post delivers what Tell stored.
type Post struct {
	Store *store.Store
	// Send delivers one message to one subscription; gone says that it wants no
	// more.
	Send func(ctx context.Context, to record.Subscription, id string, body []byte) (gone bool, err error)
}

// Deliver does one job of kind store.OutboxJob. The message is sent outside any
// transaction and noted in one; a crash between the two sends it again, with the
// same id, by which the receiver knows it.
func (p *Post) Deliver(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "post", Tenant: j.Tenant}
	id := string(j.Args)
	var m store.Message
	var to record.Subscription
	err := p.Store.View(ctx, machine, func(t *store.Tx) error {
		var err error
		if m, err = t.Message(id); err != nil {
			return err
		}
		all, _, err := webhooks(t)
		if at := slices.IndexFunc(all, func(w Webhook) bool { return w.ID == m.Target }); at >= 0 {
			to = all[at]
		}
		return err
	})
	if err != nil {
		return err
	}
	gone := false
	if to.ID != "" && m.Delivered.IsZero() {
		if gone, err = p.Send(ctx, to, id, m.Body); err != nil {
			return err
		}
	}
	return p.Store.Update(ctx, machine, func(t *store.Tx) error {
		if gone {
			all, version, err := webhooks(t)
			if err != nil {
				return err
			}
			t.Did("webhook.gone", "webhook/"+to.ID, "")
			if err := saveWebhooks(t, slices.DeleteFunc(all, func(w Webhook) bool { return w.ID == to.ID }), version); err != nil {
				return err
			}
		}
		if m.Delivered.IsZero() {
			t.Did("message.deliver", "message/"+id, "")
			if err := t.Delivered(id); err != nil {
				return err
			}
		}
		return t.FinishJob(j, 1)
	})
}
