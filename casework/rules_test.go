package casework

import (
	"slices"
	"strings"
	"testing"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

func lead(id string) record.Actor {
	return record.Actor{Kind: record.ActorPerson, ID: id, Tenant: "acme", Roles: []record.StaffRole{record.RoleLead}}
}

// Rules are drafted by one, tried on the cases there are, and put in force by
// another; the one who drafted them is refused by the database too.
func TestRules(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseVerifyMore)
	if err := o.Store.Update(o.ctx, record.Machine("acme"), func(tx *store.Tx) error {
		_, err := tx.SaveResult(c.Subject, 1, &record.Result{Assessment: record.VerifyMore, Findings: []record.Finding{
			{Check: "pay-third-party-payee", Outcome: record.Hit, Strength: record.Strong, Family: record.Pay},
		}})
		tx.Did("subject.screen", "subject/"+c.Subject, c.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	_, err := o.DraftRules(o.ctx, lead("ana"), "review when pigs fly\n")
	is(t, "rules that cannot be read", err, record.CodeInvalid)
	_, err = o.DraftRules(o.ctx, reviewer("rob"), policy.Shipped())
	is(t, "drafted by a reviewer", err, record.CodeRefused)
	stricter := strings.Replace(policy.Shipped(), "review      when 1 conclusive", "review      when 1 strong", 1)
	p, err := o.DraftRules(o.ctx, lead("ana"), stricter)
	if err != nil {
		t.Fatal(err)
	}
	all, err := o.Rules(o.ctx, lead("ana"))
	if err != nil || len(all) != 2 || !all[1].Active || !slices.Equal(all[0].Diff, []string{"- review      when 1 conclusive", "+ review      when 1 strong"}) {
		t.Errorf("%+v %v", all, err)
	}
	s, err := o.ShadowRules(o.ctx, lead("ana"), p.Version)
	if err != nil || s.Looked != 1 || len(s.Would) != 1 || s.Would[0].To != record.Review || s.Would[0].Case != c.ID {
		t.Errorf("%+v %v", s, err)
	}
	is(t, "published by who drafted it", o.PublishRules(o.ctx, lead("ana"), p.Version), record.CodeRefused)
	if err := o.PublishRules(o.ctx, lead("ben"), p.Version); err != nil {
		t.Fatal(err)
	}
	if all, err = o.Rules(o.ctx, lead("ana")); err != nil || !all[0].Active || all[1].Active {
		t.Errorf("%+v %v", all, err)
	}
	// Past the code, the database refuses as well.
	if err := o.Store.Update(o.ctx, lead("ana"), func(tx *store.Tx) error {
		q, err := tx.ProposePolicy(policy.Shipped(), "ana")
		if err != nil {
			return err
		}
		tx.Did("policy.draft", "policy/x", "")
		return tx.ActivatePolicy(q.Version, "ana")
	}); err == nil {
		t.Error("one person drafted and published")
	}
}
