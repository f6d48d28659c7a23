package main

import (
	"fmt"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// Two kinds of people are watched: one with as many events as a year of work
// leaves with a sign-in every second day, one with as many as are ever shown. The
// last few of each have not been folded yet, as in the middle of any day.
type kind struct {
	name           string
	people, events int
}

var (
	ordinary = kind{"ordinary", 40, 100}
	busy     = kind{"busy", 10, 1000}
)

const unfolded = 8 // half as many as are folded at once: the mean

// watch stores the events of those who are watched at one size, and takes their
// rows from the record onto a shelf, from which they are put back between those of
// others: no two of one person lie beside each other.
func (b *bench) watch(stage int64, k kind) error {
	var ids []string
	for i := range k.people {
		err := b.s.Update(ctx, b.actor, func(t *store.Tx) error {
			saved, err := t.SaveApplication(&record.Application{ID: fmt.Sprint(k.name, stage, "-", store.NewID()), Source: "bench", ReceivedAt: time.Now().UTC()})
			t.Did("application.add", "subject/"+saved.Subject, "")
			if err == nil && len(ids) == i {
				ids = append(ids, saved.Subject)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, part := range [][2]int{{0, k.events - unfolded}, {k.events - unfolded, k.events}} {
		for _, id := range ids {
			if err := save(b.s, b.actor, id, part[0], part[1]); err != nil {
				return err
			}
		}
		if _, err := b.s.FoldEvents(ctx, tenant); err != nil {
			return err
		}
	}
	for _, id := range ids {
		if err := b.shelve(stage, k, id); err != nil {
			return err
		}
	}
	return nil
}

const first = 1_750_000_000_000_000

// save stores events from one number to another the way a connector does: each
// told under a name of its provider's making.
func save(s *store.Store, actor record.Actor, subject string, from, to int) error {
	return s.Update(ctx, actor, func(t *store.Tx) error {
		for i := from; i < to; i++ {
			at := time.UnixMicro(first + int64(i)*1e9)
			key := store.NewID()
			body := fmt.Appendf(nil, `{"kind":"sign-in","at":%q,"ip":"2001:db8::7","country":"PT","device":"d-%d","session":%q,"outcome":"success","factor":"hardware"}`, at.Format(time.RFC3339), i%3, key[:12])
			if _, _, err := t.SaveEvent(store.Event{Source: "okta", Key: key, Subject: subject, Kind: "sign-in", At: at, Body: body}); err != nil {
				return err
			}
		}
		t.Did("event.add", "subject/"+subject, "")
		return nil
	})
}

// shelve moves a person's rows onto the shelf, each with the piece after which it
// is put back.
func (b *bench) shelve(stage int64, k kind, id string) error {
	tx, err := b.raw.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, q := range []string{
		"insert into bench_people (stage, kind, subject) values ($2, '" + k.name + "', $1)",
		"insert into bench_blocks (" + blockColumns + ", stage, piece) select " + blockColumns + ", cast($2 as bigint), (row_number() over (order by first_at)) * 7 % " + fmt.Sprint(pieces) + " from event_blocks where tenant = 'acme' and subject = $1",
		"insert into bench_events (" + eventColumns + ", stage, piece) select " + eventColumns + ", cast($2 as bigint), (row_number() over (order by at)) * 11 % " + fmt.Sprint(pieces) + " from events where tenant = 'acme' and subject = $1",
		"delete from event_blocks where tenant = 'acme' and subject = $1",
		"delete from events where tenant = 'acme' and subject = $1",
	} {
		args := []any{id, stage}
		if q[:6] == "delete" {
			args = args[:1]
		}
		if _, err := tx.ExecContext(ctx, b.sql(q), args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (b *bench) people(stage int64, kind string) (ids []string, err error) {
	rows, err := b.raw.QueryContext(ctx, b.sql("select subject from bench_people where stage = $1 and kind = $2"), stage, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("nobody is watched at %d events: fill to another size first", stage)
	}
	return ids, rows.Err()
}
