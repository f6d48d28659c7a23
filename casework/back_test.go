package casework

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/record"
	"bonafide/store"
)

// TestDecisionBack: a decision of named people is written where the provider has
// a slot for it and the house said so, once; what the machine proposes never is;
// an adverse one carries two names, and an appeal that succeeds is written too.
func TestDecisionBack(t *testing.T) {
	for _, on := range []bool{true, false} {
		o := openOffice(t)
		sim := &simulator.Server{System: "ashby", Key: "k", People: 1}
		server := httptest.NewServer(sim)
		defer server.Close()
		o.connector(connect.Endpoint{Name: "ashby", Provider: "ashby", Keys: []string{"x"}, Back: true, Decisions: on, Account: connect.Account{Base: server.URL, Key: "k"}})
		var c record.Case
		if err := o.Store.Update(o.ctx, record.Machine("acme"), func(x *store.Tx) error {
			saved, err := x.SaveApplication(&record.Application{ID: "candidate-c1", Source: "ashby", ReceivedAt: start})
			if err != nil {
				return err
			}
			c, err = x.OpenCase(record.Case{Subject: saved.Subject, State: record.CaseReview, Assessment: record.Review, Tier: "T2"})
			x.Did("case.open", "case/"+c.ID, c.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		back := func() {
			t.Helper()
			if err := o.Store.Update(o.ctx, record.Machine("acme"), func(x *store.Tx) error {
				x.Did("test.do", "case/"+c.ID, c.ID)
				return tellBack(x, "case.changed", record.NoticeData{Subject: c.Subject})
			}); err != nil {
				t.Fatal(err)
			}
			o.pass(time.Minute)
			jobs, err := o.Store.Claim(o.ctx, "test", []string{BackJob}, time.Minute, 10)
			if err != nil || len(jobs) != 1 {
				t.Fatal(jobs, err)
			}
			if err := (&Back{Desk: o.Desk, Net: o.within()}).Run(o.ctx, jobs[0]); err != nil {
				t.Fatal(err)
			}
		}
		back()
		if all := strings.Join(sim.Written, "\n"); strings.Contains(all, "setFraudStatus") || !strings.Contains(all, "in progress") {
			t.Fatalf("before anybody decided: %s", all)
		}
		d, err := o.Propose(o.ctx, reviewer("ana"), c.ID, Proposal{To: record.CaseCleared, Reasons: "Both proofs came.", Seen: o.seen(c.ID)})
		if err != nil {
			t.Fatal(err)
		}
		if d.State == record.DecisionProposed {
			if _, err := o.Approve(o.ctx, reviewer("ben"), d.ID, o.seen(c.ID)); err != nil {
				t.Fatal(err)
			}
		}
		back()
		back()
		all := strings.Join(sim.Written, "\n")
		want := 0
		if on {
			want = 1
		}
		if strings.Count(all, "setFraudStatus") != want || strings.Count(all, `"fraudStatus":"NotFraudulent"`) != want || strings.Count(all, "verification: finished") != 1 {
			t.Errorf("decisions %v: %s", on, all)
		}
	}
}
