package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// The ballast: for every hundred events a person of whom nothing is known, with
// one block and a few rows as wide as those of the ordinary people watched, and the
// keys of what is folded. Sealed bytes are random bytes to a disk.

const (
	pieces    = 64       // of one filling, a transaction each
	keyPiece  = 1 << 20  // keys of one transaction
	leastFree = 10 << 30 // bytes of disk that are left to others
	perPerson = 100      // events
)

// The columns of both tables but the tenant: a table with one would want row-level security.
const (
	blockColumns = "subject, first_at, id, events, sealed"
	eventColumns = "id, blind, subject, kind, at, stored, sealed"
)

// fill brings the record to a number of events. What was filled before stays; a
// filling that was cut short goes on after its last whole piece.
func (b *bench) fill(want int64) error {
	for _, q := range []string{
		"create table if not exists bench_progress (what text primary key, n bigint not null)",
		"create table if not exists bench_people (stage bigint not null, kind text not null, subject text not null)",
		"create table if not exists bench_blocks as select " + blockColumns + ", cast(0 as bigint) as stage, cast(0 as bigint) as piece from event_blocks where tenant = ''",
		"create table if not exists bench_events as select " + eventColumns + ", cast(0 as bigint) as stage, cast(0 as bigint) as piece from events where tenant = ''",
	} {
		if _, err := b.raw.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	from, err := b.progress("events")
	if err != nil || from >= want {
		return err
	}
	start := time.Now()
	if done, err := b.progress(fmt.Sprint("people ", want)); err != nil {
		return err
	} else if done == 0 {
		for _, k := range []kind{ordinary, busy} {
			if err := b.watch(want, k); err != nil {
				return err
			}
		}
		if err := b.in(func(tx *sql.Tx) error { return b.reach(tx, fmt.Sprint("people ", want), 1) }); err != nil {
			return err
		}
	}
	var wideBlock, wideRow int64
	err = b.raw.QueryRowContext(ctx, b.sql("select cast(round(avg(length(b.sealed))) as bigint), (select cast(round(avg(length(e.sealed))) as bigint) from bench_events e) from bench_blocks b where b.events < $1"), perPerson).Scan(&wideBlock, &wideRow)
	if err != nil {
		return err
	}
	people := (want - from) / perPerson
	stage := fmt.Sprint("piece ", want)
	piece, err := b.progress(stage)
	if err != nil {
		return err
	}
	for ; piece < pieces; piece++ {
		if err := b.room(); err != nil {
			return err
		}
		lo, hi := from/perPerson+people*piece/pieces, from/perPerson+people*(piece+1)/pieces
		err := b.in(func(tx *sql.Tx) error {
			for _, q := range b.ballast(lo, hi, wideBlock, wideRow) {
				if _, err := tx.ExecContext(ctx, q); err != nil {
					return err
				}
			}
			for _, q := range []string{
				"insert into event_blocks (tenant, " + blockColumns + ") select 'acme', " + blockColumns + " from bench_blocks where stage = $1 and piece = $2",
				"insert into events (tenant, " + eventColumns + ") select 'acme', " + eventColumns + " from bench_events where stage = $1 and piece = $2",
			} {
				if _, err := tx.ExecContext(ctx, b.sql(q), want, piece); err != nil {
					return err
				}
			}
			return b.reach(tx, stage, piece+1)
		})
		if err != nil {
			return err
		}
		b.say("people", (piece+1)*people/pieces, people, start)
	}
	stage = fmt.Sprint("keys ", want)
	key, err := b.progress(stage)
	if err != nil {
		return err
	}
	keys := people * (perPerson - unfolded)
	for key < keys {
		if err := b.room(); err != nil {
			return err
		}
		to := min(key+keyPiece, keys)
		err := b.in(func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, b.keys(want, key, to, keys)); err != nil {
				return err
			}
			return b.reach(tx, stage, to)
		})
		if err != nil {
			return err
		}
		key = to
		b.say("keys", key, keys, start)
	}
	if !b.lite {
		for _, table := range []string{"events", "event_blocks", "event_keys"} {
			if _, err := b.raw.ExecContext(ctx, "vacuum analyze "+table); err != nil {
				return err
			}
		}
	}
	fmt.Printf("filled in %s\n", time.Since(start).Round(time.Second))
	return b.in(func(tx *sql.Tx) error {
		for _, q := range []string{"delete from bench_blocks", "delete from bench_events"} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return b.reach(tx, "events", want)
	})
}

