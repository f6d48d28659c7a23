package casework

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/report"
)

// A demand is kept once, seals its case, and feeds the draft for an authority.
func TestDemand(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	ana, ben := reviewer("ana"), reviewer("ben")
	x := &record.Demand{SHA256: "ab12", From: "x@example.org", Wallets: []record.DemandWallet{{Address: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Chains: []string{"BTC"}}}}
	if _, err := o.TakeDemand(o.ctx, ana, c.ID, []byte("raw"), x); err != nil {
		t.Fatal(err)
	}
	if _, err := o.TakeDemand(o.ctx, ana, c.ID, []byte("raw"), x); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("taken twice: %v", err)
	}
	if _, err := o.Demands(o.ctx, ben, c.ID); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("who is not in the circle reads it: %v", err)
	}
	got, err := o.Demands(o.ctx, ana, c.ID)
	if err != nil || len(got) != 1 || got[0].By != "ana" || got[0].File == "" {
		t.Fatalf("%+v %v", got, err)
	}

	if err := o.OpenGuide(o.ctx, ana, c.ID, "extortion"); err != nil {
		t.Fatal(err)
	}
	if err := o.FinishStep(o.ctx, ana, c.ID, "extortion", "intake", map[string]string{"message": "kept", "contact": "Erika Beispiel"}, ""); err != nil {
		t.Fatal(err)
	}
	if err := o.FinishStep(o.ctx, ana, c.ID, "extortion", "activate", map[string]string{"people": "Rita", "known": "2026-11-20 08:30"}, ""); err != nil {
		t.Fatal(err)
	}
	f, err := o.Draft(o.ctx, ana, c.ID, record.EN)
	if err != nil {
		t.Fatal(err)
	}
	if f.Country != "DE" || f.Case.Known != "2026-11-20 08:30" || len(f.Case.Clocks) != 3 || f.Case.Clocks[1].Due != "2026-11-23T08:30:00Z" {
		t.Errorf("%+v", f.Case)
	}
	if slices.ContainsFunc(f.Case.Said, func(s report.PaperSaid) bool { return s.Said == "Rita" || s.Said == "Erika Beispiel" }) {
		t.Error("a draft names people of the house")
	}
	if !slices.ContainsFunc(f.Case.Demand, func(s report.PaperSaid) bool { return s.Said == "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa (BTC)" }) {
		t.Errorf("%+v", f.Case.Demand)
	}
	if _, err := o.Draft(o.ctx, ben, c.ID, record.EN); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("who is not in the circle drafts it: %v", err)
	}
}

func TestPaperFacts(t *testing.T) {
	o := openOffice(t)
	f, err := o.Papers(o.ctx, record.Actor{Kind: record.ActorPerson, ID: "w", Tenant: "acme", Roles: []record.StaffRole{record.RoleWorks}})
	if err != nil || f.Country != "DE" || f.House != "acme" || len(f.Keep) != 4 || f.Keep[1].Days != 180 || f.Keep[1].Confirmed || f.Rules == "" || f.Case != nil {
		t.Errorf("%+v %v", f, err)
	}
	all, err := report.Papers()
	if err != nil {
		t.Fatal(err)
	}
	if d := DraftsFor("PT", all); len(d) != 7 || d[0].Place != "PT" || d[1].Place != "EU" {
		t.Errorf("%+v", d)
	}
}

// Two cases are joined, taken apart and let go, each with a name and a reason.
func TestTie(t *testing.T) {
	o := openOffice(t)
	a, b := o.open(record.CaseRoutine), o.open(record.CaseRoutine)
	ana := reviewer("ana")
	for _, bad := range [][4]string{{"melt", a.ID, b.ID, "x"}, {"join", a.ID, a.ID, "x"}, {"join", a.ID, b.ID, " "}} {
		if _, err := o.Tie(o.ctx, ana, bad[0], bad[1], bad[2], bad[3]); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
	if _, err := o.Tie(o.ctx, ana, "free", a.ID, b.ID, "x"); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("nothing to undo: %v", err)
	}
	for _, op := range []string{"join", "split", "free"} {
		o.pass(time.Minute)
		if _, err := o.Tie(o.ctx, ana, op, a.ID, b.ID, "because "+op); err != nil {
			t.Fatal(err)
		}
	}
	got, err := o.Ties(o.ctx, ana, b.ID)
	if err != nil || len(got) != 3 || got[0].Op != "free" || got[0].Reason != "because free" || got[0].B != a.Subject {
		t.Errorf("%+v %v", got, err)
	}
}

// What is shared with others holds artefacts and no person.
func TestIndicators(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	ana := reviewer("ana")
	x := &record.Demand{SHA256: strings.Repeat("ab", 32), From: "Erika Beispiel <erika@mail.example>", Mails: []string{"erika@mail.example"}, Text: "Erika writes",
		Links:   []string{"https://erika:secret@leaks.example/erika?x=1", "t.me/erika", "www.leaks.example/again", "http://[::bad"},
		Wallets: []record.DemandWallet{{Address: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Chains: []string{"BTC"}}}}
	if _, err := o.TakeDemand(o.ctx, ana, c.ID, []byte("raw"), x); err != nil {
		t.Fatal(err)
	}
	all, err := o.Indicators(o.ctx, ana, c.ID)
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v %v", all, err)
	}
	for _, write := range []func(io.Writer, string, []report.Indicator) error{report.WriteSTIX, report.WriteMISP} {
		var b, again strings.Builder
		if err := write(&b, "acme", all); err != nil {
			t.Fatal(err)
		}
		if err := write(&again, "acme", all); err != nil || again.String() != b.String() {
			t.Error("the same case gives another export")
		}
		if s := strings.ToLower(b.String()); strings.Contains(s, "erika") || strings.Contains(s, "secret") || strings.Contains(s, "t.me") || !strings.Contains(s, "leaks.example") || !strings.Contains(b.String(), "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") {
			t.Errorf("%s", b.String())
		}
	}
	if _, err := o.Indicators(o.ctx, reviewer("ben"), c.ID); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("outside the circle: %v", err)
	}
	// Nor does an export by somebody outside of the circle hold its work.
	officer := record.Actor{Kind: record.ActorPerson, ID: "dpo", Tenant: "acme", Roles: []record.StaffRole{record.RoleProtection}}
	e, err := o.Export(o.ctx, officer, c.Subject)
	if err != nil {
		t.Fatal(err)
	}
	text := string(bytes.Join(e.Parts, []byte("\n")))
	if strings.Contains(text, "1A1zP1eP") || !strings.Contains(text, `"left out"`) {
		t.Error("the export hands out a sealed demand, or does not say that something was left out")
	}
}
