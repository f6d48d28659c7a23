package casework

import (
	"testing"
	"time"

	"bonafide/record"
)

// Everything is counted, nobody is named, and groups too small to hide in are one.
func TestStatistics(t *testing.T) {
	o := openOffice(t)
	var ids []record.Case
	for range 6 {
		ids = append(ids, o.open(record.CaseReview))
	}
	if _, err := o.Ask(o.ctx, reviewer("ana"), ids[0].ID, []Asking{question}); err != nil {
		t.Fatal(err)
	}
	d, err := o.Propose(o.ctx, reviewer("ana"), ids[1].ID, Proposal{To: record.CaseCleared, Reasons: "x", Seen: o.seen(ids[1].ID)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Approve(o.ctx, reviewer("ben"), d.ID, o.seen(ids[1].ID)); err != nil {
		t.Fatal(err)
	}
	works := record.Actor{Kind: record.ActorPerson, ID: "w", Tenant: "acme", Roles: []record.StaffRole{record.RoleWorks}}
	s, err := o.Statistics(o.ctx, works, start.Add(-time.Hour), start.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if s.Cases != 6 || s.Asked != 1 || s.Decided != 1 || s.Deviated != 1 || s.Adverse != 0 || s.States[record.CaseCleared] != 1 || len(s.Roles) != 1 || s.Roles[0].Tier != "T2" {
		t.Errorf("%+v", s)
	}
	o2 := openOffice(t)
	o2.open(record.CaseReview)
	if s, err = o2.Statistics(o2.ctx, works, start.Add(-time.Hour), start.Add(time.Hour)); err != nil || len(s.Roles) != 1 || s.Roles[0].Tier != "" {
		t.Errorf("one case is told apart: %+v %v", s.Roles, err)
	}
}
