package screen

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// Event is what another system told about a record.
type Event struct {
	Source, ID, Type string
	Record           string // SOURCE/ID
	At               time.Time
	Data             []byte // JSON of what happened, as the system tells it; nil for none
	Raw              []byte // the whole of it, as it came
}

// What became of an event.
const (
	EventKept     = "kept"     // stored and shown on the case; no check reads it
	EventEvidence = "evidence" // put on the record, which is screened again
	EventLocked   = "locked"   // of work after the hire, which the policy has not opened: its content is not kept
)

// eventKinds are those of record.Event: what systems at work see.
var eventKinds = []string{"sign-in", "sign-in-failed", "factor-added", "factor-removed", "clone", "fork", "push", "download", "share", "made-public",
	"member-added", "key-added", "publish", "admin-asked", "call", "action", "api-call", "revoked", "use"}

// eventsMost are how many a record takes: every one makes a version of it.
const eventsMost = 5000

// Event stores an event once; told again it is known already. An event about a
// record that is not there is not found: send the application first. One whose
// data is an event of the application record becomes evidence on it, as far as
// the policy has opened the module after the hire; else only that it came is kept.
func (k *Keeper) Event(ctx context.Context, actor record.Actor, e Event) (id, became string, again bool, err error) {
	source, name, ok := strings.Cut(e.Record, "/")
	if !ok {
		return "", "", false, record.Invalid("subject", "is no record name: SOURCE/ID")
	}
	seen, known := e.seen()
	err = k.Store.Update(ctx, actor, func(t *store.Tx) error {
		became = EventKept
		subject, err := t.FindSubject(source, name)
		if err != nil {
			return err
		}
		at := e.At
		if at.IsZero() {
			at = t.Now()
		}
		var a *record.Application
		body := e.Raw
		if known {
			if a, err = t.Application(subject); err != nil {
				return err
			}
			rules, err := k.rules(t)
			if err != nil {
				return err
			}
			switch {
			case !rules.AfterHire(a):
				became, body = EventLocked, []byte("{}")
			case len(a.Events) < eventsMost:
				became = EventEvidence
			}
		}
		id, again, err = t.SaveEvent(store.Event{Source: e.Source, Key: e.ID, Subject: subject, Kind: e.Type, At: at, Body: body})
		if err != nil {
			return err
		}
		t.Did("event.add", "subject/"+subject, "", "event")
		if again || became != EventEvidence {
			return nil
		}
		if seen.At.IsZero() {
			seen.At = at
		}
		if connect.Attach(a, []connect.Seen{{Event: &seen}}, true) == 0 {
			return nil
		}
		if err := tellEvents(t, subject, []record.Event{seen}); err != nil {
			return err
		}
		saved, err := t.SaveApplication(a)
		if err != nil || saved.Same {
			return err
		}
		t.Did("event.use", "subject/"+subject, "", "application")
		return k.enqueue(t, subject, hops)
	})
	return id, became, again, err
}

// seen reads the data as an event of the application record: its kind is one of
// those, in the data or as the last word of the type. What has members that such
// an event has not is some other event of the same name, and kept as it is.
func (e *Event) seen() (x record.Event, known bool) {
	data := bytes.TrimSpace(e.Data)
	if len(data) == 0 || data[0] != '{' || json.Unmarshal(data, &x) != nil || len(x.Unknown) > 0 {
		return x, false
	}
	if x.Kind == "" {
		x.Kind = e.Type[strings.LastIndexAny(e.Type, "./")+1:]
	}
	if !slices.Contains(eventKinds, x.Kind) {
		return x, false
	}
	if x.At.IsZero() {
		x.At = e.At
	}
	if x.ID == "" {
		x.ID = e.ID
	}
	if x.Source == "" {
		x.Source = e.Source
	}
	return x, true
}
