package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
)

// A proof of identity has an end by the tier of the role: people are told two
// weeks before, and after it the link is no longer confirmed.
func TestProofDue(t *testing.T) {
	w := newWorld(t)
	a := someone("a1")
	a.Role.Tier = record.TierT3
	subject, id := w.apply(a)
	link, err := w.prover.AskWallet(ctx, record.Actor{Kind: record.ActorCandidate, ID: subject, Tenant: "one"}, false)
	ok(t, err)
	_, _, err = w.phoneOf("Ana", "Muster", "1990-02-03").open(link, walletsim.Tamper{})
	ok(t, err)
	w.work()
	if r := w.result(subject); r.Chain[0].State != record.StateConfirmed {
		t.Fatalf("%+v", r.Chain[0])
	}
	w.later(160 * 24 * time.Hour)
	w.work()
	if strings.Contains(w.tasks(id), "confirmed again") {
		t.Error("announced too early")
	}
	w.later(12 * 24 * time.Hour)
	w.work()
	if !strings.Contains(w.tasks(id), "confirmed again") || w.result(subject).Chain[0].Method != "wallet" {
		t.Error("not announced, or no longer confirmed before its end")
	}
	w.later(20 * 24 * time.Hour)
	w.work()
	if r := w.result(subject); len(r.Assurances) != 0 {
		t.Errorf("a proof counts after its end: %+v", r.Assurances)
	}
	if len(w.application(subject).Proofs) != 1 {
		t.Error("the record forgot it")
	}
}

// What one person can hand in, try and be sent has an end.
func TestPortalBounds(t *testing.T) {
	w := newWorld(t)
	_, id := w.apply(someone("a1"))
	b := w.invited(id)
	for range 3 {
		b.post("/portal/steps/mail", url.Values{"do": {"send"}}, 200)
	}
	b.post("/portal/steps/mail", url.Values{"do": {"send"}}, http.StatusConflict)
	for range 6 {
		if !strings.Contains(b.post("/portal/steps/mail", url.Values{"code": {"nonsense"}}, 200), "not the ones we sent") {
			t.Fatal("a wrong code is not called wrong")
		}
	}
	code := regexp.MustCompile(`\d{6}`).FindString(w.mails()[0].Text)
	b.post("/portal/steps/mail", url.Values{"code": {code}}, http.StatusConflict) // the seventh, though it is right
	w.later(25 * time.Hour)
	b.post("/portal/steps/mail", url.Values{"code": {code}}, 200)
	if strings.Contains(b.get("/portal", 200), ">arrived<") {
		t.Error("a code of yesterday was taken")
	}
	for range 386 { // eleven codes and tries came before
		b.post("/portal/say", url.Values{"what": {"pause"}}, 200)
	}
	for range 15 {
		r, err := http.NewRequest("POST", b.at+"/portal/say", strings.NewReader("what=resume"))
		ok(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		a, err := b.client.Do(r)
		ok(t, err)
		a.Body.Close()
		if a.StatusCode == http.StatusForbidden {
			return
		}
	}
	t.Error("there is no end to what one person can hand in")
}
