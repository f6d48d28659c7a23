package store

import (
	"context"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Lookup is one question that left the house: who was asked, on what occasion,
// what came back. Where it went is sealed, because a path may name a person; it
// goes with the subject whom it concerned.
type Lookup struct {
	ID       string    `json:"id"`
	At       time.Time `json:"at"`
	Subject  string    `json:"subject,omitempty"` // whom it concerned; "" for nobody in particular
	Occasion string    `json:"occasion"`          // noun.verb, as the audit writes it
	By       string    `json:"by"`                // the connector, or the part of the house
	Host     string    `json:"host"`
	Path     string    `json:"path,omitempty"`    // without the query
	Address  string    `json:"address,omitempty"` // that was connected to
	Status   int       `json:"status,omitempty"`
	Bytes    int64     `json:"bytes,omitempty"`
	Took     int64     `json:"took"`          // milliseconds
	Why      string    `json:"why,omitempty"` // why it failed or was refused
	Own      bool      `json:"own,omitempty"` // not a connector's
}

// keepWithin: a look-up is written down, although its job is over.
const keepWithin = 10 * time.Second

// KeepLookup writes one down in a transaction of its own; it is the ledger of
// whatever asks outside (egress).
func (s *Store) KeepLookup(on record.Occasion, l record.Lookup) error {
	ctx, stop := context.WithTimeout(context.Background(), keepWithin)
	defer stop()
	return s.Update(ctx, record.Actor{Kind: record.ActorMachine, ID: "egress", Tenant: on.Tenant}, func(t *Tx) error {
		x := Lookup{At: t.Now().Add(-l.Took), Subject: on.Subject, Occasion: on.Act, By: on.By, Host: l.Host, Path: l.Path, Address: l.Address, Status: l.Status, Bytes: l.Bytes, Took: l.Took.Milliseconds(), Why: l.Why, Own: on.Own}
		var of string
		if on.Subject != "" {
			if _, err := t.Subject(on.Subject); err != nil {
				x.Subject = "" // erased meanwhile: that somebody was asked stays, whom about does not
				x.Path = ""
			} else if c, err := t.CaseOf(on.Subject); err == nil {
				of = c.ID
			} else if record.CodeOf(err) != record.CodeNotFound {
				return err
			}
		}
		t.Did("lookup.add", "asker/"+on.By, of)
		return t.AddLookup(x)
	})
}

// AddLookup notes one.
func (t *Tx) AddLookup(l Lookup) error {
	l.ID = NewID()
	b, err := json.Marshal(l, json.Deterministic(true))
	if err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "lookups", Message: "cannot be written as JSON"}
	}
	var sealed []byte
	if l.Subject != "" {
		sealed, err = t.seal(l.Subject, b, "lookups", l.ID)
	} else {
		sealed, err = t.sealHouse(b, "lookups", l.ID)
	}
	if err != nil {
		return err
	}
	own := 0
	if l.Own {
		own = 1
	}
	_, err = t.exec("insert into lookups (tenant, id, at, subject, sealed, own) values ($1,$2,$3,$4,$5,$6)", l.ID, micros(l.At), l.Subject, sealed, own)
	return err
}

// Lookups lists those before a time, newest first.
func (t *Tx) Lookups(before time.Time, limit int) ([]Lookup, error) {
	return t.lookups("and at < $2 order by at desc, id desc limit $3", micros(before), pageSize(limit))
}

// LookupsOf lists those that concerned a subject, newest first.
func (t *Tx) LookupsOf(subject string, limit int) ([]Lookup, error) {
	return t.lookups("and subject <> '' and subject = $2 order by at desc, id desc limit $3", subject, pageSize(limit))
}

// CountLookups says how many questions of connectors left since a time.
func (t *Tx) CountLookups(since time.Time) (int64, error) {
	return t.count("select count(*) from lookups where tenant = $1 and at >= $2 and own = 0", micros(since))
}

// DropLookups forgets those before a time.
func (t *Tx) DropLookups(before time.Time) (int64, error) {
	return t.exec("delete from lookups where tenant = $1 and at < $2", micros(before))
}

func (t *Tx) lookups(rest string, args ...any) ([]Lookup, error) {
	type row struct {
		id, subject string
		sealed      []byte
	}
	rows, err := collect(t, "select id, subject, sealed from lookups where tenant = $1 "+rest, func(s scan) (r row, err error) {
		return r, s(&r.id, &r.subject, &r.sealed)
	}, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Lookup, len(rows))
	for i, r := range rows {
		var b []byte
		if r.subject != "" {
			b, err = t.open(r.subject, r.sealed, "lookups", r.id)
		} else {
			b, err = t.openHouse(r.sealed, "lookups", r.id)
		}
		if err != nil {
			return nil, err
		}
		if json.Unmarshal(b, &all[i]) != nil {
			return nil, &record.Error{Code: record.CodeInternal, Where: "lookups", Message: "does not read back as it was written"}
		}
	}
	return all, nil
}
