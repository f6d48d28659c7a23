package web

import (
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
