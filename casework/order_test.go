package casework

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/egress"
	"bonafide/record"
	"bonafide/store"
)

func (o *office) connector(e connect.Endpoint) {
	o.t.Helper()
	b, err := json.Marshal(e)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) error {
		t.Did("hook.save", "hook/"+e.Name, "")
		_, err := t.SaveSetting("hook/"+e.Name, 0, b)
		return err
	}); err != nil {
		o.t.Fatal(err)
	}
}

// within opens clients to a simulator, with every look-up kept.
func (o *office) within() connect.Net {
	return (&Egress{Store: o.Store, Open: func(hosts []string, on connect.Occasion, keep egress.Ledger) connect.Caller {
		return egress.New(egress.Config{Hosts: hosts, Private: true, Timeout: 5 * time.Second}, on, keep)
	}}).Net
}

// orders does what is ready and says how often that failed.
func (o *office) orders(r *Ender) (failed int) {
	o.t.Helper()
	jobs, err := o.Store.Claim(o.ctx, "test", []string{OrderJob}, time.Minute, 10)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, j := range jobs {
		if err := r.Run(o.ctx, j); err != nil {
			failed++
			if err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) error { return t.FailJob(j, string(record.CodeOf(err))) }); err != nil {
				o.t.Fatal(err)
			}
		}
	}
	return failed
}

// amend keeps the next version of a record; that it is screened anew is the other
// half's.
func amend(t *store.Tx, subject, act string, change func(*record.Application) error) error {
	a, err := t.Application(subject)
	if err != nil {
		return err
	}
	if err := change(a); err != nil {
		return err
	}
	_, err = t.SaveApplication(a)
	t.Did(act, "subject/"+subject, "", "application")
	return err
}

