package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/casework"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
	"bonafide/store/pgtest"
)

// TestClocksFollow: what is kept for other days by rules that are put in force
// follows them, sooner or later, each with its entry, as the trial has said; a
// legal hold lets nothing be shortened while it lasts.
func TestClocksFollow(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { clocksFollow(t, "") })
	t.Run("postgres", func(t *testing.T) { clocksFollow(t, pgtest.Database(t)) })
}

func clocksFollow(t *testing.T, database string) {
	ctx := context.Background()
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := day
	s, d := clockedDesk(t, database, &now)
	machine := record.Machine("main")
	person := func(id string) record.Actor {
		return record.Actor{Kind: record.ActorPerson, ID: id, Tenant: "main", Roles: []record.StaffRole{record.RoleLead}}
	}
	work := func() (n int) {
		t.Helper()
		jobs, err := s.Claim(ctx, "w", []string{casework.ClocksJob}, time.Minute, 9)
		must(t, err)
		for _, j := range jobs {
			must(t, d.MoveClocks(ctx, j))
		}
		return len(jobs)
	}
	draft := func(lines string) int64 {
		t.Helper()
		p, err := d.DraftRules(ctx, person("ann"), lines+policy.Shipped())
		must(t, err)
		return p.Version
	}
	publish := func(version int64) { t.Helper(); must(t, d.PublishRules(ctx, person("bob"), version)) }

	publish(draft("keep document 20 days because the check is looked at again\nkeep closed-keys 300 days because of us\n"))
	subjects := map[string]string{}
	for _, name := range []string{"plain", "held", "before"} {
		must(t, s.Update(ctx, machine, func(tx *store.Tx) error {
			saved, err := tx.SaveApplication(&record.Application{ID: name, Source: "form", ReceivedAt: now, Person: record.Person{Name: "Nora Muster"}})
			if err != nil {
				return err
			}
			subjects[name] = saved.Subject
			tx.Did("test.add", "subject/"+saved.Subject, "")
			c, err := tx.OpenCase(record.Case{Subject: saved.Subject, State: record.CaseMisrepresentation, Assessment: record.Routine})
			if err != nil {
				return err
			}
			key := map[string]uint64{"plain": 1, "held": 2, "before": 3}[name]
			if err := tx.KeepClosed(c.ID, []store.LinkKey{{Value: key, Kind: record.KindPhone}, {Value: key + 10, Kind: record.KindPhone}}, 300); err != nil {
				return err
			}
			if name == "held" {
				if _, err := tx.AddHold(saved.Subject, "claim", day.AddDate(0, 0, 12)); err != nil {
					return err
				}
			}
			return tx.SetClock(saved.Subject, store.ClassDocument, now, 20, "the check is looked at again")
		}))
	}
	work() // of the publication above: nothing ran then
	_, err := d.Keep(ctx, "main")
	must(t, err)
	// due says on which day each clock runs out: documents, closed keys, the whole.
	due := func(what string, want map[string][3]int) {
		t.Helper()
		must(t, s.View(ctx, machine, func(tx *store.Tx) error {
			for name, days := range want {
				clocks, err := tx.Clocks(subjects[name])
				if err != nil {
					return err
				}
				got := [3]int{}
				for _, c := range clocks {
					got[map[store.Class]int{store.ClassDocument: 0, store.ClassApplication: 2}[c.Class]] = int(c.Due.Sub(day).Hours() / 24)
				}
				closed, err := tx.Closed([]uint64{map[string]uint64{"plain": 11, "held": 12, "before": 13}[name]})
				if err != nil || len(closed) != 1 {
					t.Fatalf("%s: %+v %v", name, closed, err)
				}
				got[1] = int(closed[0].Until.Sub(day).Hours() / 24)
				if got != days {
					t.Errorf("%s, %s: %v, want %v", what, name, got, days)
				}
			}
			return nil
		}))
	}
	due("as set", map[string][3]int{"plain": {20, 300, 180}, "held": {20, 300, 180}})

	now = day.AddDate(0, 0, 6)
	shorter := draft("keep document 5 days because shorter is enough\nkeep closed-keys 200 days because of us\nkeep application 90 days because of us\n")
	trial, err := d.ShadowRules(ctx, person("bob"), shorter)
	must(t, err)
	if want := []casework.ClockMoves{
		{Class: "application", DaysFrom: 180, DaysTo: 90, Moved: 2, Sooner: 2, Held: 1},
		{Class: "document", DaysFrom: 20, DaysTo: 5, Moved: 2, Sooner: 2, Due: 2, Held: 1},
		{Class: "closed-keys", DaysFrom: 300, DaysTo: 200, Moved: 2, Sooner: 2, Held: 1},
	}; !slices.Equal(trial.Clocks, want) {
		t.Errorf("the trial says %+v", trial.Clocks)
	}
	if n := work(); n != 0 {
		t.Errorf("a draft left %d jobs", n)
	}
	due("tried", map[string][3]int{"plain": {20, 300, 180}, "held": {20, 300, 180}})
	publish(shorter)
	if n := work(); n != 1 {
		t.Errorf("%d jobs", n)
	}
	due("shorter", map[string][3]int{"plain": {5, 200, 90}, "held": {20, 300, 180}})

	// Longer moves what is held too, and comes in time for what is due already but
	// was not taken yet.
	longer := draft("keep document 30 days because longer is needed\nkeep closed-keys 350 days because of us\nkeep application 200 days because of us\n")
	trial, err = d.ShadowRules(ctx, person("bob"), longer)
	must(t, err)
	if len(trial.Clocks) != 3 || trial.Clocks[1] != (casework.ClockMoves{Class: "document", DaysFrom: 5, DaysTo: 30, Moved: 3}) {
		t.Errorf("the trial says %+v", trial.Clocks)
	}
	publish(longer)
	_, err = d.Keep(ctx, "main") // as a node does that has not come to the job yet
	must(t, err)
	due("longer", map[string][3]int{"plain": {30, 350, 200}, "held": {30, 350, 200}})
	work()

	// What was held is shortened when the hold has ended, and not before.
	publish(draft("keep document 25 days because of us\nkeep closed-keys 340 days because of us\nkeep application 190 days because of us\n"))
	work()
	due("shorter again", map[string][3]int{"plain": {25, 340, 190}, "held": {30, 350, 200}})
	now = day.AddDate(0, 0, 13)
	_, err = d.Keep(ctx, "main")
	must(t, err)
	due("the hold has ended", map[string][3]int{"plain": {25, 340, 190}, "held": {25, 340, 190}})

	// Other words alone move nothing and leave no job.
	publish(draft("# a comment\nkeep document 25 days because of us\nkeep closed-keys 340 days because of us\nkeep application 190 days because of us\n"))
	if n := work(); n != 0 {
		t.Errorf("%d jobs for nothing", n)
	}
	must(t, s.Integrate(ctx))
	must(t, s.Update(ctx, machine, func(tx *store.Tx) error {
		all, err := tx.Entries(store.EntryFilter{After: -1, Limit: 1000})
		n := 0
		for _, e := range all {
			if e.Act == "clock.set" && strings.HasSuffix(e.Object, subjects["held"]) {
				n++
			}
		}
		// The whole and the documents: the whole set, both longer, both shorter.
		if n != 5 {
			t.Errorf("%d entries of clocks of one", n)
		}
		return err
	}))
	// A hold that comes between the looking and the erasing is seen.
	must(t, s.Update(ctx, machine, func(tx *store.Tx) error {
		_, err := tx.AddHold(subjects["plain"], "claim", day.AddDate(0, 0, 500))
		tx.Did("hold.add", "subject/"+subjects["plain"], "")
		return err
	}))
	now = day.AddDate(0, 0, 195)
	_, err = d.Keep(ctx, "main")
	must(t, err)
	for name, gone := range map[string]bool{"plain": false, "held": true} {
		err := s.View(ctx, machine, func(tx *store.Tx) error { _, err := tx.Subject(subjects[name]); return err })
		if (record.CodeOf(err) == record.CodeNotFound && err != nil) != gone {
			t.Errorf("%s: %v", name, err)
		}
	}
}
