package casework

import (
	"testing"

	"bonafide/record"
)

// A filter is its maker's; an address that says more than a filter loses it.
func TestFilters(t *testing.T) {
	o := openOffice(t)
	if err := o.SaveFilter(o.ctx, reviewer("ana"), "Payments, T2", "view=open&tier=T2&after=xyz&value=erika@example.org"); err != nil {
		t.Fatal(err)
	}
	all, err := o.Filters(o.ctx, reviewer("ana"))
	if err != nil || len(all) != 1 || all[0].Query != "tier=T2&view=open" {
		t.Errorf("%+v %v", all, err)
	}
	if all, err := o.Filters(o.ctx, reviewer("ben")); err != nil || len(all) != 0 {
		t.Errorf("another's: %+v %v", all, err)
	}
	if err := o.SaveFilter(o.ctx, reviewer("ana"), "Payments, T2", ""); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Filters(o.ctx, reviewer("ana")); len(all) != 0 {
		t.Errorf("not forgotten: %+v", all)
	}
	is(t, "no name", o.SaveFilter(o.ctx, reviewer("ana"), " ", "view=open"), record.CodeInvalid)
}

// The next case is the one after, in the order of the queue; a sealed one is
// passed over by whoever is not in its circle.
func TestNextCase(t *testing.T) {
	o := openOffice(t)
	for range 3 {
		o.open(record.CaseReview)
	}
	f := Filter{States: []record.CaseState{record.CaseReview}}
	order, _, err := o.Cases(o.ctx, reviewer("ana"), f)
	if err != nil || len(order) != 3 {
		t.Fatal(order, err)
	}
	if next, err := o.NextCase(o.ctx, reviewer("ana"), f, order[0].ID); err != nil || next != order[1].ID {
		t.Errorf("%s %v", next, err)
	}
	if err := o.Seal(o.ctx, reviewer("zoe"), order[1].ID); err != nil {
		t.Fatal(err)
	}
	if next, err := o.NextCase(o.ctx, reviewer("ana"), f, order[0].ID); err != nil || next != order[2].ID {
		t.Errorf("past a sealed one: %s %v", next, err)
	}
	if next, err := o.NextCase(o.ctx, reviewer("ana"), f, order[2].ID); err != nil || next != "" {
		t.Errorf("at the end: %s %v", next, err)
	}
}
