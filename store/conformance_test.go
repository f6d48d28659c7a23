package store

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store/pgtest"
)

// clock is a clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

var day = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// bench is an opened store with two tenants and a clock.
type bench struct {
	*Store
	*clock
	t *testing.T
}

var ctx = context.Background()

func ann(tenant string) record.Actor {
	return record.Actor{Kind: record.ActorPerson, ID: "ann", Tenant: tenant, Roles: []record.StaffRole{record.RoleReviewer}}
}

func testKeys(t *testing.T) *Keys {
	t.Helper()
	k, err := NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// engines runs a test on every engine there is.
func engines(t *testing.T, test func(*testing.T, *bench)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, openBench(t, Options{Path: t.TempDir()}))
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, openBench(t, Options{URL: pgtest.Database(t)}))
	})
	t.Run("memory", func(t *testing.T) {
		test(t, openBench(t, Options{}))
	})
}

func openBench(t *testing.T, o Options) *bench {
	t.Helper()
	c := &clock{at: day}
	o.Now = c.now
	if o.Keys == nil {
		o.Keys = testKeys(t)
	}
	s, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, tenant := range []string{"acme", "other"} {
		if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "root", Tenant: House}, tenant, "DE"); err != nil {
			t.Fatal(err)
		}
	}
	return &bench{s, c, t}
}

// do runs an update that notes "test.do" and must succeed.
func (b *bench) do(f func(*Tx) error) {
	b.t.Helper()
	if err := b.try("acme", f); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) try(tenant string, f func(*Tx) error) error {
	return b.Update(ctx, ann(tenant), func(t *Tx) error {
		t.Did("test.do", "test/1", "")
		return f(t)
	})
}

func want(t *testing.T, err error, code record.Code) {
	t.Helper()
	if err == nil || record.CodeOf(err) != code {
		t.Fatalf("got %v, want code %q", err, code)
	}
}

func application(id string) *record.Application {
	return &record.Application{ID: id, Source: "form", ReceivedAt: day, Person: record.Person{Name: "Canary Petrel " + id}, Emails: []string{id + "@example.org"}}
}

func (b *bench) subject(id string) (subject string) {
	b.do(func(t *Tx) error {
		s, err := t.SaveApplication(application(id))
		subject = s.Subject
		return err
	})
	return subject
}

func (b *bench) openCase(id string) (c record.Case) {
	subject := b.subject(id)
	b.do(func(t *Tx) (err error) {
		c, err = t.OpenCase(record.Case{Subject: subject, State: record.CaseReview, Assessment: record.Review, Tier: "T2"})
		return err
	})
	return c
}

func TestApplications(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		a := application("a1")
		var first, same, next Saved
		b.do(func(t *Tx) (err error) { first, err = t.SaveApplication(a); return err })
		b.do(func(t *Tx) (err error) { same, err = t.SaveApplication(a); return err })
		a.Phones = []string{"+49 30 1234567"}
		b.do(func(t *Tx) (err error) { next, err = t.SaveApplication(a); return err })
		if !first.New || first.Version != 1 || !same.Same || same.Subject != first.Subject || next.New || next.Version != 2 || next.Subject != first.Subject {
			t.Fatalf("first %+v, same %+v, next %+v", first, same, next)
		}
		b.do(func(x *Tx) error {
			got, err := x.Application(first.Subject)
			if err != nil {
				return err
			}
			if got.Phones[0] != a.Phones[0] || got.Person.Name != a.Person.Name || !got.ReceivedAt.Equal(a.ReceivedAt) {
				t.Errorf("opened %+v", got)
			}
			if got, err = x.ApplicationVersion(first.Subject, 1); err != nil || len(got.Phones) != 0 {
				t.Errorf("the superseded version: %+v, %v", got, err)
			}
			found, err := x.FindSubject("form", "a1")
			if found != first.Subject {
				t.Errorf("found %q", found)
			}
			return err
		})
		want(t, b.try("other", func(x *Tx) error { _, err := x.Application(first.Subject); return err }), record.CodeNotFound)
		want(t, b.try("other", func(x *Tx) error { _, err := x.FindSubject("form", "a1"); return err }), record.CodeNotFound)
	})
}

func TestResults(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		subject := b.subject("a1")
		in := &record.Result{Record: "form/a1", Assessment: record.Review, Findings: []record.Finding{{Check: "doc-mrz-check-digits", Outcome: record.Hit, Strength: record.Supporting,
			Family: record.Ident, Text: record.Text{EN: "e", DE: "d"}, Value: 1<<63 + 5}}, Links: []record.Link{{Kind: record.KindPhone, Others: []string{"form/a2"}}}}
		b.do(func(t *Tx) error { _, err := t.SaveResult(subject, 1, in); return err })
		b.do(func(t *Tx) error { _, err := t.SaveResult(subject, 1, in); return err })
		b.do(func(x *Tx) error {
			out, err := x.Result(subject)
			if err != nil {
				return err
			}
			f := out.Findings[0]
			if f.Value != 1<<63+5 || f.Outcome != record.Hit || f.Text.DE != "d" || out.Links[0].Kind != record.KindPhone || out.Assessment != record.Review {
				t.Errorf("read back %+v", out)
			}
			heads, err := x.Results(subject)
			if len(heads) != 2 || heads[0].Version != 2 {
				t.Errorf("heads %+v", heads)
			}
			return err
		})
	})
}