// ballast are the rows of people from one number to another. Their names are
// scattered: neither index grows at its end only.
func (b *bench) ballast(lo, hi, wideBlock, wideRow int64) []string {
	const name = "'nobody' || printf('%%020d', n * 700000001 %% 1000000000039)"
	folded := perPerson - unfolded
	if b.lite {
		return []string{fmt.Sprintf(`insert into event_blocks (tenant, subject, first_at, id, events, sealed)
			with recursive i(n) as (select %d union all select n + 1 from i where n < %d)
			select 'acme', `+name+`, %d + abs(random()) %% 1000000000, lower(hex(randomblob(13))), %d, randomblob(%d) from i`, lo, hi-1, int64(first), folded, wideBlock),
			fmt.Sprintf(`insert into events (tenant, id, blind, subject, kind, at, stored, sealed)
			with recursive i(m, n) as (select %d, %d union all select m + 1, (m + 1) / %d from i where m < %d)
			select 'acme', lower(hex(randomblob(13))), randomblob(16), `+name+`, 'sign-in', %d + abs(random()) %% 1000000000, %d, randomblob(%d) from i`, lo*unfolded, lo, unfolded, hi*unfolded-1, int64(first+100e9), int64(first), wideRow)}
	}
	const pgName = "'nobody' || lpad((n::bigint * 700000001 %% 1000000000039)::text, 20, '0')"
	return []string{fmt.Sprintf(`insert into event_blocks (tenant, subject, first_at, id, events, sealed)
			select 'acme', `+pgName+`, %d + (random() * 1000000000)::bigint, substr(md5(n::text), 1, 26), %d, decode((select string_agg(md5((n * 1000 + j)::text), '') from generate_series(1, %d) j), 'hex') from generate_series(%d, %d) n`,
		int64(first), folded, wideBlock/16, lo, hi-1),
		fmt.Sprintf(`insert into events (tenant, id, blind, subject, kind, at, stored, sealed)
			select 'acme', substr(md5('e' || m), 1, 26), decode(md5(m::text), 'hex'), `+pgName+`, 'sign-in', %d + (random() * 1000000000)::bigint, %d, decode((select string_agg(md5((m * 1000 + j)::text), '') from generate_series(1, %d) j), 'hex')
			from (select m, m / %d as n from generate_series(%d, %d) m) x`, int64(first+100e9), int64(first), wideRow/16, unfolded, lo*unfolded, hi*unfolded-1)}
}

// keys are those from one number to another of as many as one filling has, each in
// its own narrow part of all there are: they come in order and lie between those
// of the filling before, so that each page is touched once.
func (b *bench) keys(stage, lo, hi, of int64) string {
	wide := int64(1) << 48 / of
	if b.lite {
		return fmt.Sprintf(`insert into event_keys (tenant, blind, id)
			with recursive i(n) as (select %d union all select n + 1 from i where n < %d)
			select 'acme', unhex(printf('%%012x', n * %d + abs(random()) %% %d) || hex(randomblob(10))), '' from i`, lo, hi-1, wide, wide)
	}
	return fmt.Sprintf(`insert into event_keys (tenant, blind, id) select 'acme', decode(lpad(to_hex(n * %d + (random() * %d)::bigint), 12, '0') || substr(md5(n::text || '-%d'), 1, 20), 'hex'), ''
		from generate_series(%d::bigint, %d::bigint) n`, wide, wide-1, stage, lo, hi-1)
}

func (b *bench) in(f func(*sql.Tx) error) error {
	tx, err := b.raw.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (b *bench) progress(what string) (n int64, err error) {
	err = b.raw.QueryRowContext(ctx, b.sql("select n from bench_progress where what = $1"), what).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

func (b *bench) reach(tx *sql.Tx, what string, n int64) error {
	_, err := tx.ExecContext(ctx, b.sql("insert into bench_progress (what, n) values ($1, $2) on conflict (what) do update set n = excluded.n"), what, n)
	return err
}

func (b *bench) say(what string, n, of int64, start time.Time) {
	fmt.Fprintf(os.Stderr, "%s %s  %s %d of %d, %s\n", time.Now().Format(time.TimeOnly), time.Since(start).Round(time.Second), what, n, of, b.size())
}

// room refuses to go on where the disk gets narrow.
func (b *bench) room() error {
	var s syscall.Statfs_t
	if !b.lite || syscall.Statfs(b.file, &s) != nil || s.Bavail*uint64(s.Bsize) > leastFree {
		return nil
	}
	return errors.New("less than 10 GiB of disk are free: filling ends here and can be gone on with")
}

func (b *bench) sql(q string) string {
	if b.lite {
		return strings.ReplaceAll(q, "$", "?")
	}
	return q
}
