package casework

import (
	"context"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/notify"
	"bonafide/record"
	"bonafide/store"
)

// TextTopic marks messages that are text messages to one telephone.
const TextTopic = "text"

// sendText stores a text message; its job hands it to the gateway.
func sendText(t *store.Tx, subject string, m notify.Text) error {
	b, err := json.Marshal(m)
	if err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "text", Message: "a message cannot be written", Err: err}
	}
	id, err := t.Send(store.Message{Topic: TextTopic, Target: TextTopic, Subject: subject, Body: b})
	if err == nil {
		t.Did("text.send", "message/"+id, "")
	}
	return err
}

// text hands one over, and says what became of it. One that comes too late to be of
// use is not sent any more; one that the gateway refuses is not tried again.
func (p *Post) text(ctx context.Context, on record.Occasion, id string, body []byte) (said string, err error) {
	var m notify.Text
	if json.Unmarshal(body, &m) != nil {
		return "", &record.Error{Code: record.CodeInternal, Where: "text", Message: "a message cannot be read back"}
	}
	if !m.Until.After(time.Now()) {
		return "message.late", nil
	}
	if p.Text == nil {
		return "", &record.Error{Code: record.CodeUnavailable, Where: "text", Message: "no gateway is named; bonafide serve --text-gateway does"}
	}
	err = p.Text(ctx, on, id, m)
	switch record.CodeOf(err) {
	case record.CodeRefused, record.CodeInvalid:
		if err != nil {
			return "message.refused", nil
		}
	}
	return "message.deliver", err
}

// callInstead asks somebody to call whom no text message reached.
func callInstead(t *store.Tx, subject string) error {
	c, err := t.CaseOf(subject)
	if record.CodeOf(err) == record.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return ownTask(t, &c, "A text message with a code could not be sent to the person's telephone. Offer them a call; on their page they can ask for one.")
}
