package casework

import (
	"context"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/notify"
	"bonafide/record"
)

// TestTextLate: a code that nobody could use any more is not sent.
func TestTextLate(t *testing.T) {
	sent := 0
	p := &Post{Text: func(context.Context, record.Occasion, string, notify.Text) error { sent++; return nil }}
	for until, want := range map[time.Duration]string{-time.Second: "message.late", time.Minute: "message.deliver"} {
		b, err := json.Marshal(notify.Text{To: "+4915100000001", Until: time.Now().Add(until)})
		if err != nil {
			t.Fatal(err)
		}
		if said, err := p.text(context.Background(), record.Occasion{}, "m1", b); said != want || err != nil {
			t.Errorf("%s: %s %v", until, said, err)
		}
	}
	if sent != 1 {
		t.Errorf("%d were sent", sent)
	}
	p.Text = nil
	b, _ := json.Marshal(notify.Text{Until: time.Now().Add(time.Minute)})
	if _, err := p.text(context.Background(), record.Occasion{}, "m1", b); record.CodeOf(err) != record.CodeUnavailable {
		t.Errorf("without a gateway: %v", err)
	}
}
