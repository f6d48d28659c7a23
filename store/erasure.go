package store

import (
	"fmt"
	"strings"
	"time"

	"bonafide/record"
)

// personal are the tables that hold rows of a subject, in the order in which
// they may go. A test compares the list with the schema.
var personal = []string{
	"requests", "tasks", "notes", "decisions", "cases", "file_parts", "files", "event_blocks", "events", "terms", "edges", "link_keys",
	"profiles", "results", "applications", "answers", "outbox", "jobs", "tokens", "clocks", "holds", "lookups", "subject_keys",
}

// Erasure is the proof that a subject is gone: what stays of it.
type Erasure struct {
	ID       string    `json:"id"`
	Subject  string    `json:"subject"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Approver string    `json:"approver,omitempty"`
	Counts   string    `json:"counts"` // "table=rows …"
}

// Erase destroys a subject: its key, so that no copy can be read any more, and
// every row. What stays is a line in the ledger, which a restore replays, and
// the audit, which holds no personal value. A legal hold refuses it and says so.
// approver is the second person where two are required, else "".
// After the transaction call Store.Scrub, so that nothing waits in the log of
// the database.
func (t *Tx) Erase(subject, reason, approver string) (Erasure, error) {
	var blind []byte
	if err := t.one("subject", "select blind from subjects where tenant = $1 and id = $2"+t.lock(), []any{&blind}, subject); err != nil {
		return Erasure{}, err
	}
	n, err := t.count("select count(*) from holds where tenant = $1 and subject = $2 and released = 0 and expires > $3", subject, micros(t.now))
	if err != nil {
		return Erasure{}, err
	}
	if n > 0 {
		return Erasure{}, &record.Error{Code: record.CodeRefused, Where: "erasure", Message: "a legal hold is in force on this subject; it must be released first"}
	}
	e := Erasure{ID: NewID(), Subject: subject, Reason: reason, At: t.now, By: actorWord(t.actor), Approver: approver}
	t.ledger = append(t.ledger, ledgerLine{Tenant: t.tenant, Erased: subject, Blind: hexOf(blind), Reason: reason, At: micros(t.now)})
	if e.Counts, err = t.erase(subject); err != nil {
		return Erasure{}, err
	}
	_, err = t.exec("insert into erasures (tenant, id, subject, blind, reason, at, by_actor, approver, counts) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
		e.ID, subject, blind, reason, micros(t.now), e.By, approver, e.Counts)
	return e, err
}

// erase removes every row of a subject and says how many, by table.
func (t *Tx) erase(subject string) (string, error) {
	if err := t.dropEventKeys(subject); err != nil {
		return "", err
	}
	var counts []string
	for _, table := range personal {
		q := "delete from " + table + " where tenant = $1 and subject = $2"
		switch table {
		case "edges":
			q = "delete from " + table + " where tenant = $1 and (subject = $2 or other = $2)"
		case "decisions": // an appeal before what it appeals
			if _, err := t.exec("delete from decisions where tenant = $1 and subject = $2 and appeals_to is not null", subject); err != nil {
				return "", err
			}
		}
		n, err := t.exec(q, subject)
		if err != nil {
			return "", err
		}
		if n > 0 {
			counts = append(counts, fmt.Sprintf("%s=%d", table, n))
		}
	}
	n, err := t.exec("delete from subjects where tenant = $1 and id = $2", subject)
	if n > 0 {
		counts = append(counts, fmt.Sprintf("subjects=%d", n))
	}
	delete(t.keys, subject)
	return strings.Join(counts, " "), err
}

// Erasures lists the ledger, oldest first.
func (t *Tx) Erasures(limit int) ([]Erasure, error) {
	return collect(t, "select id, subject, reason, at, by_actor, approver, counts from erasures where tenant = $1 order by at, id limit $2", func(s scan) (e Erasure, err error) {
		var at int64
		err = s(&e.ID, &e.Subject, &e.Reason, &at, &e.By, &e.Approver, &e.Counts)
		e.At = moment(at)
		return e, err
	}, pageSize(limit))
}

// ClosedKey is one digest that a closed case of established misrepresentation
// leaves behind, with an end of its own and no subject.
type ClosedKey struct {
	Value uint64
	Kind  record.Kind
	Case  string
	Until time.Time
}

// KeepClosed keeps digests of a case past its erasure, for so many days from now.
func (t *Tx) KeepClosed(caseID string, keys []LinkKey, days int) error {
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{int64(k.Value), int64(k.Kind), caseID, micros(t.now) + inMicros(days), micros(t.now)}
	}
	return t.many("insert into closed_keys (tenant, key, kind, closed_case, until_at, began) values ", " on conflict (tenant, key, kind, closed_case) do update set until_at = excluded.until_at, began = excluded.began", 6, rows)
}

// Closed finds which of the values closed cases have left, while their time lasts.
func (t *Tx) Closed(values []uint64) ([]ClosedKey, error) {
	var all []ClosedKey
	for _, v := range values {
		part, err := collect(t, "select key, kind, closed_case, until_at from closed_keys where tenant = $1 and key = $2 and until_at > $3 order by kind, closed_case", func(s scan) (k ClosedKey, err error) {
			var key, kind, until int64
			err = s(&key, &kind, &k.Case, &until)
			k.Value, k.Kind, k.Until = uint64(key), record.Kind(kind), moment(until)
			return k, err
		}, int64(v), micros(t.now))
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}

// DropClosed forgets closed keys whose time is over, and says how many.
func (t *Tx) DropClosed() (int64, error) {
	return t.exec("delete from closed_keys where tenant = $1 and until_at <= $2", micros(t.now))
}
