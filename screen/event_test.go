package screen_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// TestEventEvidence: an event of a known kind becomes evidence where the policy
// has opened the module after the hire; where it has not, its content is not
// kept; what is no known event is kept as it came; told again it is known.
func TestEventEvidence(t *testing.T) {
	k, actor := newKeeper(t)
	rules, err := policy.Parse(strings.NewReader("version 1\nreview when 1 conclusive\nmodule after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-02-01\nroutine otherwise\n"))
	if err != nil {
		t.Fatal(err)
	}
	k.Screen.Policy = rules
	ctx := context.Background()
	subject := map[string]string{}
	hand := func(id, country string) {
		t.Helper()
		got, err := k.Accept(ctx, actor, screen.Delivery{Raw: fmt.Appendf(nil, `{"id":%q,"source":"form","received_at":"2026-03-02T09:00:00Z","role":{"country":%q,"tier":"T2"},"person":{"name":"Nora Muster"}}`, id, country)})
		if err != nil {
			t.Fatal(err)
		}
		subject[id] = got.Subject
	}
	hand("open", "PT")
	hand("locked", "AT")
	for _, c := range []struct {
		id, of, kind, data, became string
		again                      bool
	}{
		{"1", "open", "com.example.sign-in", `{"ip":"192.0.2.7","account":"nora"}`, screen.EventEvidence, false},
		{"1", "open", "com.example.sign-in", `{"ip":"192.0.2.7","account":"nora"}`, screen.EventEvidence, true},
		{"2", "open", "anything", `{"kind":"clone","object":"core","count":40}`, screen.EventEvidence, false},
		{"3", "open", "com.example.offer", `{"signed":true}`, screen.EventKept, false},
		{"4", "open", "com.example.clone", `{"repository":"core"}`, screen.EventKept, false}, // of the same name, another thing
		{"5", "open", "com.example.clone", ``, screen.EventKept, false},
		{"6", "locked", "com.example.sign-in", `{"ip":"192.0.2.7","account":"tobias"}`, screen.EventLocked, false},
		{"7", "locked", "com.example.offer", `{"signed":true}`, screen.EventKept, false},
	} {
		_, became, again, err := k.Event(ctx, actor, screen.Event{Source: "hris", ID: c.id, Type: c.kind, Record: "form/" + c.of, At: time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC), Data: []byte(c.data), Raw: []byte(`{"data":` + c.data + `}`)})
		if err != nil || became != c.became || again != c.again {
			t.Errorf("%s %s: %s %v %v", c.id, c.kind, became, again, err)
		}
	}
	if who, _ := screened(t, k, map[string]string{subject["open"]: "open", subject["locked"]: "locked"}); !slices.Equal(who, []string{"open"}) {
		t.Errorf("screened again: %v", who)
	}
	// The system sends the application anew, and knows nothing of what was seen.
	hand("open", "PT")
	err = k.Store.Update(ctx, actor, func(tx *store.Tx) error {
		tx.Did("test.read", "tenant/main", "")
		a, err := tx.Application(subject["open"])
		if err != nil {
			return err
		}
		var kinds []string
		for _, e := range a.Events {
			kinds = append(kinds, e.Source+" "+e.ID+" "+e.Kind+" "+e.At.Format(time.DateOnly))
		}
		if want := []string{"hris 1 sign-in 2026-04-01", "hris 2 clone 2026-04-01"}; !slices.Equal(kinds, want) {
			t.Errorf("on the record: %v, want %v", kinds, want)
		}
		events, err := tx.Events(subject["locked"], 10)
		for _, e := range events {
			if strings.Contains(string(e.Body), "192.0.2.7") {
				t.Error("the content of an event that is locked was kept")
			}
		}
		if len(events) != 2 {
			t.Errorf("%d events of the locked record", len(events))
		}
		if a, err = tx.Application(subject["locked"]); err == nil && len(a.Events) > 0 {
			t.Error("an event that is locked is on the record")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := k.Event(ctx, actor, screen.Event{Source: "hris", ID: "9", Type: "x", Record: "form/nobody"}); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("an event of nobody: %v", err)
	}
}
