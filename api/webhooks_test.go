package api

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/store"
)

// TestWebhookTwoPeople: messages go to an address, and to another one, only when
// a second person has said so; a key may ask and never confirm; to end it needs
// nobody else.
func TestWebhookTwoPeople(t *testing.T) {
	w := newWorld(t)
	ana, ben, key := w.person("one", record.RoleAdmin), w.person("one", record.RoleAdmin), w.key("one", "settings")
	told := func() (targets int) {
		t.Helper()
		ok(t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
			tx.Did("test.tell", "tenant/one", "")
			if err := casework.Tell(tx, "case.changed", record.NoticeData{Case: "x"}); err != nil {
				return err
			}
			waiting, err := tx.Jobs("ready", 100)
			for _, j := range waiting {
				if j.Kind == store.OutboxJob {
					targets++
				}
			}
			return err
		}))
		return targets
	}
	list := func() (Webhooks, map[string]string) {
		r := w.ask("GET", "/v1/webhooks", nil, ana)
		return want[Webhooks](t, r, 200), map[string]string{"If-Match": r.header.Get("ETag")}
	}
	body := []byte(good[reflect.TypeFor[Subscribe]()])
	h := want[Webhook](t, w.ask("POST", "/v1/webhooks", body, ana, map[string]string{"Idempotency-Key": "h1"}), 201)
	if !h.Waiting || !strings.HasPrefix(h.Secret, "whsec_") {
		t.Errorf("%+v", h)
	}
	if n := told(); n != 0 {
		t.Errorf("%d messages before anybody confirmed", n)
	}
	at := "/v1/webhooks/" + h.ID
	_, now := list()
	for who, caller := range map[string]map[string]string{"who asked": ana, "a key": key} {
		if r := w.ask("POST", at+"/confirm", nil, caller, now); r.status != 403 {
			t.Errorf("%s confirms: %d %s", who, r.status, r.body)
		}
	}
	if r := w.ask("POST", at+"/confirm", nil, ben); r.status != 428 {
		t.Errorf("confirmed unseen: %d", r.status)
	}
	want[Webhook](t, w.ask("POST", at+"/confirm", nil, ben, now), 200)
	if n := told(); n != 1 {
		t.Errorf("%d messages after it was confirmed", n)
	}
	// What was confirmed is what was read: another address asked for meanwhile is not it.
	_, now = list()
	other := []byte(`{"url":"https://example.net/other","events":["case.changed"]}`)
	want[Webhook](t, w.ask("PUT", at, other, key, now), 200)
	all, seen := list()
	if len(all.Webhooks) != 2 || all.Webhooks[0].Waiting || !all.Webhooks[1].Waiting || all.Webhooks[1].URL != "https://example.net/other" || all.Webhooks[1].Secret != "" {
		t.Errorf("%+v", all)
	}
	want[Webhook](t, w.ask("PUT", at, []byte(`{"url":"https://example.com/third","events":["job.done"]}`), ana, seen), 200)
	if r := w.ask("POST", at+"/confirm", nil, ben, seen); r.status != 412 {
		t.Errorf("what was not read is confirmed: %d", r.status)
	}
	_, now = list()
	if r := w.ask("POST", at+"/confirm", nil, ana, now); r.status != 403 {
		t.Errorf("who changed it last confirms: %d", r.status)
	}
	if c := want[Webhook](t, w.ask("POST", at+"/confirm", nil, ben, now), 200); c.URL != "https://example.com/third" || c.Secret != "" {
		t.Errorf("%+v", c)
	}
	_, now = list()
	if r := w.ask("POST", at+"/confirm", nil, ben, now); r.status != 409 {
		t.Errorf("nothing waits, and is confirmed: %d", r.status)
	}
	// The database refuses it too, whatever code asks.
	ok(t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
		tx.Did("test.propose", "webhook/x", "")
		_, err := tx.ProposeChange("x", "person/ana", []byte("{}"))
		return err
	}))
	err := w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
		tx.Did("test.confirm", "webhook/x", "")
		all, err := tx.Changes()
		if err != nil {
			return err
		}
		return tx.ConfirmChange(all[len(all)-1].ID, "person/ana")
	})
	if record.CodeOf(err) != record.CodeRefused {
		t.Errorf("the database lets one person confirm: %v", err)
	}
	if r := w.ask("DELETE", at, nil, key); r.status != 204 {
		t.Errorf("removing: %d %s", r.status, r.body)
	}
}

// TestWebhookEvents: what the API lets one subscribe to is what the house tells.
func TestWebhookEvents(t *testing.T) {
	f, _ := reflect.TypeFor[Subscribe]().FieldByName("Events")
	if want := strings.Join(casework.WebhookEvents, ","); f.Tag.Get("enum") != want {
		t.Errorf("%s, not %s", f.Tag.Get("enum"), want)
	}
}