// TestLawOfEntries: no effect without an entry, no entry without an effect.
func TestLawOfEntries(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		subject := b.subject("a1")
		entries := func() (n int64) {
			if err := b.Integrate(ctx); err != nil {
				t.Fatal(err)
			}
			b.View(ctx, ann("acme"), func(t *Tx) (err error) { n, err = t.treeSize(); return err })
			return n
		}
		before := entries()
		none := b.Update(ctx, ann("acme"), func(t *Tx) error { _, err := t.SaveApplication(application("a2")); return err })
		want(t, none, record.CodeInternal)
		none = b.Update(ctx, ann("acme"), func(t *Tx) error { _, err := t.Application(subject); return err })
		want(t, none, record.CodeInternal)
		want(t, b.try("acme", func(t *Tx) error { return nil }), record.CodeInternal)
		want(t, b.View(ctx, ann("acme"), func(t *Tx) error { _, err := t.Application(subject); return err }), record.CodeInternal)
		want(t, b.View(ctx, ann("acme"), func(t *Tx) error { _, err := t.SaveApplication(application("a2")); return err }), record.CodeInternal)
		want(t, b.Update(ctx, record.Actor{Tenant: "acme"}, func(t *Tx) error { return nil }), record.CodeRefused)
		if n := entries(); n != before {
			t.Errorf("%d entries, %d before", n, before)
		}
		b.View(ctx, ann("acme"), func(x *Tx) error {
			if n, _ := x.Population(); n != 1 {
				t.Errorf("%d subjects: an effect stayed", n)
			}
			return nil
		})
		// A refusal leaves its entry and nothing else.
		secret := &record.Error{Code: record.CodeRefused, Message: "not assigned"}
		err := b.Update(ctx, ann("acme"), func(t *Tx) error {
			if _, err := t.SaveApplication(application("a3")); err != nil {
				return err
			}
			return Refusal(record.Entry{Act: "case.read", Object: "case/x"}, secret)
		})
		if err != error(secret) {
			t.Errorf("got %v", err)
		}
		entries()
		b.View(ctx, ann("acme"), func(x *Tx) error {
			all, err := x.Entries(EntryFilter{After: before - 1})
			if err != nil || len(all) != 1 || all[0].Done || all[0].Act != "case.read" || all[0].Seq != before || all[0].Actor.ID != "ann" {
				t.Errorf("entries %+v, %v", all, err)
			}
			return nil
		})
	})
}

// TestOneWhoGoesAway: a client that gives up in the middle costs no other its work.
func TestOneWhoGoesAway(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				mine, cancel := context.WithCancel(ctx)
				defer cancel()
				err := b.Update(mine, ann("acme"), func(t *Tx) error {
					t.Did("test.do", "test/1", "")
					if i%2 == 0 {
						cancel()
					}
					_, err := t.SaveApplication(application(fmt.Sprint("a", i)))
					return err
				})
				if i%2 == 1 && err != nil {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wg.Wait()
		b.View(ctx, ann("acme"), func(x *Tx) error {
			if n, err := x.Population(); err != nil || n < 20 {
				t.Errorf("%d subjects, %v", n, err)
			}
			return nil
		})
	})
}

