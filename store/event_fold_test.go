package store

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"bonafide/record"
	"bonafide/store/pgtest"
)

// timeline opens a subject's events.
func (b *bench) timeline(subject string, limit int) (all []Event) {
	b.t.Helper()
	b.do(func(t *Tx) (err error) {
		t.Did("case.read", "subject/"+subject, "", "events")
		all, err = t.Events(subject, limit)
		return err
	})
	return all
}

func (b *bench) rows(query string) (n int64) {
	b.t.Helper()
	if err := b.View(ctx, ann("acme"), func(t *Tx) (err error) { n, err = t.count(query); return err }); err != nil {
		b.t.Fatal(err)
	}
	return n
}

const (
	loose  = "select count(*) from events where tenant = $1"
	blocks = "select count(*) from event_blocks where tenant = $1"
	folded = "select count(*) from event_keys where tenant = $1"
)

func signIn(subject string, i int) Event {
	return Event{Source: "okta", Key: fmt.Sprint(subject, "-", i), Subject: subject, Kind: "sign-in", At: day.Add(time.Duration(i*37%400) * time.Hour), Body: fmt.Appendf(nil, `{"ip":"192.0.2.%d","n":%d}`, i%7, i)}
}

func (b *bench) signIns(subject string, from, to int) {
	b.t.Helper()
	b.do(func(t *Tx) error {
		for i := from; i < to; i++ {
			if _, _, err := t.SaveEvent(signIn(subject, i)); err != nil {
				return err
			}
		}
		t.Did("event.add", "subject/"+subject, "")
		return nil
	})
}

// olderEvent stores one the way versions before blocks did: under a random id.
func (b *bench) olderEvent(e Event) (id string) {
	b.t.Helper()
	id = NewID()
	b.do(func(t *Tx) error {
		blind, err := t.eventBlind(e.Source, e.Key)
		if err != nil {
			return err
		}
		sealed, err := t.sealJSON(e.Subject, eventBody{e.Source, e.Key, e.Body}, "events", id)
		if err != nil {
			return err
		}
		t.Did("event.add", "subject/"+e.Subject, "")
		return t.put("insert into events (tenant, id, blind, subject, kind, at, stored, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8)",
			id, blind, e.Subject, e.Kind, micros(e.At), micros(t.now), sealed)
	})
	return id
}

func (b *bench) fold() int {
	b.t.Helper()
	n, err := b.FoldEvents(ctx, "acme")
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// TestFold: a timeline reads the same before and after it is folded, whatever came
// when; what was told before is known; and what an older version does beside it
// shows nowhere.
func TestFold(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		one, two := b.subject("a1"), b.subject("a2")
		b.signIns(one, 0, 300)
		b.signIns(two, 0, foldLeast-1) // too few to be moved
		older := signIn(one, 300)
		older.ID = b.olderEvent(older)
		step := Event{Source: "portal", Key: "1", Subject: one, Kind: "step.identity", At: day, Body: []byte("{}")}
		b.do(func(t *Tx) error {
			t.Did("event.add", "subject/"+one, "")
			_, _, err := t.SaveEvent(step)
			return err
		})
		if n := b.fold(); n != 0 {
			t.Errorf("%d events were folded on the day", n)
		}
		b.pass(20 * 24 * time.Hour)
		before := b.timeline(one, 1000)
		if len(before) != 302 {
			t.Fatalf("%d events", len(before))
		}
		b.fold()
		if n, m, k := b.rows(loose), b.rows(blocks), b.rows(folded); n != foldLeast || m < 3 || m > 6 || k != 301 {
			t.Errorf("%d rows, %d blocks, %d keys", n, m, k)
		}
		if after := b.timeline(one, 1000); !reflect.DeepEqual(before, after) {
			t.Errorf("the timeline reads otherwise after folding: %d events", len(after))
		}
		for _, limit := range []int{1, 10, 128, 129, 301} {
			if some := b.timeline(one, limit); !reflect.DeepEqual(some, before[:limit]) {
				t.Errorf("the first %d: %d others", limit, len(some))
			}
		}
		if n := b.fold(); n != 0 {
			t.Errorf("%d events folded again", n)
		}

		for _, e := range []Event{signIn(one, 7), older} { // told again
			b.do(func(x *Tx) error {
				id, again, err := x.SaveEvent(e)
				if !again || e.ID != "" && id != e.ID {
					t.Errorf("told again: %s, %v", id, again)
				}
				return err
			})
		}
		b.olderEvent(signIn(one, 7)) // to an older version, which does not know
		if after := b.timeline(one, 1000); !reflect.DeepEqual(before, after) {
			t.Errorf("an event stands twice")
		}

		b.signIns(one, 301, 301+foldLeast) // others come, some of them late: the last block is filled up
		b.fold()
		after := b.timeline(one, 1000)
		if len(after) != 302+foldLeast || b.rows(folded) != int64(301+foldLeast) || b.rows(loose) != foldLeast {
			t.Errorf("%d events, %d keys, %d rows", len(after), b.rows(folded), b.rows(loose))
		}
		for i := range after {
			if i > 0 && after[i].At.Before(after[i-1].At) {
				t.Fatalf("event %d is out of time", i)
			}
		}
		if len(b.timeline(two, 1000)) != foldLeast-1 {
			t.Error("the other's timeline")
		}

		b.do(func(t *Tx) error {
			t.Did("subject.erase", "subject/"+one, "")
			_, err := t.Erase(one, "request", "bob")
			return err
		})
		if n, m, k := b.rows(loose), b.rows(blocks), b.rows(folded); n != foldLeast-1 || m != 0 || k != 0 {
			t.Errorf("after erasure: %d rows, %d blocks, %d keys", n, m, k)
		}
		if r, err := b.VerifyAudit(ctx, "acme", nil); err != nil || len(r.Problems) > 0 {
			t.Errorf("the audit: %+v, %v", r, err)
		}
	})
}

