package store

import (
	"slices"
	"time"
)

// Message is something that is to leave the house. The intent is stored in the
// transaction of its cause; a job of kind "outbox" whose Args are the id delivers
// it, with the id as the receiver's idempotency key.
type Message struct {
	ID        string    `json:"id"`
	Topic     string    `json:"topic"`
	Target    string    `json:"target"` // id of the subscription or channel, never an address
	Subject   string    `json:"subject,omitempty"`
	Stored    time.Time `json:"stored"`
	Delivered time.Time `json:"delivered,omitzero"`
	Body      []byte    `json:"-"`
}

// OutboxJob is the kind of job that delivers a message.
const OutboxJob = "outbox"

// Send stores a message and the job that delivers it.
func (t *Tx) Send(m Message) (id string, err error) {
	if id, err = t.Queue(m); err != nil {
		return "", err
	}
	return id, t.Enqueue(Job{Kind: OutboxJob, Args: []byte(id), Dedupe: id})
}

// Queue stores a message that one job delivers together with others of its target.
func (t *Tx) Queue(m Message) (id string, err error) {
	id = NewID()
	var sealed []byte
	if m.Subject != "" {
		sealed, err = t.seal(m.Subject, m.Body, "outbox", id)
	} else {
		sealed, err = t.sealHouse(m.Body, "outbox", id)
	}
	if err != nil {
		return "", err
	}
	return id, t.put("insert into outbox (tenant, id, topic, target, subject, stored, delivered, sealed) values ($1,$2,$3,$4,$5,$6,0,$7)",
		id, m.Topic, m.Target, m.Subject, micros(t.now), sealed)
}

// Queued opens what waits for a target, oldest first.
func (t *Tx) Queued(topic, target string, limit int) ([]Message, error) {
	type row struct {
		m      Message
		sealed []byte
	}
	rows, err := collect(t, "select id, subject, stored, sealed from outbox where tenant = $1 and delivered = 0 and topic = $2 and target = $3 order by stored, id limit $4", func(s scan) (r row, err error) {
		var at int64
		err = s(&r.m.ID, &r.m.Subject, &at, &r.sealed)
		r.m.Topic, r.m.Target, r.m.Stored = topic, target, moment(at)
		return r, err
	}, topic, target, pageSize(limit))
	if err != nil {
		return nil, err
	}
	all := make([]Message, len(rows))
	for i, r := range rows {
		if r.m.Subject != "" {
			r.m.Body, err = t.open(r.m.Subject, r.sealed, "outbox", r.m.ID)
		} else {
			r.m.Body, err = t.openHouse(r.sealed, "outbox", r.m.ID)
		}
		if err != nil {
			return nil, err
		}
		all[i] = r.m
	}
	return all, nil
}

// QueueLength is how many wait for a target, and since when the oldest does.
func (t *Tx) QueueLength(topic, target string) (n int64, oldest time.Time, err error) {
	var at int64
	err = t.one("outbox", "select count(*), coalesce(min(stored), 0) from outbox where tenant = $1 and delivered = 0 and topic = $2 and target = $3", []any{&n, &at}, topic, target)
	return n, moment(at), err
}

// Unqueue removes messages that were delivered: what they said stands in the record.
func (t *Tx) Unqueue(ids []string) error {
	for part := range slices.Chunk(ids, 200) {
		args := []any{}
		if err := t.put("delete from outbox where tenant = $1 and id in ("+holes(&args, part)+")", args...); err != nil {
			return err
		}
	}
	return nil
}

// Requeue moves messages that wait for a target to another topic; without ids all of them.
func (t *Tx) Requeue(from, to, target string, ids ...string) error {
	if len(ids) == 0 {
		return t.put("update outbox set topic = $3 where tenant = $1 and topic = $2 and target = $4 and delivered = 0", from, to, target)
	}
	for part := range slices.Chunk(ids, 200) {
		args := []any{from, to, target}
		if err := t.put("update outbox set topic = $3 where tenant = $1 and topic = $2 and target = $4 and id in ("+holes(&args, part)+")", args...); err != nil {
			return err
		}
	}
	return nil
}

// EmptyQueue removes all that waits for a target.
func (t *Tx) EmptyQueue(topic, target string) error {
	return t.put("delete from outbox where tenant = $1 and topic = $2 and target = $3", topic, target)
}

// Message opens one.
func (t *Tx) Message(id string) (m Message, err error) {
	var stored, delivered int64
	var sealed []byte
	m.ID = id
	if err := t.one("message", "select topic, target, subject, stored, delivered, sealed from outbox where tenant = $1 and id = $2",
		[]any{&m.Topic, &m.Target, &m.Subject, &stored, &delivered, &sealed}, id); err != nil {
		return m, err
	}
	m.Stored, m.Delivered = moment(stored), moment(delivered)
	if m.Subject != "" {
		m.Body, err = t.open(m.Subject, sealed, "outbox", id)
	} else {
		m.Body, err = t.openHouse(sealed, "outbox", id)
	}
	return m, err
}

// Delivered notes that a message has arrived; again is a conflict.
func (t *Tx) Delivered(id string) error {
	n, err := t.exec("update outbox set delivered = $3 where tenant = $1 and id = $2 and delivered = 0", id, micros(t.now))
	return changed(n, err, conflict("message", "it is not there, or delivered"))
}
