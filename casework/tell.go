package casework

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Webhook is one subscription.
type Webhook = record.Subscription

const webhooksMost = 20

// Tell stores a message for everybody who subscribed to a kind of event, in the
// transaction of the event; jobs deliver it. Messages hold ids only.
func Tell(t *store.Tx, kind string, about record.NoticeData) error {
	if err := tellBack(t, kind, about); err != nil {
		return err
	}
	all, _, err := webhooks(t)
	if err != nil {
		return err
	}
	for _, w := range all {
		if !slices.Contains(w.Events, kind) {
			continue
		}
		body, err := json.Marshal(record.Notice{Type: kind, At: t.Now(), Data: about})
		if err != nil {
			return err
		}
		if _, err := t.Send(store.Message{Topic: kind, Target: w.ID, Body: body}); err != nil {
			return err
		}
	}
	return nil
}

func webhooks(t *store.Tx) (all []Webhook, version int64, err error) {
	s, err := t.Setting(record.Subscriptions)
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	if json.Unmarshal(s.Value, &all) != nil {
		return nil, 0, &record.Error{Code: record.CodeInternal, Where: "webhooks", Message: "cannot be read"}
	}
	return all, s.Version, nil
}

func saveWebhooks(t *store.Tx, all []Webhook, version int64) error {
	body, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = t.SaveSetting(record.Subscriptions, version, body)
	return err
}

// AddWebhook subscribes an address. The secret is given once.
func (d *Desk) AddWebhook(ctx context.Context, actor record.Actor, key, address string, events []string) (Webhook, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
		return Webhook{}, record.Invalid("url", "is no address such as https://example.com/hook")
	}
	return once(ctx, d, actor, key, []string{"webhook", address, strings.Join(events, " ")}, func(t *store.Tx) (Webhook, error) {
		all, version, err := webhooks(t)
		if err != nil {
			return Webhook{}, err
		}
		if len(all) >= webhooksMost {
			return Webhook{}, &record.Error{Code: record.CodeRefused, Where: "webhooks", Message: "there are 20 already; remove one first"}
		}
		var secret [32]byte
		rand.Read(secret[:])
		w := Webhook{ID: store.NewID(), URL: u.String(), Secret: "whsec_" + base64.StdEncoding.EncodeToString(secret[:]), Events: events, Created: t.Now().Truncate(time.Second)}
		t.Did("webhook.add", "webhook/"+w.ID, "")
		return w, saveWebhooks(t, append(all, w), version)
	})
}

// Webhooks lists the subscriptions, without their secrets.
func (d *Desk) Webhooks(ctx context.Context, actor record.Actor) (all []Webhook, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, _, err = webhooks(t)
		t.Did("webhook.list", "tenant/"+t.Tenant(), "")
		return err
	})
	for i := range all {
		all[i].Secret = ""
	}
	return all, err
}

// RemoveWebhook ends a subscription.
func (d *Desk) RemoveWebhook(ctx context.Context, actor record.Actor, id string) error {
	return d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, version, err := webhooks(t)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(w Webhook) bool { return w.ID == id })
		if at < 0 {
			return &record.Error{Code: record.CodeNotFound, Where: "webhook", Message: "there is none under this id"}
		}
		t.Did("webhook.remove", "webhook/"+id, "")
		return saveWebhooks(t, slices.Delete(all, at, at+1), version)
	})
}
