package store

import "time"

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
	if err := t.put("insert into outbox (tenant, id, topic, target, subject, stored, delivered, sealed) values ($1,$2,$3,$4,$5,$6,0,$7)",
		id, m.Topic, m.Target, m.Subject, micros(t.now), sealed); err != nil {
		return "", err
	}
	err = t.Enqueue(Job{Kind: OutboxJob, Args: []byte(id), Dedupe: id})
	return id, err
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
