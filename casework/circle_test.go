package casework

import (
	"slices"
	"testing"

	"bonafide/record"
	"bonafide/store"
)

// A closed case is seen by the people on its list, who admit others by name;
// closing it again, or opening a guide that closes cases, leaves the list alone.
func TestCircle(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	var ben, vera string
	err := o.Store.Update(o.ctx, record.Actor{Kind: record.ActorOperator, ID: "test", Tenant: "acme"}, func(x *store.Tx) error {
		for address, of := range map[string]*string{"ben@example.org": &ben, "vera@example.org": &vera} {
			role := record.RoleReviewer
			if of == &vera {
				role = record.RoleViewer
			}
			u, err := x.AddUser(store.User{Login: address, Roles: []record.StaffRole{role}, State: "active"})
			if err != nil {
				return err
			}
			*of = u.ID
			x.Did("user.add", "user/"+u.ID, "")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ana := reviewer("ana")
	is(t, "a list of an open case", o.Admit(o.ctx, ana, c.ID, "ben@example.org"), record.CodeConflict)
	if err := o.Seal(o.ctx, ana, c.ID); err != nil {
		t.Fatal(err)
	}
	_, err = o.Circle(o.ctx, reviewer(ben), c.ID)
	is(t, "read from outside", err, record.CodeNotFound)
	is(t, "closed from outside", o.Seal(o.ctx, reviewer(ben), c.ID), record.CodeNotFound)
	is(t, "admitted by oneself", o.Admit(o.ctx, reviewer(ben), c.ID, "ben@example.org"), record.CodeNotFound)
	is(t, "nobody", o.Admit(o.ctx, ana, c.ID, "nobody@example.org"), record.CodeInvalid)
	is(t, "somebody who works on no case", o.Admit(o.ctx, ana, c.ID, "vera@example.org"), record.CodeInvalid)
	for range 2 {
		if err := o.Admit(o.ctx, ana, c.ID, " Ben@example.org "); err != nil {
			t.Fatal(err)
		}
		if err := o.OpenGuide(o.ctx, ana, c.ID, "insider"); err != nil && record.CodeOf(err) != record.CodeConflict {
			t.Fatal(err)
		}
	}
	people, err := o.Circle(o.ctx, reviewer(ben), c.ID)
	if err != nil || len(people) != 2 || !slices.Contains(people, ben) {
		t.Fatal(people, err)
	}
	is(t, "leaves", o.Dismiss(o.ctx, ana, c.ID, "ana"), record.CodeRefused)
	is(t, "dismissed twice", o.Dismiss(o.ctx, ana, c.ID, vera), record.CodeNotFound)
	if err := o.Dismiss(o.ctx, ana, c.ID, ben); err != nil {
		t.Fatal(err)
	}
	_, err = o.Circle(o.ctx, reviewer(ben), c.ID)
	is(t, "after that", err, record.CodeNotFound)
}
