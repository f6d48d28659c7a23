// Command events measures how long a person's timeline takes among very many
// stored events: the table is filled with sealed rows of nobody, between which
// the events of a few people are stored as a connector stores them. At each size
// those people's timelines are read, first with the file out of the system's
// cache, then again. docs/promises.md quotes it.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"bonafide/record"
	"bonafide/store"
)

var ctx = context.Background()

func main() {
	dir := flag.String("dir", "", "folder to work in; a temporary one unless said")
	url := flag.String("database", "", "postgres://… in place of the embedded database")
	fill := flag.String("fill", "", "the same database as its superuser, who fills it past the security of rows")
	sizes := flag.String("sizes", "1,3,10,30", "millions of events at which to measure")
	flag.Parse()
	if err := run(*dir, *url, *fill, *sizes); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Two kinds of people are watched: one with as many events as a year of work
// leaves with a sign-in every second day, one with as many as are ever shown.
const (
	ordinary, ordinaryEvents = 40, 100
	busy, busyEvents         = 10, 1000
	steps                    = busyEvents // between which their events lie
)

type bench struct {
	s     *store.Store
	raw   *sql.DB
	lite  bool
	file  string // of the embedded database
	rows  int
	actor record.Actor
}

func run(dir, url, fill, sizes string) error {
	if dir == "" {
		made, err := os.MkdirTemp("", "bonafide-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		dir = filepath.Join(made, "house")
	}
	keys, err := store.NewKeys()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{Path: dir, URL: url, Keys: keys, Conns: 8})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "bench", Tenant: store.House}, "acme", "DE"); err != nil {
		return err
	}
	b := &bench{s: s, lite: url == "", file: filepath.Join(dir, "bonafide.db"), actor: record.Actor{Kind: record.ActorKey, ID: "watch", Tenant: "acme"}}
	driver, where := "pgx", fill
	if b.lite {
		driver, where = "sqlite", "file:"+b.file+"?_pragma=busy_timeout(60000)&_pragma=synchronous(OFF)&_pragma=cache_size(-65536)"
	}
	if b.raw, err = sql.Open(driver, where); err != nil {
		return err
	}
	defer b.raw.Close()
	b.raw.SetMaxOpenConns(1)
	for _, size := range strings.Split(sizes, ",") {
		millions, err := strconv.ParseFloat(size, 64)
		if err != nil {
			return err
		}
		if err := b.stage(int(millions * 1e6)); err != nil {
			return err
		}
	}
	return nil
}

// The indexes that a bulk fill leaves out and makes afterwards; both are those
// of the schema, word for word.
var indexes = [][2]string{
	{"drop index events_blind", "create unique index events_blind on events (tenant, blind)"},
	{"drop index events_subject", "create index events_subject on events (tenant, subject, at)"},
}

func (b *bench) stage(want int) error {
	start := time.Now()
	few, err := b.people("ordinary", ordinary)
	if err != nil {
		return err
	}
	many, err := b.people("busy", busy)
	if err != nil {
		return err
	}
	fewRows, err := b.events(few, ordinaryEvents)
	if err != nil {
		return err
	}
	manyRows, err := b.events(many, busyEvents)
	if err != nil {
		return err
	}
	for _, i := range indexes {
		if _, err := b.raw.ExecContext(ctx, i[0]); err != nil {
			return err
		}
	}
	// Between any two events of those who are watched lie rows of others, so that
	// no two of them share a page.
	piece := (want - b.rows) / steps / busy
	for step := range steps {
		for who := range busy {
			if err := b.ballast(b.rows, piece, step); err != nil {
				return err
			}
			b.rows += piece
			if err := b.put(manyRows[step][who : who+1]); err != nil {
				return err
			}
			every := steps / ordinaryEvents
			if turn := step%every*busy + who; turn < ordinary {
				if err := b.put(fewRows[step/every][turn : turn+1]); err != nil {
					return err
				}
			}
		}
	}
	for _, i := range indexes {
		if _, err := b.raw.ExecContext(ctx, i[1]); err != nil {
			return err
		}
	}
	if !b.lite {
		if _, err := b.raw.ExecContext(ctx, "vacuum analyze events"); err != nil {
			return err
		}
	}
	fmt.Printf("%d events, filled in %s, %s\n", b.rows, time.Since(start).Round(time.Second), b.size())
	if err := b.read("  timeline of 100 events, cold", few, true); err != nil {
		return err
	}
	if err := b.read("  timeline of 100 events, again", few, false); err != nil {
		return err
	}
	if err := b.read("  timeline of 1,000 events, cold", many, true); err != nil {
		return err
	}
	return b.read("  timeline of 1,000 events, again", many, false)
}

