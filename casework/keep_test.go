package casework_test

import (
	"context"
	"testing"
	"time"

	"bonafide/casework"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
	"bonafide/store/pgtest"
)

// clockedDesk is a desk of one tenant whose clock the test moves.
func clockedDesk(t *testing.T, database string, now *time.Time) (*store.Store, *casework.Desk) {
	t.Helper()
	ctx := context.Background()
	keys, err := store.NewKeys()
	must(t, err)
	s, err := store.Open(ctx, store.Options{Path: t.TempDir(), URL: database, Keys: keys, Now: func() time.Time { return *now }})
	must(t, err)
	t.Cleanup(func() { s.Close() })
	must(t, s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: store.House}, "main", "DE"))
	return s, &casework.Desk{Store: s}
}

// TestKeep: on every day of a year the set of records that can be read is the
// set that the rules say, without anybody doing anything; a hold keeps one, and
// only as long as it lasts.
func TestKeep(t *testing.T) {
	ctx := context.Background()
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := day
	s, d := clockedDesk(t, "", &now)
	by := record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: "main"}
	subjects := map[string]string{}
	for name, state := range map[string]record.CaseState{"withdrawn": record.CaseWithdrawn, "held": record.CaseNotVerified, "open": record.CaseReview, "cleared": record.CaseCleared, "again": record.CaseNotVerified, "routine": record.CaseRoutine} {
		must(t, s.Update(ctx, by, func(tx *store.Tx) error {
			saved, err := tx.SaveApplication(&record.Application{ID: name, Source: "form", ReceivedAt: now, Person: record.Person{Name: "Nora Muster"}})
			if err != nil {
				return err
			}
			subjects[name] = saved.Subject
			if name == "held" {
				if _, err := tx.AddHold(saved.Subject, "claim", day.AddDate(0, 0, 200)); err != nil {
					return err
				}
			}
			tx.Did("test.add", "subject/"+saved.Subject, "")
			_, err = tx.OpenCase(record.Case{Subject: saved.Subject, State: state, Assessment: record.Routine})
			return err
		}))
	}
	for n := 0; n <= 400; n += 5 {
		now = day.AddDate(0, 0, n).Add(time.Minute)
		// Whose case is opened again is not erased under the hands of who works on it,
		// and the clock begins anew when it is finished again.
		if to, moved := map[int]record.CaseState{100: record.CaseReview, 200: record.CaseNotVerified}[n]; moved {
			must(t, s.Update(ctx, by, func(tx *store.Tx) error {
				c, err := tx.CaseOf(subjects["again"])
				if err != nil {
					return err
				}
				tx.Did("case.move", "case/"+c.ID, c.ID)
				c.State = to
				_, err = tx.SaveCase(c)
				return err
			}))
		}
		if _, err := d.Keep(ctx, "main"); err != nil {
			t.Fatal(err)
		}
		for name, id := range subjects {
			gone := (name == "withdrawn" || name == "cleared") && n >= 180 || name == "held" && n >= 200 || name == "again" && n >= 380 || name == "routine" && n >= 395
			err := s.View(ctx, by, func(tx *store.Tx) error { _, err := tx.Subject(id); return err })
			if (record.CodeOf(err) == record.CodeNotFound && err != nil) != gone {
				t.Errorf("day %d: %s: %v", n, name, err)
			}
		}
	}
}

// TestKeepByRules: the days of the rules in force hold instead of the country's,
// and another version moves the clocks that run.
func TestKeepByRules(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { keepByRules(t, "") })
	t.Run("postgres", func(t *testing.T) { keepByRules(t, pgtest.Database(t)) })
}

func keepByRules(t *testing.T, database string) {
	ctx := context.Background()
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := day
	s, d := clockedDesk(t, database, &now)
	by := record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: "main"}
	put := func(lines string) {
		t.Helper()
		must(t, s.Update(ctx, by, func(tx *store.Tx) error {
			p, err := tx.ProposePolicy(lines+policy.Shipped(), "ann")
			if err != nil {
				return err
			}
			tx.Did("policy.publish", "policy/1", "")
			return tx.ActivatePolicy(p.Version, "bob")
		}))
	}
	subjects := map[string]string{}
	for name, state := range map[string]record.CaseState{"finished": record.CaseWithdrawn, "routine": record.CaseRoutine, "moved": record.CaseRoutine, "open": record.CaseReview} {
		must(t, s.Update(ctx, by, func(tx *store.Tx) error {
			saved, err := tx.SaveApplication(&record.Application{ID: name, Source: "form", ReceivedAt: now, Person: record.Person{Name: "Nora Muster"}})
			if err != nil {
				return err
			}
			subjects[name] = saved.Subject
			tx.Did("test.add", "subject/"+saved.Subject, "")
			_, err = tx.OpenCase(record.Case{Subject: saved.Subject, State: state, Assessment: record.Routine})
			return err
		}))
	}
	put("keep routine 100 days because the works council asked for it\nkeep application 90 days in DE because of us\nkeep application 10 days in PT because of others\n")
	for n := 0; n <= 120; n += 5 {
		now = day.AddDate(0, 0, n).Add(time.Minute)
		switch n {
		case 30: // a newer application of one: its clock begins anew
			must(t, s.Update(ctx, by, func(tx *store.Tx) error {
				_, err := tx.SaveApplication(&record.Application{ID: "moved", Source: "form", ReceivedAt: now, Person: record.Person{Name: "Nora M. Muster"}})
				tx.Did("test.add", "subject/"+subjects["moved"], "")
				return err
			}))
		case 50:
			put("keep routine 70 days because shorter is enough\n")
		}
		_, err := d.Keep(ctx, "main")
		must(t, err)
		for name, id := range subjects {
			gone := name == "routine" && n >= 70 || name == "moved" && n >= 100
			err := s.View(ctx, by, func(tx *store.Tx) error { _, err := tx.Subject(id); return err })
			if (record.CodeOf(err) == record.CodeNotFound && err != nil) != gone {
				t.Errorf("day %d: %s: %v", n, name, err)
			}
		}
		if n == 45 || n == 55 {
			days := map[int]int{45: 90, 55: 180}[n]
			must(t, s.View(ctx, by, func(tx *store.Tx) error {
				clocks, err := tx.Clocks(subjects["finished"])
				if len(clocks) != 1 || !clocks[0].Due.Equal(day.AddDate(0, 0, days)) {
					t.Errorf("day %d: %+v, not %d days", n, clocks, days)
				}
				return err
			}))
		}
	}
	// What moves no clock leaves no entry.
	count := func() (n int) {
		must(t, s.Integrate(ctx))
		must(t, s.Update(ctx, by, func(tx *store.Tx) error {
			all, err := tx.Entries(store.EntryFilter{After: -1, Limit: 1000})
			n = len(all)
			return err
		}))
		return n
	}
	before := count()
	_, err := d.Keep(ctx, "main")
	must(t, err)
	if after := count(); after != before {
		t.Errorf("%d entries for nothing", after-before)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
