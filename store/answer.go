package store

import (
	"bytes"
	"time"
)

// Answer is what a request with an idempotency key was answered. It is stored in
// the transaction of the effect: a client that never saw the answer asks again
// with the same key and gets it, and the effect stays one.
type Answer struct {
	Status int
	Body   []byte
	Stored time.Time
}

// Answer finds the answer of a key. digest is of the whole request: the same key
// with another request is a conflict.
func (t *Tx) Answer(key string, digest []byte) (a Answer, found bool, err error) {
	blind, err := t.Blind("idempotency", actorWord(t.actor)+"\x00"+key)
	if err != nil {
		return a, false, err
	}
	var was, sealed []byte
	var status, stored int64
	var subject string
	err = t.each("select digest, status, stored, subject, sealed from answers where tenant = $1 and key = $2", func(s scan) error {
		found = true
		return s(&was, &status, &stored, &subject, &sealed)
	}, blind)
	if err != nil || !found {
		return a, false, err
	}
	if !bytes.Equal(was, digest) {
		return a, true, conflict("Idempotency-Key", "it was used for another request")
	}
	a.Status, a.Stored = int(status), moment(stored)
	if subject == "" {
		a.Body, err = t.openHouse(sealed, "answers", hexOf(blind))
	} else {
		a.Body, err = t.open(subject, sealed, "answers", hexOf(blind))
	}
	return a, true, err
}

// KeepAnswer stores the answer of a key. subject is whose data the body holds,
// "" for nobody's; with it the answer goes when the subject is erased. Two at
// once with one key: one gets a conflict, and finds the other's answer when it
// asks again.
func (t *Tx) KeepAnswer(key string, digest []byte, subject string, a Answer) error {
	blind, err := t.Blind("idempotency", actorWord(t.actor)+"\x00"+key)
	if err != nil {
		return err
	}
	var sealed []byte
	if subject == "" {
		sealed, err = t.sealHouse(a.Body, "answers", hexOf(blind))
	} else {
		sealed, err = t.seal(subject, a.Body, "answers", hexOf(blind))
	}
	if err != nil {
		return err
	}
	err = t.put("insert into answers (tenant, key, digest, status, stored, subject, sealed) values ($1,$2,$3,$4,$5,$6,$7)",
		blind, digest, int64(a.Status), micros(t.now), subject, sealed)
	return err
}

// DropAnswers forgets answers older than before.
func (t *Tx) DropAnswers(before time.Time) (int64, error) {
	return t.exec("delete from answers where tenant = $1 and stored < $2", micros(before))
}