func TestCases(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		var ids []string
		for i := range 7 {
			ids = append(ids, b.openCase(fmt.Sprint("a", i)).ID)
			b.pass(time.Second)
		}
		c := record.Case{}
		b.do(func(t *Tx) (err error) { c, err = t.Case(ids[3]); return err })
		stale := c
		c.State, c.Cluster = record.CaseVerifyMore, "k1"
		b.do(func(t *Tx) (err error) { c, err = t.SaveCase(c); return err })
		if c.Version != 2 {
			t.Errorf("version %d", c.Version)
		}
		want(t, b.try("acme", func(t *Tx) error { _, err := t.SaveCase(stale); return err }), record.CodeConflict)
		want(t, b.try("other", func(t *Tx) error { _, err := t.SaveCase(c); return err }), record.CodeNotFound)
		page := func(f CaseFilter) (got []string, next string) {
			err := b.View(ctx, ann("acme"), func(t *Tx) error {
				all, n, err := t.Cases(f)
				for _, c := range all {
					got = append(got, c.ID)
				}
				next = n
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return got, next
		}
		for _, newest := range []bool{false, true} {
			var all []string
			cursor := ""
			for range 9 {
				part, next := page(CaseFilter{Limit: 3, Cursor: cursor, Newest: newest})
				all = append(all, part...)
				if cursor = next; cursor == "" {
					break
				}
			}
			wanted := []string{ids[0], ids[1], ids[2], ids[4], ids[5], ids[6], ids[3]} // verify-more after review
			if newest {
				wanted = []string{ids[3], ids[6], ids[5], ids[4], ids[2], ids[1], ids[0]}
			}
			if strings.Join(all, " ") != strings.Join(wanted, " ") {
				t.Errorf("newest %v: %v, want %v", newest, all, wanted)
			}
		}
		nobody := ""
		if got, _ := page(CaseFilter{States: []record.CaseState{record.CaseVerifyMore}, Cluster: "k1", Assignee: &nobody, Tier: "T2"}); len(got) != 1 || got[0] != ids[3] {
			t.Errorf("filtered %v", got)
		}
		_, next := page(CaseFilter{Limit: 3})
		err := b.View(ctx, ann("other"), func(t *Tx) error { _, _, err := t.Cases(CaseFilter{Cursor: next}); return err })
		want(t, err, record.CodeInvalid)

		b.do(func(t *Tx) error { _, err := t.ClaimCase(ids[0], "ann", b.clock.now().Add(time.Hour)); return err })
		want(t, b.try("acme", func(t *Tx) error { _, err := t.ClaimCase(ids[0], "bob", b.clock.now().Add(time.Hour)); return err }), record.CodeConflict)
		b.pass(2 * time.Hour)
		b.do(func(t *Tx) error { _, err := t.ClaimCase(ids[0], "bob", b.clock.now().Add(time.Hour)); return err })
		want(t, b.try("acme", func(t *Tx) error { _, err := t.ReleaseCase(ids[0], "ann"); return err }), record.CodeConflict)
		want(t, b.try("acme", func(t *Tx) error { _, err := t.OpenCase(record.Case{Subject: c.Subject}); return err }), record.CodeConflict)
	})
}

// TestFourEyes: the database itself refuses what one person alone, or the
// people of the decision appealed, would do.
func TestFourEyes(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		c := b.openCase("a1")
		propose := func(who, appeals string) (d record.Decision, err error) {
			err = b.try("acme", func(t *Tx) (err error) {
				d, err = t.Propose(record.Decision{Case: c.ID, From: c.State, To: record.CaseNotVerified, Proposer: who, Reasons: "canary reasons", AppealsTo: appeals}, true)
				return err
			})
			return d, err
		}
		settle := func(id string, state record.DecisionState, who string) error {
			return b.try("acme", func(t *Tx) error { _, err := t.Settle(id, state, who); return err })
		}
		d, err := propose("ann", "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = propose("bob", "")
		want(t, err, record.CodeConflict) // one waits already
		want(t, settle(d.ID, record.DecisionApproved, "ann"), record.CodeRefused)
		want(t, settle(d.ID, record.DecisionApproved, ""), record.CodeRefused)
		if err := settle(d.ID, record.DecisionApproved, "bob"); err != nil {
			t.Fatal(err)
		}
		want(t, settle(d.ID, record.DecisionDeclined, "cat"), record.CodeConflict)
		b.pass(time.Second)
		_, err = propose("bob", d.ID)
		want(t, err, record.CodeRefused) // who approved does not appeal
		e, err := propose("cat", d.ID)
		if err != nil {
			t.Fatal(err)
		}
		want(t, settle(e.ID, record.DecisionApproved, "ann"), record.CodeRefused)
		if err := settle(e.ID, record.DecisionApproved, "dan"); err != nil {
			t.Fatal(err)
		}
		b.do(func(x *Tx) error {
			all, err := x.Decisions(c.ID)
			if len(all) != 2 || all[0].Reasons != "canary reasons" || all[1].AppealsTo != d.ID || all[1].Approver != "dan" {
				t.Errorf("%+v", all)
			}
			return err
		})
	})
}

func TestIdempotency(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		digest := sum([]byte("the request"))
		var effects int
		ask := func(key string, digest []byte) (body string, err error) {
			for range 20 {
				err = b.try("acme", func(t *Tx) error {
					a, found, err := t.Answer(key, digest)
					if err != nil || found {
						body = string(a.Body)
						return err
					}
					if err := t.SaveSettingOnce(); err != nil {
						return err
					}
					body = "made " + key
					return t.KeepAnswer(key, digest, "", Answer{Status: 201, Body: []byte(body)})
				})
				if record.CodeOf(err) != record.CodeConflict || !bytes.Equal(digest, sum([]byte("the request"))) {
					return body, err
				}
			}
			return body, err
		}
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				if body, err := ask("k1", digest); err != nil || body != "made k1" {
					t.Errorf("%q, %v", body, err)
				}
			})
		}
		wg.Wait()
		b.do(func(t *Tx) error {
			all, err := t.Settings("effects")
			effects = len(all)
			return err
		})
		if effects != 1 {
			t.Errorf("%d effects", effects)
		}
		_, err := ask("k1", sum([]byte("another request")))
		want(t, err, record.CodeConflict)
	})
}

// SaveSettingOnce is an effect that can be counted.
func (t *Tx) SaveSettingOnce() error {
	all, err := t.Settings("effects")
	if err != nil {
		return err
	}
	_, err = t.SaveSetting("effects", int64(len(all)), []byte("x"))
	return err
}
