package casework

import (
	"context"
	"crypto/sha256"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Desk is where people work. Every reading through it leaves an entry in the
// transaction that reads.
type Desk struct {
	Store    *store.Store
	Verifier string // the public half of the key that signs the audit
	// Texts reports whether a gateway would send a text message to a number; nil:
	// there is none, and a person calls.
	Texts func(number string) bool
}

// Ready says whether the record can be read.
func (d *Desk) Ready(ctx context.Context) error { return d.Store.Ready(ctx) }

// notThere is the one answer for what is not there and what is not theirs.
var notThere = &record.Error{Code: record.CodeNotFound, Where: "case", Message: "there is none under this id"}

// mayRead keeps a viewer to the cases that were given to them. Whoever may work
// on cases, and a key that may read them, reads all of the tenant's.
func mayRead(t *store.Tx, c record.Case) error {
	a := t.Actor()
	if a.Kind == record.ActorPerson && !a.Is(record.RoleReviewer, record.RoleLead) && (!a.Is(record.RoleViewer) || c.Assignee != a.ID) {
		return notThere
	}
	if c.ID == "" {
		return nil
	}
	return inCircle(t, c.ID)
}

// oneCase reads a case and whether the actor may read it.
func oneCase(t *store.Tx, id string) (record.Case, error) {
	c, err := t.Case(id)
	if err != nil {
		return c, err
	}
	return c, mayRead(t, c)
}

// subjectCase is the case of a subject, for readers who are bound to theirs. A
// subject that was not screened yet has none.
func subjectCase(t *store.Tx, subject string) (record.Case, error) {
	if _, err := t.Subject(subject); err != nil {
		return record.Case{}, err
	}
	c, err := t.CaseOf(subject)
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		c, err = record.Case{}, nil
	}
	if err != nil {
		return c, err
	}
	return c, mayRead(t, c)
}

// once does f at most once for a key of its caller: a repeat gets the answer of
// the first, which is kept in the transaction of the effect. what is part of
// what is compared, so that one key is not used for two things. T holds no
// personal value.
func once[T any](ctx context.Context, d *Desk, actor record.Actor, key string, what []string, f func(*store.Tx) (T, error)) (T, error) {
	var out T
	digest := sha256.Sum256([]byte(strings.Join(what, "\x00")))
	err := d.Store.Update(ctx, actor, func(t *store.Tx) error {
		var zero T
		out = zero
		if key != "" {
			was, found, err := t.Answer(key, digest[:])
			if err != nil {
				return err
			}
			if found {
				return json.Unmarshal(was.Body, &out)
			}
		}
		var err error
		if out, err = f(t); err != nil || key == "" {
			return err
		}
		body, err := json.Marshal(out)
		if err != nil {
			return err
		}
		return t.KeepAnswer(key, digest[:], "", store.Answer{Status: 200, Body: body})
	})
	return out, err
}
