package casework

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Where messages go is a way out of the house: whoever could turn it alone could
// listen alone. So an address is added or changed by two people, as a case is
// decided. To end one needs nobody else: it only makes things quieter.

// Webhook is one subscription, as it is in force or as it is to be.
type Webhook struct {
	record.Subscription
	Waiting  bool   // not in force until another person confirms it
	Proposer string // kind/id, while it waits
}

const webhooksMost = 20

// WebhookEvents are what can be told; the API's Subscribe names the same.
var WebhookEvents = []string{"application.screened", "case.changed", "erasure.done", "job.done"}

func checkEvents(events []string) error {
	if len(events) == 0 || slices.ContainsFunc(events, func(e string) bool { return !slices.Contains(WebhookEvents, e) }) {
		return record.Invalid("events", "needs one or more of "+strings.Join(WebhookEvents, ", "))
	}
	return nil
}

func wordOf(who record.Actor) string { return string(who.Kind) + "/" + who.ID }

// checkAddress gives an address as it is kept.
func checkAddress(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
		return "", record.Invalid("url", "is no address such as https://example.com/hook")
	}
	return u.String(), nil
}

// AddWebhook asks for a subscription. The secret is given once, now; nothing is
// sent there before another person has confirmed the address.
func (d *Desk) AddWebhook(ctx context.Context, actor record.Actor, key, address string, events []string) (Webhook, error) {
	address, err := checkAddress(address)
	if err != nil {
		return Webhook{}, err
	}
	if err := checkEvents(events); err != nil {
		return Webhook{}, err
	}
	return once(ctx, d, actor, key, []string{"webhook", address, strings.Join(events, " ")}, func(t *store.Tx) (Webhook, error) {
		all, _, err := allWebhooks(t)
		if err != nil {
			return Webhook{}, err
		}
		if len(all) >= webhooksMost {
			return Webhook{}, &record.Error{Code: record.CodeRefused, Where: "webhooks", Message: "there are 20 already; remove one first"}
		}
		var secret [32]byte
		rand.Read(secret[:])
		w := record.Subscription{ID: store.NewID(), URL: address, Secret: "whsec_" + base64.StdEncoding.EncodeToString(secret[:]), Events: events, Created: t.Now().Truncate(time.Second)}
		return propose(t, actor, "webhook.add", w)
	})
}

// ChangeWebhook asks for another address or other messages of a subscription,
// which goes on as it is until another person has confirmed that.
func (d *Desk) ChangeWebhook(ctx context.Context, actor record.Actor, id, address string, events []string) (w Webhook, err error) {
	if address, err = checkAddress(address); err != nil {
		return w, err
	}
	if err := checkEvents(events); err != nil {
		return w, err
	}
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, mark, err := allWebhooks(t)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(x Webhook) bool { return x.ID == id })
		if at < 0 {
			return noWebhook
		}
		if err := asRead(t, mark); err != nil {
			return err
		}
		to := all[at].Subscription
		to.URL, to.Events = address, events
		w, err = propose(t, actor, "webhook.change", to)
		w.Secret = ""
		return err
	})
	return w, err
}

func propose(t *store.Tx, actor record.Actor, act string, to record.Subscription) (Webhook, error) {
	body, err := json.Marshal(to)
	if err != nil {
		return Webhook{}, err
	}
	t.Did(act, "webhook/"+to.ID, "")
	_, err = t.ProposeChange(to.ID, wordOf(actor), body)
	return Webhook{to, true, wordOf(actor)}, err
}

var noWebhook = &record.Error{Code: record.CodeNotFound, Where: "webhook", Message: "there is none under this id"}

// ConfirmWebhook puts what waits for a subscription in force: the act of a second
// person, refused to whoever asked for it by the database too.
func (d *Desk) ConfirmWebhook(ctx context.Context, actor record.Actor, id string) (w Webhook, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, mark, err := allWebhooks(t)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(x Webhook) bool { return x.ID == id }) {
			return noWebhook
		}
		refuse := func(why string) error {
			return store.Refusal(record.Entry{Act: "webhook.confirm", Object: "webhook/" + id}, &record.Error{Code: record.CodeRefused, Where: "webhook", Message: why})
		}
		if actor.Kind != record.ActorPerson {
			return refuse("is confirmed by a person")
		}
		if err := asRead(t, mark); err != nil {
			return err
		}
		waiting, err := t.Changes()
		if err != nil {
			return err
		}
		at := slices.IndexFunc(waiting, func(c store.Change) bool { return c.Of == id })
		if at < 0 {
			return &record.Error{Code: record.CodeConflict, Where: "webhook", Message: "nothing waits to be confirmed"}
		}
		if waiting[at].Proposer == wordOf(actor) {
			return refuse("somebody other than who asked for it confirms it")
		}
		if err := t.ConfirmChange(waiting[at].ID, wordOf(actor)); err != nil {
			return err
		}
		if json.Unmarshal(waiting[at].Body, &w.Subscription) != nil {
			return &record.Error{Code: record.CodeInternal, Where: "webhook", Message: "cannot be read"}
		}
		now, version, err := webhooks(t)
		if err != nil {
			return err
		}
		now = append(slices.DeleteFunc(now, func(x record.Subscription) bool { return x.ID == id }), w.Subscription)
		t.Did("webhook.confirm", "webhook/"+id, "")
		return saveWebhooks(t, now, version)
	})
	w.Secret = ""
	return w, err
}

// Webhooks lists what is in force and what waits, without secrets, and the mark
// of that.
func (d *Desk) Webhooks(ctx context.Context, actor record.Actor) (all []Webhook, mark string, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, mark, err = allWebhooks(t)
		t.Did("webhook.list", "tenant/"+t.Tenant(), "")
		return err
	})
	for i := range all {
		all[i].Secret = ""
	}
	return all, mark, err
}

// allWebhooks are those in force, then those that wait: one that is to be changed
// stands twice.
func allWebhooks(t *store.Tx) (all []Webhook, mark string, err error) {
	now, version, err := webhooks(t)
	if err != nil {
		return nil, "", err
	}
	for _, x := range now {
		all = append(all, Webhook{Subscription: x})
	}
	waiting, err := t.Changes()
	mark = strconv.FormatInt(version, 10)
	for _, c := range waiting {
		if c.Of == limitsName {
			continue // what connectors may ask waits there too
		}
		w := Webhook{Waiting: true, Proposer: c.Proposer}
		if json.Unmarshal(c.Body, &w.Subscription) != nil {
			return nil, "", &record.Error{Code: record.CodeInternal, Where: "webhook", Message: "cannot be read"}
		}
		all, mark = append(all, w), mark+"."+c.ID
	}
	return all, mark, err
}

// RemoveWebhook ends a subscription, and what waits for it.
func (d *Desk) RemoveWebhook(ctx context.Context, actor record.Actor, id string) error {
	return d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, _, err := allWebhooks(t)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(w Webhook) bool { return w.ID == id }) {
			return noWebhook
		}
		now, version, err := webhooks(t)
		if err != nil {
			return err
		}
		t.Did("webhook.remove", "webhook/"+id, "")
		if err := t.WithdrawChange(id); err != nil {
			return err
		}
		left := slices.DeleteFunc(slices.Clone(now), func(w record.Subscription) bool { return w.ID == id })
		if len(left) == len(now) {
			return nil
		}
		return saveWebhooks(t, left, version)
	})
}
