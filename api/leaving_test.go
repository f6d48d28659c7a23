package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// A demand comes in over the wire: taken once, read by the circle, compared by
// nobody else, and no key may.
func TestDemands(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.person("one", record.RoleReviewer), w.person("one", record.RoleReviewer)
	id := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster"), w.person("one", record.RoleLead)), 202).Case
	mail := map[string]string{"Content-Type": "message/rfc822"}
	message := []byte("From: x@mail.example\r\nSubject: your code\r\nContent-Type: text/plain\r\n\r\nPay to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa\r\n")
	if r := w.ask("POST", "/v1/cases/"+id+"/demands", []byte("no head"), ana, mail); r.status != 400 {
		t.Errorf("what is no mail: %d %s", r.status, r.body)
	}
	d := want[record.Demand](t, w.ask("POST", "/v1/cases/"+id+"/demands", message, ana, mail), 201)
	if len(d.Wallets) != 1 || len(d.SHA256) != 64 {
		t.Errorf("%+v", d)
	}
	if r := w.ask("POST", "/v1/cases/"+id+"/demands", message, ana, mail); r.status != http.StatusConflict {
		t.Errorf("twice: %d", r.status)
	}
	if got := want[Demands](t, w.ask("GET", "/v1/cases/"+id+"/demands", nil, ana), 200); len(got.Demands) != 1 {
		t.Errorf("%+v", got)
	}
	if r := w.ask("GET", "/v1/cases/"+id+"/demands", nil, ben); r.status != http.StatusNotFound {
		t.Errorf("outside the circle: %d", r.status)
	}
	if r := w.ask("POST", "/v1/cases/"+id+"/demands", message, w.key("one", access.ScopeRead), mail); r.status != http.StatusForbidden {
		t.Errorf("a key: %d", r.status)
	}
	p := want[Papers](t, w.ask("GET", "/v1/cases/"+id+"/drafts?id=report-us", nil, ana), 200)
	if len(p.Papers) != 1 || !strings.Contains(p.Papers[0].Markdown, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") {
		t.Errorf("%+v", p)
	}
	if x := want[Indicators](t, w.ask("GET", "/v1/cases/"+id+"/indicators?form=misp", nil, ana), 200); !strings.Contains(string(x.Export), `"btc"`) || strings.Contains(string(x.Export), "mail.example") {
		t.Errorf("%s", x.Export)
	}
	if p := want[Papers](t, w.ask("GET", "/v1/papers?id=works&lang=pt", nil, w.person("one", record.RoleWorks)), 200); !strings.Contains(p.Papers[0].Markdown, "doc-mrz-check-digits") {
		t.Error("the annex lacks the catalogue")
	}
	if r := w.ask("GET", "/v1/papers?id=none", nil, w.person("one", record.RoleWorks)); r.status != http.StatusNotFound {
		t.Errorf("no such paper: %d", r.status)
	}
}

// An access that a connector ended stands on the record when its job is done, and
// what reads the record there sees when that was: nobody confirms it by hand.
func TestOrderReachesTheRecord(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	rules, err := policy.Parse(strings.NewReader(policy.Shipped() + "\nmodule after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-01-02 agreement no-council\n"))
	ok(t, err)
	w.keeper.Screen.Policy = rules
	sim := &simulator.Work{Key: "k", Accounts: map[string]bool{"nora@firm.example": true}}
	provider := httptest.NewServer(sim)
	t.Cleanup(provider.Close)
	_, err = (&screen.Hooks{Keeper: w.keeper}).AddHook(ctx, operator("one"), connect.Endpoint{Name: "idp", Provider: "okta", End: true, Account: connect.Account{Base: provider.URL, Key: "k"}})
	ok(t, err)
	ana, ben := w.person("one", record.RoleReviewer), w.person("one", record.RoleReviewer)
	accepted := want[Accepted](t, w.ask("POST", "/v1/applications", []byte(`{"id":"left","source":"form","received_at":"2026-03-02T09:00:00Z","role":{"country":"PT","tier":"T2"},"person":{"name":"Nora Muster"}}`), w.person("one", record.RoleLead)), 202)
	at, mark := "/v1/cases/"+accepted.Case, map[string]string{"If-Match": "*"}
	day := func() record.Date { // on which the access was ended, as the finding of the gap says it
		w.work()
		var res *record.Result
		ok(t, w.store.Update(ctx, operator("one"), func(tx *store.Tx) (err error) {
			tx.Did("test.read", "subject/"+accepted.Subject, "")
			res, err = tx.Result(accepted.Subject)
			return err
		}))
		for _, f := range res.Findings {
			if f.Check == "off-revocation-gap" {
				return f.Evidence[0].AsOf
			}
		}
		return ""
	}
	left := time.Now().AddDate(0, 0, -3).UTC()
	want[Offboarding](t, w.ask("POST", at+"/offboarding", []byte(`{"do":"add","kind":"account","system":"okta"}`), ana, mark), 200)
	want[Offboarding](t, w.ask("POST", at+"/offboarding", []byte(`{"do":"cut","at":"`+left.Format(time.RFC3339)+`"}`), ana, mark), 200)
	if got := day(); got != "" {
		t.Errorf("ended on %s before anything was sent", got)
	}
	want[Orders](t, w.ask("POST", at+"/orders", []byte(`{"item":1,"connector":"idp","account":"nora@firm.example"}`), ana), 200)
	want[Orders](t, w.ask("POST", at+"/orders/settle", []byte(`{"order":1,"do":"sign"}`), ben, map[string]string{"Idempotency-Key": "sign"}), 200)
	jobs, err := w.store.Claim(ctx, "test", []string{casework.OrderJob}, time.Minute, 10)
	ok(t, err)
	if len(jobs) != 1 {
		t.Fatalf("%d jobs", len(jobs))
	}
	ender := &casework.Ender{Desk: w.server.Desk, Net: (&casework.Egress{Store: w.store, Open: screen.EgressOf(true)}).Net, Amend: w.keeper.AmendIn}
	ok(t, ender.Run(ctx, jobs[0]))
	if got := day(); got == "" {
		t.Error("it was ended, and the record does not say when")
	}
}
