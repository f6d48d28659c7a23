package screen_test

import (
	"context"
	"strings"
	"testing"

	"bonafide/casework"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
)

// TestRulesInForce: when two people have put other rules in force, exactly those
// are screened again of whom the rules say something else; a role has the tier
// that the rules give it, and the chain and the day follow.
func TestRulesInForce(t *testing.T) {
	k, actor := newKeeper(t)
	ctx := context.Background()
	desk := &casework.Desk{Store: k.Store}
	person := func(id string) record.Actor {
		return record.Actor{Kind: record.ActorPerson, ID: id, Tenant: actor.Tenant, Roles: []record.StaffRole{record.RoleLead}}
	}
	name := map[string]string{}
	subject := map[string]string{}
	for _, who := range []string{"one", "two"} {
		got, err := k.Accept(ctx, actor, screen.Delivery{Raw: []byte(`{"id":"` + who + `","source":"form","received_at":"2026-03-02T09:00:00Z","role":{"id":"role-` + who + `","tier":"T2"}}`)})
		if err != nil {
			t.Fatal(err)
		}
		name[got.Subject], subject[who] = who, got.Subject
	}
	screened(t, k, name)
	p, err := desk.DraftRules(ctx, person("ana"), strings.Replace(policy.Shipped(), "version 1", "version 2\nrole T0 role-one", 1))
	if err != nil {
		t.Fatal(err)
	}
	if who, _ := screened(t, k, name); len(who) != 0 {
		t.Errorf("a draft had %v screened", who)
	}
	trial, err := desk.ShadowRules(ctx, person("ben"), p.Version)
	if err != nil || trial.Looked != 2 || trial.Changed != 1 || trial.Would[0].TierFrom != "T2" || trial.Would[0].TierTo != "T0" {
		t.Errorf("%+v %v", trial, err)
	}
	if err := desk.PublishRules(ctx, person("ben"), p.Version); err != nil {
		t.Fatal(err)
	}
	who, _ := screened(t, k, name)
	if got := strings.Join(who, " "); strings.Count(got, "one") != 1 || strings.Contains(got, "two") {
		t.Errorf("screened %q", who)
	}
	for who, want := range map[string]record.ChainState{"one": record.StateNotDue, "two": record.StateUnknown} {
		res, err := desk.Result(ctx, person("ana"), subject[who])
		if err != nil {
			t.Fatal(err)
		}
		if res.Chain[0].State != want || (res.Tier == "T0") != (who == "one") {
			t.Errorf("%s: tier %s, document %s, want %s", who, res.Tier, res.Chain[0].State, want)
		}
	}
}