func (b *bench) people(name string, n int) (ids []string, err error) {
	for i := range n {
		err = b.s.Update(ctx, b.actor, func(t *store.Tx) error {
			saved, err := t.SaveApplication(&record.Application{ID: fmt.Sprint(name, b.rows, "-", i), Source: "bench", ReceivedAt: time.Now().UTC()})
			ids = append(ids, saved.Subject)
			t.Did("application.add", "subject/"+saved.Subject, "")
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// events are stored the way a connector's are, then taken out again as they lie
// there, sealed, to be put back between the others.
func (b *bench) events(people []string, n int) (all [][][]any, err error) {
	all = make([][][]any, n)
	for _, id := range people {
		err := b.s.Update(ctx, b.actor, func(t *store.Tx) error {
			for i := range n {
				at := time.UnixMicro(first + int64(i)*1e9)
				body := fmt.Appendf(nil, `{"kind":"sign-in","at":%q,"ip":"2001:db8::7","country":"PT","device":"d-%d","session":"s-%d","outcome":"success","factor":"hardware"}`, at.Format(time.RFC3339), i%3, i)
				if _, _, err := t.SaveEvent(store.Event{Source: "okta", Key: fmt.Sprint(id, i), Subject: id, Kind: "sign-in", At: at, Body: body}); err != nil {
					return err
				}
			}
			t.Did("event.add", "subject/"+id, "")
			return nil
		})
		if err != nil {
			return nil, err
		}
		rows, err := b.raw.QueryContext(ctx, b.sql("select tenant, id, blind, subject, kind, at, stored, sealed from events where tenant = 'acme' and subject = $1 order by at"), id)
		if err != nil {
			return nil, err
		}
		for i := 0; rows.Next() && i < n; i++ {
			row := make([]any, 8)
			to := make([]any, 8)
			for j := range row {
				to[j] = &row[j]
			}
			if err := rows.Scan(to...); err != nil {
				return nil, err
			}
			all[i] = append(all[i], row)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
		if _, err := b.raw.ExecContext(ctx, b.sql("delete from events where tenant = 'acme' and subject = $1"), id); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (b *bench) put(rows [][]any) error {
	for _, row := range rows {
		if _, err := b.raw.ExecContext(ctx, b.sql("insert into events (tenant, id, blind, subject, kind, at, stored, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8)"), row...); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) sql(q string) string {
	if b.lite {
		return strings.ReplaceAll(q, "$", "?")
	}
	return q
}

const first = 1_750_000_000_000_000

// ballast are rows as wide as sealed events are, of a million other subjects.
func (b *bench) ballast(from, n, step int) error {
	const wide = 250 // bytes: a sealed sign-in of the shape above
	q := fmt.Sprintf(`insert into events (tenant, id, blind, subject, kind, at, stored, sealed)
		with recursive i(n) as (select %d union all select n + 1 from i where n < %d)
		select 'acme', printf('ballast%%019d', n), randomblob(32), printf('nobody%%020d', abs(random()) %% 1000000), 'sign-in', %d + n %% 1000000, %d, randomblob(%d) from i`,
		from, from+n-1, first+step*1e9, first, wide)
	if !b.lite {
		q = fmt.Sprintf(`insert into events (tenant, id, blind, subject, kind, at, stored, sealed)
			select 'acme', 'ballast' || lpad(n::text, 19, '0'), decode(md5(n::text) || md5((-n)::text), 'hex'), 'nobody' || lpad((random() * 1000000)::int::text, 20, '0'), 'sign-in',
			%d + n %% 1000000, %d, decode(substr(repeat(md5(n::text), 16), 1, %d), 'hex') from generate_series(%d, %d) n`, first+step*1e9, first, 2*wide, from, from+n-1)
	}
	_, err := b.raw.ExecContext(ctx, q)
	return err
}

// read opens each person's timeline once, with its entry in the audit; cold drops the database's file from
// the system's cache before each.
func (b *bench) read(what string, people []string, cold bool) error {
	var all []time.Duration
	rows := 0
	for _, id := range people {
		if cold {
			b.forget()
		}
		start := time.Now()
		err := b.s.Update(ctx, b.actor, func(t *store.Tx) error {
			t.Did("case.read", "subject/"+id, "", "events")
			events, err := t.Events(id, 1000)
			rows += len(events)
			return err
		})
		if err != nil {
			return err
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	fmt.Printf("%-40s %5d rows each  p50 %-9s max %s\n", what, rows/len(people), all[len(all)/2].Round(10*time.Microsecond), all[len(all)-1].Round(10*time.Microsecond))
	return nil
}

func (b *bench) forget() {
	if b.lite {
		exec.Command("dd", "of="+b.file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0").Run()
	}
}

func (b *bench) size() string {
	if b.lite {
		info, err := os.Stat(b.file)
		if err != nil {
			return ""
		}
		return fmt.Sprintf("%.1f GB", float64(info.Size())/1e9)
	}
	var n float64
	b.raw.QueryRowContext(ctx, "select pg_total_relation_size('events')").Scan(&n)
	return fmt.Sprintf("%.1f GB", n/1e9)
}
