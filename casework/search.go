package casework

import (
	"context"
	"strings"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// Holders is who holds a value.
type Holders struct {
	Holders int
	Crowded bool
	Found   []Holder
}

// Holder is one subject that holds a value.
type Holder struct {
	Subject, Case, Record string
	State                 record.CaseState
	Since                 time.Time
}

// Bounds of a search: from crowd on a value is everybody's.
const (
	searchShown = 50
	searchCrowd = 1000
)

// Search says who holds a value, by the digests under which linking finds it.
// The data-protection officer is told how many and which subjects, to answer a
// person's question, and nothing of their cases.
func (d *Desk) Search(ctx context.Context, actor record.Actor, kind string, values []uint64) (out Holders, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		out = Holders{}
		found, err := t.Holders(values, searchCrowd)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		cases := actor.Kind == record.ActorKey || actor.Is(record.RoleReviewer, record.RoleLead)
		for _, h := range found {
			if seen[h.Subject] {
				continue
			}
			seen[h.Subject] = true
			if out.Holders++; len(out.Found) == searchShown {
				continue
			}
			one := Holder{Subject: h.Subject, Since: h.At}
			if c, err := t.CaseOf(h.Subject); err == nil && cases && mayRead(t, c) == nil {
				one.Case, one.State = c.ID, c.State
			} else if err != nil && record.CodeOf(err) != record.CodeNotFound {
				return err
			}
			out.Found = append(out.Found, one)
		}
		out.Crowded = len(found) >= searchCrowd
		t.Did("value.search", "tenant/"+t.Tenant(), "", kind)
		return nil
	})
	return out, err
}

// Find says which subject a record is: SOURCE/ID.
func (d *Desk) Find(ctx context.Context, actor record.Actor, name string) (out Holder, err error) {
	source, id, ok := strings.Cut(name, "/")
	if !ok {
		return out, record.Invalid("value", "is no record name: SOURCE/ID")
	}
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		subject, err := t.FindSubject(source, id)
		if err != nil {
			return err
		}
		s, err := t.Subject(subject)
		if err != nil {
			return err
		}
		out = Holder{Subject: subject, Since: s.Received}
		if actor.Kind == record.ActorKey || actor.Is(record.RoleReviewer, record.RoleLead) {
			if c, err := t.CaseOf(subject); err == nil && mayRead(t, c) == nil {
				out.Case, out.State = c.ID, c.State
			} else if err != nil && record.CodeOf(err) != record.CodeNotFound {
				return err
			}
		}
		t.Did("record.find", "subject/"+subject, "")
		return nil
	})
	return out, err
}
