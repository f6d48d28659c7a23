package store

import "time"

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

// SaveEvent stores an event once: again is true when it was told before, and
// then nothing is written.
func (t *Tx) SaveEvent(e Event) (id string, again bool, err error) {
	blind, err := t.Blind("event", e.Source+"\x00"+e.Key)
	if err != nil {
		return "", false, err
	}
	err = t.each("select id from events where tenant = $1 and blind = $2", func(s scan) error {
		again = true
		return s(&id)
	}, blind)
	if err != nil || again {
		return id, again, err
	}
	id = NewID()
	sealed, err := t.sealJSON(e.Subject, eventBody{e.Source, e.Key, e.Body}, "events", id)
	if err != nil {
		return "", false, err
	}
	err = t.put("insert into events (tenant, id, blind, subject, kind, at, stored, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8)",
		id, blind, e.Subject, e.Kind, micros(e.At), micros(t.now), sealed)
	return id, false, err
}

// Events opens the events of a subject, oldest first.
func (t *Tx) Events(subject string, limit int) ([]Event, error) {
	type row struct {
		e      Event
		sealed []byte
	}
	rows, err := collect(t, "select id, kind, at, stored, sealed from events where tenant = $1 and subject = $2 order by at, id limit $3", func(s scan) (r row, err error) {
		var at, stored int64
		err = s(&r.e.ID, &r.e.Kind, &at, &stored, &r.sealed)
		r.e.Subject, r.e.At, r.e.Stored = subject, moment(at), moment(stored)
		return r, err
	}, subject, pageSize(limit))
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
