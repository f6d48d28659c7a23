package casework

import (
	"slices"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

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

func webhooks(t *store.Tx) (all []record.Subscription, version int64, err error) {
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

func saveWebhooks(t *store.Tx, all []record.Subscription, version int64) error {
	body, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = t.SaveSetting(record.Subscriptions, version, body)
	return err
}
