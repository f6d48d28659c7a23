package casework_test

import (
	"context"
	"testing"
	"time"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/store"
)

// TestKeep: on every day of a year the set of records that can be read is the
// set that the rules say, without anybody doing anything; a hold keeps one, and
// only as long as it lasts.
func TestKeep(t *testing.T) {
	ctx := context.Background()
	keys, err := store.NewKeys()
	must(t, err)
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := day
	s, err := store.Open(ctx, store.Options{Path: t.TempDir(), Keys: keys, Now: func() time.Time { return now }})
	must(t, err)
	defer s.Close()
	must(t, s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: store.House}, "main", "DE"))
	d := &casework.Desk{Store: s}
	by := record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: "main"}
	subjects := map[string]string{}
	for name, state := range map[string]record.CaseState{"withdrawn": record.CaseWithdrawn, "held": record.CaseNotVerified, "open": record.CaseReview, "cleared": record.CaseCleared, "again": record.CaseNotVerified} {
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
			gone := (name == "withdrawn" || name == "cleared") && n >= 180 || name == "held" && n >= 200 || name == "again" && n >= 380
			err := s.View(ctx, by, func(tx *store.Tx) error { _, err := tx.Subject(id); return err })
			if (record.CodeOf(err) == record.CodeNotFound && err != nil) != gone {
				t.Errorf("day %d: %s: %v", n, name, err)
			}
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
