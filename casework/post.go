package casework

import (
	"context"
	"slices"

	"bonafide/notify"
	"bonafide/record"
	"bonafide/store"
)

// Post delivers what Tell stored.
type Post struct {
	Store *store.Store
	// Send delivers one message to one subscription; gone says that it wants no
	// more.
	Send func(ctx context.Context, to record.Subscription, id string, body []byte) (gone bool, err error)
	// Mail hands a letter (JSON of notify.Letter) to the house's mail server; nil:
	// there is none, and letters wait.
	Mail func(ctx context.Context, id string, body []byte) error
	// Text hands a text message to a gateway; nil: there is none.
	Text func(ctx context.Context, on record.Occasion, id string, m notify.Text) error
}

// MailTopic marks messages that are letters to one person.
const MailTopic = "mail"

// Deliver does one job of kind store.OutboxJob. The message is sent outside any
// transaction and noted in one; a crash between the two sends it again, with the
// same id, by which the receiver knows it.
func (p *Post) Deliver(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "post", Tenant: j.Tenant}
	id := string(j.Args)
	var m store.Message
	var to record.Subscription
	// Opening a letter is reading of a person: it leaves an entry.
	err := p.Store.Update(ctx, machine, func(t *store.Tx) error {
		var err error
		if m, err = t.Message(id); err != nil {
			return err
		}
		if m.Subject != "" {
			t.Did("message.read", "message/"+id, "")
		}
		all, _, err := webhooks(t)
		if at := slices.IndexFunc(all, func(w record.Subscription) bool { return w.ID == m.Target }); at >= 0 {
			to = all[at]
		}
		return err
	})
	if err != nil {
		return err
	}
	gone := false
	if m.Topic == MailTopic && m.Delivered.IsZero() {
		if p.Mail == nil {
			return &record.Error{Code: record.CodeUnavailable, Where: "mail", Message: "no mail server is named; bonafide serve --mail-server does"}
		}
		if err := p.Mail(ctx, id, m.Body); err != nil {
			return err
		}
	}
	said := "message.deliver"
	if m.Topic == TextTopic && m.Delivered.IsZero() {
		if said, err = p.text(ctx, record.Occasion{Tenant: j.Tenant, Act: "message.deliver", By: "texts", Subject: m.Subject, Own: true}, id, m.Body); err != nil {
			return err
		}
	}
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
			if err := saveWebhooks(t, slices.DeleteFunc(all, func(w record.Subscription) bool { return w.ID == to.ID }), version); err != nil {
				return err
			}
		}
		if m.Delivered.IsZero() {
			t.Did(said, "message/"+id, "")
			if said != "message.deliver" {
				if err := callInstead(t, m.Subject); err != nil {
					return err
				}
			}
			if err := t.Delivered(id); err != nil {
				return err
			}
		}
		return t.FinishJob(j, 1)
	})
}
