package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"bonafide/record"
)

// Folding: an event arrives as a row of its own, which every version reads and
// which is quick to store. Once it has settled it is moved into a block of its
// subject, where it takes a fifth of the room and stands beside those it is read
// with. What makes it one event stays behind as sixteen bytes, so that it is known
// when it is told again.

const (
	foldAfter    = 24 * time.Hour // since it happened
	foldLeast    = 16             // of a subject, before any is moved
	foldRows     = 512            // of one transaction, about: others write too
	foldSubjects = 100            // looked up at a time
)

// FoldEvents folds what has settled in a tenant and says how many events. Any
// number of nodes may, as often as they like. It begins when the schema that knows
// blocks has stood for a week (Store.foldFrom), because a node of an older version
// does not see what is folded.
func (s *Store) FoldEvents(ctx context.Context, tenant string) (done int, err error) {
	if s.now().Before(s.foldFrom) {
		return 0, nil
	}
	actor := record.Actor{Kind: record.ActorMachine, ID: "upkeep", Tenant: tenant}
	for after := ""; ; {
		var subjects []string
		err := s.View(ctx, actor, func(t *Tx) (err error) {
			subjects, err = collect(t, "select subject from events where tenant = $1 and subject > $2 and at <= $3 group by subject having count(*) >= $4 order by subject limit $5",
				func(s scan) (id string, err error) { err = s(&id); return id, err }, after, micros(t.now.Add(-foldAfter)), int64(foldLeast), int64(foldSubjects))
			return err
		})
		if err != nil || len(subjects) == 0 {
			return done, err
		}
		after = subjects[len(subjects)-1]
		for len(subjects) > 0 && err == nil {
			n, whole := 0, 0 // events, and subjects of which nothing more is to be moved
			err = s.Update(ctx, actor, func(t *Tx) error {
				for n, whole = 0, 0; whole < len(subjects) && n < foldRows; {
					some, more, err := t.fold(subjects[whole])
					if err != nil {
						return err
					}
					if n += some; !more {
						whole++
					}
				}
				if n > 0 {
					t.Did("events.fold", "tenant/"+tenant, "")
				}
				return nil
			})
			if err == nil {
				done, subjects = done+n, subjects[whole:]
			}
		}
		if err != nil {
			return done, err
		}
	}
}

// fold moves settled events of a subject into blocks; more says that there are
// others. What somebody is asked about at the portal keeps its rows: those are few,
// and counted by their kind.
func (t *Tx) fold(subject string) (n int, more bool, err error) {
	// Whoever erases the subject, or folds it on another node, waits here.
	err = t.one("subject", "select id from subjects where tenant = $1 and id = $2"+t.lock(), []any{new(string)}, subject)
	if record.CodeOf(err) == record.CodeNotFound {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	settled, err := t.count("select count(*) from events where tenant = $1 and subject = $2 and at <= $3 and substr(kind, 1, 5) <> 'step.'", subject, micros(t.now.Add(-foldAfter)))
	if err != nil || settled < foldLeast {
		return 0, false, err
	}
	all, err := t.looseEvents("select id, kind, at, stored, sealed from events where tenant = $1 and subject = $2 and at <= $3 and substr(kind, 1, 5) <> 'step.' order by at, id limit $4"+t.lock(),
		subject, micros(t.now.Add(-foldAfter)), int64(foldRows))
	if err != nil || len(all) == 0 {
		return 0, false, err
	}
	more = len(all) == foldRows
	rows := make([]string, len(all))
	for i := range all {
		rows[i] = all[i].ID
	}
	if all, err = t.unfolded(subject, all); err != nil {
		return 0, false, err
	}
	if err := t.keepKeys(all); err != nil {
		return 0, false, err
	}
	if all, err = t.joinLast(subject, all); err != nil {
		return 0, false, err
	}
	for _, part := range cutBlocks(all) {
		if err := t.saveBlock(subject, part); err != nil {
			return 0, false, err
		}
	}
	for some := range slices.Chunk(rows, 256) {
		var args []any
		q := "delete from events where tenant = $1 and id in (" + holes(&args, padded(some)) + ")"
		if _, err := t.quiet(q, args...); err != nil {
			return 0, false, err
		}
	}
	return len(rows), more, nil
}

// unfolded leaves out what is folded already: a node of an older version stored it
// when it was told again.
func (t *Tx) unfolded(subject string, all []Event) ([]Event, error) {
	var double []string
	err := t.each("select e.id from events e join event_keys k on k.tenant = $1 and k.blind = e.blind where e.tenant = $1 and e.subject = $2", func(s scan) error {
		var id string
		err := s(&id)
		double = append(double, id)
		return err
	}, subject)
	return slices.DeleteFunc(all, func(e Event) bool { return slices.Contains(double, e.ID) }), err
}

// keepKeys remembers what makes each of them one event.
func (t *Tx) keepKeys(all []Event) error {
	rows := make([][]any, len(all))
	for i, e := range all {
		blind, err := t.eventBlind(e.Source, e.Key)
		if err != nil {
			return err
		}
		id := e.ID
		if id == eventID(blind) {
			id = ""
		}
		rows[i] = []any{blind, id}
	}
	return t.many("insert into event_keys (tenant, blind, id) values ", "", 2, rows)
}

// joinLast adds the events of the last block, if that has room, to those that are
// to be folded, and takes it away. Only the last is looked at: who has hundreds of
// blocks has few that are not full.
func (t *Tx) joinLast(subject string, all []Event) ([]Event, error) {
	if len(all) == 0 {
		return all, nil
	}
	last, err := collect(t, "select first_at, id, events, sealed from event_blocks where tenant = $1 and subject = $2 order by first_at desc, id desc limit 1", readBlock, subject)
	if err != nil || len(last) == 0 || last[0].events > int64(max(blockMost-len(all), blockMost/4)) || len(last[0].sealed) > blockBytes/2 {
		return all, err
	}
	before, err := t.openBlock(subject, last[0].id, last[0].sealed)
	if err != nil {
		return nil, err
	}
	n, err := t.quiet("delete from event_blocks where tenant = $1 and subject = $2 and first_at = $3 and id = $4", subject, last[0].first, last[0].id)
	if err := changed(n, err, conflict("event_blocks", "it was folded meanwhile")); err != nil {
		return nil, err
	}
	all = append(all, before...)
	slices.SortFunc(all, inTime)
	return all, nil
}

// dropEventKeys forgets, before a subject's blocks go, what made its folded events
// one. A block that does not open keeps its keys here: they say nothing without
// the key of the tenant, and erasing must not wait for them.
func (t *Tx) dropEventKeys(subject string) error {
	var blinds [][]byte
	var failed error
	err := t.eachBlock(subject, func(_ time.Time, events []Event) bool {
		for _, e := range events {
			blind, err := t.eventBlind(e.Source, e.Key)
			if err != nil {
				failed = err
				return false
			}
			blinds = append(blinds, blind)
		}
		return true
	})
	if err != nil && !errors.Is(err, errSeal) && !errors.Is(err, errBlock) && record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	for some := range slices.Chunk(blinds, 256) {
		var args []any
		q := "delete from event_keys where tenant = $1 and blind in (" + holes(&args, padded(some)) + ")"
		if _, err := t.quiet(q, args...); err != nil {
			return err
		}
	}
	return failed
}
