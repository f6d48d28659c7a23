// Command events measures how long a person's timeline takes among very many
// stored events: the record is filled with sealed rows of nobody (fill.go), between
// which lie those of a few people (watched.go), stored and folded as the product
// does it. At each size those people's timelines are read, first with the file out
// of the system's cache, then again. With -dir a fill that was cut short goes on
// where it was, and one that is whole is only read. docs/promises.md quotes it.
package main

import (
	"context"
	"database/sql"
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
	dir := flag.String("dir", "", "folder to work in and to leave behind; a temporary one unless said")
	url := flag.String("database", "", "postgres://… in place of the embedded database")
	fill := flag.String("fill", "", "the same database as its superuser, who fills it past the security of rows")
	sizes := flag.String("sizes", "1,3,10,30", "millions of events at which to measure")
	intake := flag.Bool("intake", false, "measure storing and folding in place of reading")
	flag.Parse()
	err := error(nil)
	if *intake {
		err = measureIntake(*dir)
	} else {
		err = run(*dir, *url, *fill, *sizes)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type bench struct {
	s     *store.Store
	raw   *sql.DB
	lite  bool
	file  string // of the embedded database
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
	s, err := open(dir, url)
	if err != nil {
		return err
	}
	defer s.Close()
	b := &bench{s: s, lite: url == "", file: filepath.Join(dir, "bonafide.db"), actor: record.Actor{Kind: record.ActorKey, ID: "watch", Tenant: tenant}}
	driver, where := "pgx", fill
	if b.lite {
		driver, where = "sqlite", "file:"+b.file+"?_pragma=busy_timeout(60000)&_pragma=synchronous(OFF)&_pragma=cache_size(-1000000)"
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
		if err := b.stage(int64(millions * 1e6)); err != nil {
			return err
		}
	}
	return nil
}

const tenant = "acme"

// open opens a record whose key file lies beside it, or makes both.
func open(dir, url string) (*store.Store, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, err
	}
	file := dir + ".keys"
	keys, err := store.OpenKeys(file)
	old := err == nil
	if !old {
		if keys, err = store.CreateKeys(file); err != nil {
			return nil, err
		}
	}
	s, err := store.Open(ctx, store.Options{Path: dir, URL: url, Keys: keys, Conns: 8})
	if err != nil || old {
		return s, err
	}
	return s, s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "bench", Tenant: store.House}, tenant, "DE")
}

// stage fills up to a size, and reads.
func (b *bench) stage(want int64) error {
	if err := b.fill(want); err != nil {
		return err
	}
	few, err := b.people(want, ordinary.name)
	if err != nil {
		return err
	}
	many, err := b.people(want, busy.name)
	if err != nil {
		return err
	}
	all, err := b.progress("events")
	if err != nil {
		return err
	}
	fmt.Printf("%d events, %s\n", all, b.size())
	for _, x := range []struct {
		what string
		who  []string
		cold bool
	}{
		{"  timeline of 100 events, cold", few, true}, {"  timeline of 100 events, again", few, false},
		{"  timeline of 1,000 events, cold", many, true}, {"  timeline of 1,000 events, again", many, false},
	} {
		if err := b.read(x.what, x.who, x.cold); err != nil {
			return err
		}
	}
	return nil
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
		for _, file := range []string{b.file, b.file + "-wal"} {
			exec.Command("dd", "of="+file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0").Run()
		}
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
	b.raw.QueryRowContext(ctx, "select pg_total_relation_size('events') + pg_total_relation_size('event_blocks') + pg_total_relation_size('event_keys')").Scan(&n)
	return fmt.Sprintf("%.1f GB", n/1e9)
}