// TestOrder: somebody leaves. Nothing is sent by a dry run, nothing by one person;
// at the moment of the cut it is done once, with intent and proof, whatever the
// provider does meanwhile; the run sheet says minute by minute how long it took.
func TestOrder(t *testing.T) {
	o := openOffice(t)
	sim := &simulator.Work{Key: "k", Accounts: map[string]bool{"nora@firm.example": true, "s1": true}, Names: map[string]string{"nora": "s1"}, Devices: map[string]bool{"d1": false}}
	server := httptest.NewServer(sim)
	defer server.Close()
	account := connect.Account{Base: server.URL, Key: "k", Client: "c", Company: "t"}
	for _, name := range []string{"okta", "scim", "intune"} {
		o.connector(connect.Endpoint{Name: name, Provider: name, End: true, Account: account})
	}
	o.connector(connect.Endpoint{Name: "only-read", Provider: "okta", Pull: true, Account: account})
	c := o.open(record.CaseReview)
	ana, ben := reviewer("ana"), reviewer("ben")
	if _, err := o.AddAccess(o.ctx, ana, c.ID, []record.Credential{{Kind: "account", System: "okta", Name: "nora@firm.example"}, {Kind: "account", System: "scim", Name: "nora"}, {Kind: "device", System: "intune", Name: "d1"}}); err != nil {
		t.Fatal(err)
	}
	cut := start.Add(10 * time.Minute)
	if _, err := o.SetCut(o.ctx, ana, c.ID, cut); err != nil {
		t.Fatal(err)
	}
	plan, err := o.PlanOrder(o.ctx, ana, c.ID, Asked{Item: 1, Via: "okta", Account: "nora@firm.example"})
	if err != nil || len(plan) != 2 || plan[0].Address != server.URL+"/api/v1/users/nora@firm.example/lifecycle/suspend" || len(sim.Seen) > 0 {
		t.Fatalf("%+v %v, asked %v", plan, err, sim.Seen)
	}
	for _, bad := range []Asked{{Item: 9, Via: "okta", Account: "x"}, {Item: 1, Via: "nobody", Account: "x"}, {Item: 1, Via: "only-read", Account: "x"}, {Item: 1, Via: "okta"}} {
		if _, err := o.OrderEnd(o.ctx, ana, c.ID, bad); err == nil {
			t.Errorf("ordered %+v", bad)
		}
	}
	for _, a := range []Asked{{Item: 1, Via: "okta", Account: "nora@firm.example"}, {Item: 2, Via: "scim", Account: "norah"}, {Item: 3, Via: "intune", Account: "d1"}} {
		if _, err := o.OrderEnd(o.ctx, ana, c.ID, a); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.OrderEnd(o.ctx, ben, c.ID, Asked{Item: 1, Via: "okta", Account: "other"}); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("ordered twice: %v", err)
	}
	if _, err := o.SignOrder(o.ctx, ana, c.ID, 1); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("one person signed alone: %v", err)
	}
	operator := record.Actor{Kind: record.ActorOperator, ID: "root", Tenant: "acme"}
	if _, err := o.SignOrder(o.ctx, operator, c.ID, 1); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("the command line signed: %v", err)
	}
	if _, err := o.WithdrawOrder(o.ctx, ben, c.ID, 3); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2} {
		if _, err := o.SignOrder(o.ctx, ben, c.ID, n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.SignOrder(o.ctx, ben, c.ID, 3); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("withdrawn and signed: %v", err)
	}
	off, on := &Ender{Desk: o.Desk, Amend: amend}, &Ender{Desk: o.Desk, Net: o.within(), Amend: amend}
	if o.orders(on); len(sim.Seen) > 0 {
		t.Fatalf("asked before the moment: %v", sim.Seen)
	}
	o.pass(10*time.Minute + time.Second)
	if failed := o.orders(off); failed != 2 || len(sim.Seen) > 0 {
		t.Fatalf("without egress: %d failed, asked %v", failed, sim.Seen)
	}
	o.pass(2 * time.Minute)
	sim.Do(func(s *simulator.Work) { s.Down = true })
	o.orders(on)
	s, err := o.Offboarding(o.ctx, ana, c.ID)
	if err != nil || s.Orders[0].State != OrderSigned || s.Orders[0].Tries < 2 || s.Orders[0].Next.IsZero() || !strings.Contains(s.Orders[0].Said, "okta") || s.Open() != 3 {
		t.Fatalf("while the provider is down: %+v %v", s.Orders, err)
	}
	sim.Do(func(s *simulator.Work) { s.Down, s.Lost = false, 2 }) // every second answer to a writing request is lost
	for range 12 {
		o.pass(2 * time.Minute)
		o.orders(on)
	}
	sim.Do(func(s *simulator.Work) { s.Lost = 0 })
	for range 3 {
		o.pass(10 * time.Minute)
		o.orders(on)
	}
	if s, err = o.Offboarding(o.ctx, ana, c.ID); err != nil {
		t.Fatal(err)
	}
	first, second := &s.Orders[0], &s.Orders[1]
	if first.State != OrderEnded || len(first.Steps) != 2 || first.Steps[0].Proof == nil || !first.Steps[0].Proof.Checked || first.Steps[0].Intended.After(first.Steps[0].Proof.At) {
		t.Errorf("%+v", first)
	}
	if second.State != OrderWrong || !strings.Contains(second.Said, "nobody is there") {
		t.Errorf("a name nobody has: %+v", second)
	}
	if a := s.Access[0]; a.State(s.Cut) != AccessLate || a.By != "ben" || !strings.Contains(a.Proof, "okta: suspend the account") || s.Open() != 2 {
		t.Errorf("%+v, open %d", a, s.Open())
	}
	if m := s.Minutes(start.Add(3 * time.Hour)); len(m) < 2 || m[0].Open != 3 {
		t.Errorf("%+v", m)
	}
	// The name is put right, signed, and a worker that comes twice at once does it once.
	if _, err := o.OrderEnd(o.ctx, ben, c.ID, Asked{Item: 2, Via: "scim", Account: "nora"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SignOrder(o.ctx, ana, c.ID, 4); err != nil {
		t.Fatal(err)
	}
	jobs, err := o.Store.Claim(o.ctx, "test", []string{OrderJob}, time.Minute, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { _ = on.Run(o.ctx, jobs[0]) })
	}
	both.Wait()
	if s, err = o.Offboarding(o.ctx, ana, c.ID); err != nil || s.Orders[3].State != OrderEnded || s.Access[1].Revoked.IsZero() {
		t.Errorf("%+v %v", s.Orders, err)
	}
	// What was ended stands on the record, where the checks look; what was not does not.
	if err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) error {
		t.Did("test.read", "subject/"+c.Subject, c.ID)
		a, err := t.Application(c.Subject)
		if err != nil {
			return err
		}
		d := a.Departure
		if d == nil || !d.At.Equal(cut) || len(d.Credentials) != 3 || !d.Credentials[0].Revoked.Equal(s.Access[0].Revoked) || d.Credentials[0].Proof != s.Access[0].Proof ||
			!d.Credentials[1].Revoked.Equal(s.Access[1].Revoked) || d.Credentials[1].Revoked.IsZero() || !d.Credentials[2].Revoked.IsZero() {
			return fmt.Errorf("the record says %+v", d)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	// What left the house is on record, with whom it concerned.
	looks, err := o.Lookups(o.ctx, ana, time.Time{}, 1000)
	if err != nil || len(looks) == 0 || looks[0].Subject != c.Subject || looks[0].Occasion != "access.end" {
		t.Errorf("%+v %v", looks, err)
	}
	officer := record.Actor{Kind: record.ActorPerson, ID: "dpo", Tenant: "acme", Roles: []record.StaffRole{record.RoleProtection}}
	export, err := o.Export(o.ctx, officer, c.Subject)
	if err != nil || !slices.ContainsFunc(export.Parts, func(b []byte) bool {
		return strings.Contains(string(b), `"kind":"look-up"`) && strings.Contains(string(b), "127.0.0.1")
	}) {
		t.Errorf("what was asked about somebody is not in their export: %v", err)
	}
	audit := map[string]int{}
	if err := o.Store.Update(o.ctx, ana, func(t *store.Tx) error {
		all, err := t.Entries(store.EntryFilter{Case: c.ID, After: -1, Limit: 1000})
		for _, e := range all {
			if e.Done {
				audit[e.Act]++
			}
		}
		t.Did("test.read", "case/"+c.ID, c.ID)
		return err
	}); err != nil || audit["access.intend"] == 0 || audit["access.proof"] == 0 || audit["offboarding.sign"] != 3 {
		t.Errorf("%v %v", audit, err)
	}
}

// TestNobodyEndsTheirOwn: the person whose access ends is not one of the two.
func TestNobodyEndsTheirOwn(t *testing.T) {
	o := openOffice(t)
	o.connector(connect.Endpoint{Name: "okta", Provider: "okta", End: true, Account: connect.Account{Base: "https://x.example", Key: "k"}})
	c := o.open(record.CaseReview)
	var u store.User
	if err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) (err error) {
		t.Did("test.do", "case/"+c.ID, c.ID)
		a, err := t.Application(c.Subject)
		if err != nil {
			return err
		}
		a.Emails = []string{"Nora@Firm.example"}
		if _, err := t.SaveApplication(a); err != nil {
			return err
		}
		u, err = t.AddUser(store.User{Login: "nora@firm.example", Roles: []record.StaffRole{record.RoleReviewer}, State: "active"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	nora, ana := reviewer(u.ID), reviewer("ana")
	if _, err := o.AddAccess(o.ctx, ana, c.ID, []record.Credential{{Kind: "account", System: "okta"}}); err != nil {
		t.Fatal(err)
	}
	a := Asked{Item: 1, Via: "okta", Account: "nora"}
	if _, err := o.OrderEnd(o.ctx, nora, c.ID, a); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("ordered by herself: %v", err)
	}
	if _, err := o.OrderEnd(o.ctx, ana, c.ID, a); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SignOrder(o.ctx, nora, c.ID, 1); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("signed by herself: %v", err)
	}
}

// TestLimits: a tenant's budget and hosts bound what its connectors ask.
func TestLimits(t *testing.T) {
	o := openOffice(t)
	sim := &simulator.Work{Key: "k", Accounts: map[string]bool{"a": true}}
	server := httptest.NewServer(sim)
	defer server.Close()
	ask := func() error {
		_, err := o.within()(connect.Occasion{Tenant: "acme", Act: "test.ask", By: "x"}, []string{"127.0.0.1"}).Call(o.ctx, egress.Call{Method: "GET", URL: server.URL + "/users/a?name=secret"})
		return err
	}
	admin := record.Actor{Kind: record.ActorOperator, ID: "root", Tenant: "acme"}
	before := true
	for _, c := range []struct {
		l    Limits
		fine bool
	}{{Limits{Budget: 3}, true}, {Limits{Hosts: []string{"other.example"}, Budget: 3}, false}, {Limits{Hosts: []string{"127.0.0.1"}, Budget: 3}, true}, {Limits{Budget: 2}, false}} {
		waits, err := o.SetLimits(o.ctx, admin, c.l)
		if err != nil {
			t.Fatal(err)
		}
		if waits { // it is wider, and takes two
			if err := ask(); (err == nil) != before {
				t.Errorf("%+v was asked for and is in force: %v", c.l, err)
			}
			if _, err := o.ConfirmLimits(o.ctx, admin); record.CodeOf(err) != record.CodeRefused {
				t.Errorf("the command line confirmed: %v", err)
			}
			if _, err := o.ConfirmLimits(o.ctx, reviewer("ben")); err != nil {
				t.Fatal(err)
			}
		}
		before = c.fine
		if err := ask(); (err == nil) != c.fine {
			t.Errorf("%+v: %v", c.l, err)
		}
	}
	all, err := o.Lookups(o.ctx, admin, time.Time{}, 10)
	if err != nil || len(all) != 3 || len(sim.Seen) != 3 || strings.Contains(all[0].Path, "secret") || all[0].Status != 401 {
		t.Errorf("%+v %v %v", all, err, sim.Seen)
	}
}