// TestFoldWithoutTheKey: who was erased by a version that knew no blocks has left
// some; erasing what stands there still works.
func TestFoldWithoutTheKey(t *testing.T) {
	b := openBench(t, Options{})
	one := b.subject("a1")
	b.signIns(one, 0, 100)
	b.pass(40 * 24 * time.Hour)
	b.fold()
	b.do(func(t *Tx) error {
		t.Did("subject.erase", "subject/"+one, "")
		_, err := t.exec("delete from subject_keys where tenant = $1 and subject = $2", one)
		return err
	})
	b.do(func(t *Tx) error {
		t.Did("subject.erase", "subject/"+one, "")
		_, err := t.Erase(one, "request", "bob")
		return err
	})
	if n := b.rows(blocks); n != 0 {
		t.Errorf("%d blocks are left", n)
	}
}

// TestFoldTogether: nodes that fold at once, and are told more meanwhile, lose and
// double nothing.
func TestFoldTogether(t *testing.T) {
	o := Options{URL: pgtest.Database(t), Keys: testKeys(t)}
	b := openBench(t, o)
	o.Now = b.clock.now
	other, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	one, two := b.subject("a1"), b.subject("a2")
	b.signIns(one, 0, 200)
	b.signIns(two, 0, 200)
	b.pass(40 * 24 * time.Hour)
	done := make(chan error)
	for _, node := range []*Store{b.Store, other} {
		go func() {
			for range 4 {
				if _, err := node.FoldEvents(ctx, "acme"); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		go func() {
			for i := 200; i < 300; i++ { // the same from both
				err := node.Update(ctx, ann("acme"), func(t *Tx) error {
					t.Did("event.add", "subject/"+one, "")
					_, _, err := t.SaveEvent(signIn(one, i))
					return err
				})
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	b.fold()
	if n, m := len(b.timeline(one, 1000)), len(b.timeline(two, 1000)); n != 300 || m != 200 {
		t.Errorf("%d and %d events", n, m)
	}
	if n := b.rows(loose) + b.rows(folded); n != 500 {
		t.Errorf("%d events by their keys", n)
	}
}

// TestFoldWaits: nothing is folded while a node of an older version may run.
func TestFoldWaits(t *testing.T) {
	b := openBench(t, Options{})
	one := b.subject("a1")
	b.signIns(one, 0, 100)
	b.pass(40 * 24 * time.Hour)
	b.foldFrom = b.clock.now().Add(time.Hour)
	if n := b.fold(); n != 0 {
		t.Errorf("%d events are folded too early", n)
	}
	b.pass(2 * time.Hour)
	if n := b.fold(); n != 100 {
		t.Errorf("%d events are folded, want all", n)
	}

	made := func(version int64, at time.Time) *goose.MigrationStatus {
		return &goose.MigrationStatus{Source: &goose.Source{Version: version}, State: goose.StateApplied, AppliedAt: at}
	}
	if at := foldsFrom([]*goose.MigrationStatus{made(1, day), made(10, day.Add(time.Second))}); !at.IsZero() {
		t.Errorf("a new database waits until %s", at)
	}
	if at := foldsFrom([]*goose.MigrationStatus{made(1, day.AddDate(-1, 0, 0)), made(10, day)}); !at.Equal(day.AddDate(0, 0, 7)) {
		t.Errorf("a raised one until %s", at)
	}
	if at := foldsFrom([]*goose.MigrationStatus{made(1, day)}); at.Before(day.AddDate(100, 0, 0)) {
		t.Errorf("an older one until %s", at)
	}
}

// TestFoldWaitsAfterRaising: on both engines the week is counted from the database's own clock.
func TestFoldWaitsAfterRaising(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		o := Options{Path: t.TempDir(), Keys: testKeys(t)}
		if engine == "postgres" {
			o.URL = pgtest.Database(t)
		}
		s, err := Open(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		if !s.foldFrom.IsZero() {
			t.Errorf("%s: a new database waits until %s", engine, s.foldFrom)
		}
		err = s.engine.update(ctx, House, func(c *conn) error {
			_, err := c.c.ExecContext(ctx, "update schema_versions set tstamp = '2020-01-02 03:04:05' where version_id < 10")
			return err
		})
		if engine == "postgres" {
			_, err = s.engine.(*postgresEngine).db.ExecContext(ctx, "update schema_versions set tstamp = '2020-01-02 03:04:05' where version_id < 10")
		}
		s.Close()
		if err != nil {
			t.Fatal(err)
		}
		if s, err = Open(ctx, o); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if wait := time.Until(s.foldFrom); wait < 6*24*time.Hour || wait > 8*24*time.Hour {
			t.Errorf("%s: %s", engine, s.foldFrom)
		}
	}
}

func TestCutBlocks(t *testing.T) {
	large := func(n, size int) (all []Event) {
		for range n {
			all = append(all, Event{Body: make([]byte, size)})
		}
		return all
	}
	for _, x := range []struct{ n, size, blocks, most int }{{1, 10, 1, 1}, {128, 10, 1, 128}, {129, 10, 2, 65}, {1000, 10, 8, 125}, {3, blockBytes, 3, 1}, {10, 100 << 10, 5, 2}} {
		sum, most := 0, 0
		cut := cutBlocks(large(x.n, x.size))
		for _, part := range cut {
			sum, most = sum+len(part), max(most, len(part))
		}
		if len(cut) != x.blocks || sum != x.n || most != x.most {
			t.Errorf("%+v: %d blocks of %d events, %d at most", x, len(cut), sum, most)
		}
	}
}

// FuzzUnpackEvents: whatever a block holds, reading it ends; and what was read is
// written and read again the same.
func FuzzUnpackEvents(f *testing.F) {
	mine := func(*Event) bool { return true }
	f.Add(packEvents([]Event{signIn("a", 1), signIn("b", 2)}, mine))
	f.Add(packEvents(nil, mine))
	f.Add([]byte{200, 200, 200, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := unpackEvents(b)
		if err != nil {
			if record.CodeOf(err) != record.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		again, err := unpackEvents(packEvents(all, mine))
		if err != nil || len(again) != len(all) {
			t.Fatalf("%d events, then %d, %v", len(all), len(again), err)
		}
		for i := range all {
			if again[i].Key != all[i].Key || again[i].ID != all[i].ID || string(again[i].Body) != string(all[i].Body) || micros(again[i].At) != micros(all[i].At) {
				t.Fatalf("event %d reads otherwise", i)
			}
		}
	})
}
