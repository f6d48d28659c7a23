package store

import (
	"cmp"
	"slices"
	"time"
)

// Event is something that happened to a subject, as another system told it.
type Event struct {
	ID      string    `json:"id"`
	Source  string    `json:"source"` // with Key: what makes it one event, however often it is told
	Key     string    `json:"key"`
	Subject string    `json:"subject"`
	Kind    string    `json:"kind"`
	At      time.Time `json:"at"`
	Stored  time.Time `json:"stored"`
	Body    []byte    `json:"body"`
}

type eventBody struct {
	Source, Key string
	Body        []byte
}

// eventBlind is what makes it one event, as the database may know it.
func (t *Tx) eventBlind(source, key string) ([]byte, error) {
	return t.Blind("event", source+"\x00"+key)
}

// eventID is the id of an event, which has no row of its own for long: it follows
// from what makes it one. Events of versions before this rule have random ones.
func eventID(blind []byte) string { return idLetters.EncodeToString(blind) }

// SaveEvent stores an event once: again is true when it was told before, and
// then nothing is written.
func (t *Tx) SaveEvent(e Event) (id string, again bool, err error) {
	blind, err := t.eventBlind(e.Source, e.Key)
	if err != nil {
		return "", false, err
	}
	// One statement, one moment: an event that is being folded stands in one of the two.
	err = t.each("select id from events where tenant = $1 and blind = $2 union all select id from event_keys where tenant = $1 and blind = $2", func(s scan) error {
		again = true
		return s(&id)
	}, blind)
	if err != nil || again {
		return cmp.Or(id, eventID(blind)), again, err
	}
	id = eventID(blind)
	sealed, err := t.sealJSON(e.Subject, eventBody{e.Source, e.Key, e.Body}, "events", id)
	if err != nil {
		return "", false, err
	}
	err = t.put("insert into events (tenant, id, blind, subject, kind, at, stored, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8)",
		id, blind, e.Subject, e.Kind, micros(e.At), micros(t.now), sealed)
	return id, false, err
}

// Events opens the events of a subject, oldest first, 1,000 at most.
func (t *Tx) Events(subject string, limit int) ([]Event, error) {
	most := int(pageSize(limit))
	// Those with a row of their own first: one that is folded meanwhile is then read twice, and never missed.
	rows, err := t.looseEvents("select id, kind, at, stored, sealed from events where tenant = $1 and subject = $2 order by at, id limit $3", subject, int64(most))
	if err != nil {
		return nil, err
	}
	all, err := t.foldedEvents(subject, most)
	if err != nil {
		return nil, err
	}
	// A node of an older version may have stored again what this one had folded.
	have := make(map[[2]string]bool, len(all))
	for i := range all {
		have[[2]string{all[i].Source, all[i].Key}] = true
	}
	for _, e := range rows {
		if !have[[2]string{e.Source, e.Key}] {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, inTime)
	return all[:min(len(all), most)], nil
}

func inTime(a, b Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) }

// looseEvents opens events that have rows of their own.
func (t *Tx) looseEvents(query, subject string, args ...any) ([]Event, error) {
	type row struct {
		e      Event
		sealed []byte
	}
	rows, err := collect(t, query, func(s scan) (r row, err error) {
		var at, stored int64
		err = s(&r.e.ID, &r.e.Kind, &at, &stored, &r.sealed)
		r.e.Subject, r.e.At, r.e.Stored = subject, moment(at), moment(stored)
		return r, err
	}, append([]any{subject}, args...)...)
	if err != nil {
		return nil, err
	}
	all := make([]Event, len(rows))
	for i, r := range rows {
		var b eventBody
		if err := t.openJSON(subject, r.sealed, &b, "events", r.e.ID); err != nil {
			return nil, err
		}
		r.e.Source, r.e.Key, r.e.Body = b.Source, b.Key, b.Body
		all[i] = r.e
	}
	return all, nil
}

// foldedEvents opens the blocks of a subject until they hold as many events as
// are asked for, all older than any in the blocks after.
func (t *Tx) foldedEvents(subject string, most int) (all []Event, err error) {
	err = t.eachBlock(subject, func(first time.Time, events []Event) (more bool) {
		older := 0
		for i := range all {
			if all[i].At.Before(first) {
				older++
			}
		}
		if older >= most {
			return false
		}
		all = append(all, events...)
		return true
	})
	return all, err
}
