package casework

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bonafide/record"
	"bonafide/store"
	"bonafide/store/pgtest"
)

var start = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

type office struct {
	*Desk
	t    testing.TB
	mu   sync.Mutex
	at   time.Time
	ctx  context.Context
	next int
	key  string // that verifies what the house signs
}

func openOffice(t testing.TB) *office {
	t.Helper()
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, at: start, ctx: context.Background()}
	if o.key, err = keys.VerifierKey(); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(o.ctx, store.Options{URL: pgtest.Address(t), Keys: keys, Now: func() time.Time { o.mu.Lock(); defer o.mu.Unlock(); return o.at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddTenant(o.ctx, record.Actor{Kind: record.ActorOperator, ID: "root", Tenant: store.House}, "acme", "DE"); err != nil {
		t.Fatal(err)
	}
	o.Desk = &Desk{Store: s}
	return o
}

func (o *office) pass(d time.Duration) { o.mu.Lock(); defer o.mu.Unlock(); o.at = o.at.Add(d) }

func reviewer(id string) record.Actor {
	return record.Actor{Kind: record.ActorPerson, ID: id, Tenant: "acme", Roles: []record.StaffRole{record.RoleReviewer}}
}

// open makes a case in a state.
func (o *office) open(state record.CaseState) record.Case {
	o.t.Helper()
	o.next++
	var c record.Case
	err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) error {
		saved, err := t.SaveApplication(&record.Application{ID: fmt.Sprint(o.next), Source: "test", ReceivedAt: start})
		if err != nil {
			return err
		}
		c, err = t.OpenCase(record.Case{Subject: saved.Subject, State: state, Assessment: record.Review, Tier: "T2"})
		t.Did("case.open", "case/"+c.ID, c.ID)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

func (o *office) seen(id string) string {
	o.t.Helper()
	s, err := o.Shown(o.ctx, reviewer("ana"), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

func (o *office) state(id string) record.CaseState {
	o.t.Helper()
	var c record.Case
	if err := o.Store.View(o.ctx, reviewer("ana"), func(t *store.Tx) (err error) { c, err = t.Case(id); return err }); err != nil {
		o.t.Fatal(err)
	}
	return c.State
}

func is(t testing.TB, what string, err error, want record.Code) {
	t.Helper()
	if err == nil || record.CodeOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

var question = Asking{Check: "own", Text: "Please give an account in your own name. We ask everyone in this role.", Other: "Or call us.", Due: start.Add(5 * 24 * time.Hour)}

// Two people establish a misrepresentation: asked first, then one puts it
// forward, another signs exactly that.
func TestTwoPeople(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	p := Proposal{To: record.CaseMisrepresentation, Reasons: "The account also pays another worker.", Seen: o.seen(c.ID)}
	_, err := o.Propose(o.ctx, reviewer("ana"), c.ID, p)
	is(t, "before the person was asked", err, record.CodeConflict)
	asked, err := o.Ask(o.ctx, reviewer("ana"), c.ID, []Asking{question})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Propose(o.ctx, reviewer("ana"), c.ID, p)
	is(t, "while the person may still answer", err, record.CodeConflict)
	candidate := record.Actor{Kind: record.ActorCandidate, ID: c.Subject, Tenant: "acme"}
	if err := o.Answer(o.ctx, candidate, asked[0].ID, "It is my cousin's.", false); err != nil {
		t.Fatal(err)
	}
	_, err = o.Propose(o.ctx, reviewer("ana"), c.ID, p)
	is(t, "on a page from before the answer", err, record.CodeConflict)
	p.Seen = o.seen(c.ID)
	d, err := o.Propose(o.ctx, reviewer("ana"), c.ID, p)
	if err != nil {
		t.Fatal(err)
	}
	if got := o.state(c.ID); got != record.CaseReview {
		t.Errorf("moved to %s by one person", got)
	}
	_, err = o.Approve(o.ctx, reviewer("ana"), d.ID, p.Seen)
	is(t, "the first signs again", err, record.CodeRefused)
	_, err = o.Approve(o.ctx, record.Actor{Kind: record.ActorKey, ID: "k", Tenant: "acme"}, d.ID, p.Seen)
	is(t, "a key signs", err, record.CodeRefused)
	_, err = o.Approve(o.ctx, reviewer("ben"), d.ID, "another page")
	is(t, "on another page", err, record.CodeConflict)
	if _, err := o.Approve(o.ctx, reviewer("ben"), d.ID, p.Seen); err != nil {
		t.Fatal(err)
	}
	if got := o.state(c.ID); got != record.CaseMisrepresentation {
		t.Errorf("stands at %s", got)
	}
	// An appeal goes to others.
	back := Proposal{To: record.CaseCleared, Reasons: "The bank confirmed the holder.", Appeals: d.ID, Seen: o.seen(c.ID)}
	for _, who := range []string{"ana", "ben"} {
		_, err = o.Propose(o.ctx, reviewer(who), c.ID, back)
		if err == nil {
			t.Errorf("%s looked at the appeal against their own decision", who)
		}
	}
	e, err := o.Propose(o.ctx, reviewer("cleo"), c.ID, back)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = o.Approve(o.ctx, reviewer("ana"), e.ID, back.Seen); err == nil {
		t.Error("ana signed the appeal against her own decision")
	}
	if _, err := o.Approve(o.ctx, reviewer("dan"), e.ID, back.Seen); err != nil {
		t.Fatal(err)
	}
	if got := o.state(c.ID); got != record.CaseCleared {
		t.Errorf("stands at %s", got)
	}
}

// What changed between two signatures voids the first.
func TestChangedInBetween(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	seen := o.seen(c.ID)
	d, err := o.Propose(o.ctx, reviewer("ana"), c.ID, Proposal{To: record.CaseCleared, Reasons: "Confirmed.", Seen: seen})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) error {
		saved, err := t.SaveApplication(&record.Application{ID: fmt.Sprint(o.next), Source: "test", ReceivedAt: start, Emails: []string{"other@example.org"}})
		t.Did("application.add", "subject/"+saved.Subject, "")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	_, err = o.Approve(o.ctx, reviewer("ben"), d.ID, seen)
	is(t, "after a new version of the record", err, record.CodeConflict)
	if got := o.state(c.ID); got != record.CaseReview {
		t.Errorf("moved to %s", got)
	}
	_, err = o.Approve(o.ctx, reviewer("ben"), d.ID, o.seen(c.ID))
	is(t, "a void decision", err, record.CodeConflict)
	if _, err := o.Propose(o.ctx, reviewer("ana"), c.ID, Proposal{To: record.CaseCleared, Reasons: "Confirmed.", Seen: o.seen(c.ID)}); err != nil {
		t.Errorf("put forward again: %v", err)
	}
}

// Of thirty-two people who press at once, one wins, and the case moves once.
func TestRace(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	seen := o.seen(c.ID)
	d, err := o.Propose(o.ctx, reviewer("ana"), c.ID, Proposal{To: record.CaseCleared, Reasons: "Confirmed.", Seen: seen})
	if err != nil {
		t.Fatal(err)
	}
	var won sync.Map
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			who := reviewer(fmt.Sprintf("r%02d", i))
			switch i % 3 {
			case 0:
				_, err = o.Decline(o.ctx, who, d.ID)
			case 1:
				_, err = o.Withdraw(o.ctx, reviewer("ana"), d.ID)
			default:
				_, err := o.Approve(o.ctx, who, d.ID, seen)
				if err == nil {
					won.Store(i, true)
				}
				return
			}
		})
	}
	all.Wait()
	n := 0
	won.Range(func(any, any) bool { n++; return true })
	if moved := o.state(c.ID) == record.CaseCleared; n > 1 || moved != (n == 1) {
		t.Errorf("%d approvals won, case at %s", n, o.state(c.ID))
	}
}

// No sequence of up to forty acts leads to an outcome that needs two people by
// fewer than two, or to an adverse one without a question.
func TestModel(t *testing.T) {
	o := openOffice(t)
	people := []string{"ana", "ben", "cleo", "dan"}
	rapid.Check(t, func(r *rapid.T) {
		c := o.open(rapid.SampledFrom([]record.CaseState{record.CaseRoutine, record.CaseVerifyMore, record.CaseReview}).Draw(r, "state"))
		var last record.Decision
		var asked []store.Request
		for range rapid.IntRange(1, 40).Draw(r, "acts") {
			who := reviewer(rapid.SampledFrom(people).Draw(r, "who"))
			before := o.state(c.ID)
			act := rapid.IntRange(0, 6).Draw(r, "act")
			switch act {
			case 0, 1:
				to := rapid.SampledFrom(record.CaseStates[:]).Draw(r, "to")
				appeal := ""
				if rapid.Bool().Draw(r, "appeal") {
					appeal = last.ID
				}
				if d, err := o.Propose(o.ctx, who, c.ID, Proposal{To: to, Reasons: "x", Seen: o.seen(c.ID), Appeals: appeal}); err == nil {
					last = d
				}
			case 2, 3:
				_, _ = o.Approve(o.ctx, who, last.ID, o.seen(c.ID))
			case 4:
				q := question
				q.Due = o.at.Add(48 * time.Hour)
				if more, err := o.Ask(o.ctx, who, c.ID, []Asking{q}); err == nil {
					asked = append(asked, more...)
				}
			case 5:
				if len(asked) > 0 {
					_ = o.Answer(o.ctx, record.Actor{Kind: record.ActorCandidate, ID: c.Subject, Tenant: "acme"}, asked[0].ID, "y", false)
					asked = asked[1:]
				}
			case 6:
				_, _ = o.Withdraw(o.ctx, who, last.ID)
			}
			after := o.state(c.ID)
			if after == before {
				continue
			}
			m, ok := record.FindMove(before, after)
			if !ok {
				r.Fatalf("%s → %s is no move", before, after)
			}
			if act == 4 {
				continue
			}
			var all []record.Decision
			if err := o.Store.Update(o.ctx, reviewer("ana"), func(t *store.Tx) (err error) {
				all, err = t.Decisions(c.ID)
				t.Did("case.read", "case/"+c.ID, c.ID)
				return err
			}); err != nil {
				r.Fatal(err)
			}
			i := slices.IndexFunc(all, func(d record.Decision) bool {
				return d.State == record.DecisionApproved && d.From == before && d.To == after
			})
			if i < 0 {
				r.Fatalf("%s → %s without a decision", before, after)
			}
			if m.Two && !slices.ContainsFunc(all, func(d record.Decision) bool {
				return d.State == record.DecisionApproved && d.To == after && d.Approver != "" && d.Approver != d.Proposer
			}) {
				r.Fatalf("%s → %s by one person", before, after)
			}
		}
	})
}

// A sealed case does not exist for anybody else, in the words of one that does not.
func TestSealed(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	if err := o.OpenGuide(o.ctx, reviewer("ana"), c.ID, "insider"); err != nil {
		t.Fatal(err)
	}
	_, err := o.Guide(o.ctx, reviewer("ben"), c.ID, "insider")
	_, none := o.Guide(o.ctx, reviewer("ben"), "aaaaaaaaaaaaaaaaaaaaaaaaaa", "insider")
	if err == nil || none == nil || err.Error() != none.Error() {
		t.Errorf("%v, and of one that is not there %v", err, none)
	}
	_, err = o.Claim(o.ctx, reviewer("ben"), c.ID, "")
	is(t, "claiming a sealed case", err, record.CodeNotFound)
	if err := o.FinishStep(o.ctx, reviewer("ana"), c.ID, "insider", "circle", map[string]string{"people": "ana", "basis": "b"}, ""); err != nil {
		t.Fatal(err)
	}
	g, err := o.Guide(o.ctx, reviewer("ana"), c.ID, "insider")
	if err != nil || g.Steps[0].Done == nil || g.Steps[0].Done.Answers["basis"] != "b" || !g.Steps[1].Open {
		t.Errorf("%+v %v", g.Steps[:2], err)
	}
	is(t, "opened twice", o.OpenGuide(o.ctx, reviewer("ana"), c.ID, "insider"), record.CodeConflict)
}

func TestClaim(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	if _, err := o.Claim(o.ctx, reviewer("ana"), c.ID, ""); err != nil {
		t.Fatal(err)
	}
	_, err := o.Claim(o.ctx, reviewer("ben"), c.ID, "")
	is(t, "while ana works on it", err, record.CodeConflict)
	if got, err := o.Claim(o.ctx, reviewer("ben"), c.ID, "ana is away today"); err != nil || got.Assignee != "ben" {
		t.Errorf("taken over: %+v %v", got, err)
	}
	o.pass(2 * time.Hour)
	if got, err := o.Claim(o.ctx, reviewer("ana"), c.ID, ""); err != nil || got.Assignee != "ana" {
		t.Errorf("after the hour: %+v %v", got, err)
	}
}

// What needs two people is left out of what is done in bulk, and said so.
func TestBulk(t *testing.T) {
	o := openOffice(t)
	a, b, sealed := o.open(record.CaseReview), o.open(record.CaseVerifyMore), o.open(record.CaseReview)
	if err := o.Seal(o.ctx, reviewer("zoe"), sealed.ID); err != nil {
		t.Fatal(err)
	}
	p, err := o.PreviewMove(o.ctx, reviewer("ana"), []string{a.ID, b.ID, sealed.ID}, record.CaseCleared)
	if err != nil || !slices.Equal(p.Goes, []string{b.ID}) || len(p.Left) != 2 || p.Left[0].Why != "two-people" || p.Left[1].Why != "missing" {
		t.Errorf("%+v %v", p, err)
	}
	done, err := o.AskAll(o.ctx, reviewer("ana"), []string{a.ID, b.ID, sealed.ID}, question)
	if err != nil || len(done.Goes) != 2 || len(done.Left) != 1 {
		t.Errorf("%+v %v", done, err)
	}
}

func TestAskRefuses(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseRoutine)
	for name, change := range map[string]func(*Asking){
		"no other way": func(a *Asking) { a.Other = " " },
		"no words":     func(a *Asking) { a.Text = "" },
		"at once":      func(a *Asking) { a.Due = start.Add(time.Hour) },
		"in a year":    func(a *Asking) { a.Due = start.AddDate(1, 0, 0) },
	} {
		a := question
		change(&a)
		_, err := o.Ask(o.ctx, reviewer("ana"), c.ID, []Asking{a})
		is(t, name, err, record.CodeInvalid)
	}
	asked, err := o.Ask(o.ctx, reviewer("ana"), c.ID, []Asking{question})
	if err != nil || o.state(c.ID) != record.CaseVerifyMore {
		t.Fatalf("%v, at %s", err, o.state(c.ID))
	}
	err = o.Answer(o.ctx, record.Actor{Kind: record.ActorCandidate, ID: "another", Tenant: "acme"}, asked[0].ID, "x", false)
	is(t, "answered by another candidate", err, record.CodeNotFound)
	o.pass(6 * 24 * time.Hour)
	if n, err := o.ExpireRequests(o.ctx, "acme"); n != 1 || err != nil {
		t.Errorf("%d expired, %v", n, err)
	}
	err = o.Answer(o.ctx, record.Actor{Kind: record.ActorCandidate, ID: c.Subject, Tenant: "acme"}, asked[0].ID, "x", false)
	is(t, "answered too late", err, record.CodeConflict)
}
