package casework

import (
	"slices"
	"strings"
	"testing"
	"time"

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
	if s.Changed != 1 || len(s.Would[0].More)+len(s.Would[0].Fewer) != 0 {
		t.Errorf("%+v", s)
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

// Tiers and retention are tried like the rules of weighing, and what is published
// is what a person's own page asks for.
func TestTermsAreTriedAndFollowed(t *testing.T) {
	o := openOffice(t)
	c, done := o.open(record.CaseVerifyMore), o.open(record.CaseCleared)
	for _, s := range []string{c.Subject, done.Subject} {
		if err := o.Store.Update(o.ctx, record.Machine("acme"), func(tx *store.Tx) error {
			_, err := tx.SaveResult(s, 1, &record.Result{Assessment: record.Routine})
			tx.Did("subject.screen", "subject/"+s, "")
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	steps := func() (all []string) {
		t.Helper()
		p, err := o.Portal(o.ctx, candidateOf("acme", c.Subject))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Steps {
			all = append(all, s.ID)
		}
		return all
	}
	before := steps()
	if !slices.Contains(before, StepIdentity) {
		t.Fatalf("shipped: %v", before)
	}
	text := strings.ReplaceAll(policy.Shipped(), "asks  mail phone reference identity payee delivery", "asks  mail phone payee")
	text = strings.Replace(text, "answer within 7 days", "answer within 10 days\nkeep application 30 days because house rule", 1)
	p, err := o.DraftRules(o.ctx, lead("ana"), text)
	if err != nil {
		t.Fatal(err)
	}
	s, err := o.ShadowRules(o.ctx, lead("ana"), p.Version)
	if err != nil || s.Changed != 2 {
		t.Fatalf("%+v %v", s, err)
	}
	for _, w := range s.Would {
		switch w.Case {
		case c.ID:
			if !slices.Equal(w.Fewer, []string{StepReference, StepIdentity, StepDelivery}) || len(w.More) != 0 || w.DaysTo != 0 {
				t.Errorf("open: %+v", w)
			}
		case done.ID:
			if w.DaysTo != 30 || w.DaysFrom == 30 || len(w.Fewer) != 0 {
				t.Errorf("finished: %+v", w)
			}
		}
	}
	if got := steps(); !slices.Equal(got, before) {
		t.Errorf("a draft changed the page of a person: %v", got)
	}
	if err := o.PublishRules(o.ctx, lead("ben"), p.Version); err != nil {
		t.Fatal(err)
	}
	if got := steps(); !slices.Equal(got, []string{StepMail, StepPhone, StepCode, StepPayee}) {
		t.Errorf("published: %v", got)
	}
	// Asked without a day, as long as the rules give.
	asked, err := o.Ask(o.ctx, reviewer("rob"), c.ID, []Asking{{Check: "own", Text: "please", Other: "or so"}})
	if err != nil || !asked[0].Due.Equal(start.AddDate(0, 0, 10)) {
		t.Errorf("%+v %v", asked, err)
	}
	if jobs, err := o.Store.Claim(o.ctx, "w", []string{rulesJob}, time.Minute, 9); err != nil || len(jobs) != 1 {
		t.Errorf("every record is asked once what the rules say of it: %+v %v", jobs, err)
	}
	// Clocks follow in parts, so that no job holds a worker for long.
	for part, pages := range []int{0, 9} {
		jobs, err := o.Store.Claim(o.ctx, "w", []string{ClocksJob}, time.Minute, 9)
		if err != nil || len(jobs) != 1 {
			t.Fatalf("part %d: %+v %v", part, jobs, err)
		}
		if err := o.moveClocks(o.ctx, jobs[0], pages); err != nil {
			t.Fatal(err)
		}
	}
	if jobs, err := o.Store.Claim(o.ctx, "w", []string{ClocksJob}, time.Minute, 9); err != nil || len(jobs) != 0 {
		t.Errorf("after the last part: %+v %v", jobs, err)
	}
	// The steps that rules may name are those there are.
	for i, s := range Steps {
		if s.ID != policy.Steps[i] {
			t.Errorf("step %d: %s and %s", i, s.ID, policy.Steps[i])
		}
	}
}
