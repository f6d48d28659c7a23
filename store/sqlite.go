package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bonafide/record"
)

// sqliteEngine is one writer that commits many transactions together, and a
// few readers. synchronous=FULL: with NORMAL a power cut loses what was
// acknowledged. Group commit makes it affordable: each Update is a savepoint,
// and its answer leaves only after the whole group is on the disk.
type sqliteEngine struct {
	write   *sql.DB
	read    *sql.DB
	raw     []*sql.Conn
	readers chan *conn
	queue   chan *turn
	stop    chan struct{}
	done    chan struct{}
	once    sync.Once
	reserve reserve
	held    bool                         // the log is not moved into the file, because the disk is full; the writer's
	broken  atomic.Pointer[record.Error] // after a failed fsync nothing is written any more
}

type turn struct {
	ctx  context.Context
	run  func(*conn) error
	err  error
	back chan error
	bare bool // runs outside a transaction, with the writer to itself
}

const (
	groupMost = 256                   // transactions of one group
	groupTime = 15 * time.Millisecond // no new one is taken in after this
	queueMost = 4096

	checkpointPages = "10000" // of the log before it is moved into the file
)

func openSQLite(ctx context.Context, s *Store, o Options) (engine, error) {
	file, params := "", url.Values{}
	if o.Path == "" {
		file = "file:memory-" + NewID()
		params.Set("mode", "memory")
		params.Set("cache", "shared")
	} else {
		if err := os.MkdirAll(o.Path, 0o700); err != nil {
			return nil, &record.Error{Code: record.CodeUnavailable, Where: o.Path, Message: "the data folder cannot be made"}
		}
		name := filepath.Join(o.Path, "bonafide.db")
		if f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
			return nil, &record.Error{Code: record.CodeUnavailable, Where: name, Message: "the database cannot be opened"}
		} else {
			f.Close()
		}
		file = "file:" + (&url.URL{Path: name}).EscapedPath()
		params.Add("_pragma", "journal_mode(WAL)")
	}
	for _, p := range []string{"busy_timeout(10000)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(ON)", "cache_size(-65536)", "wal_autocheckpoint(" + checkpointPages + ")", "journal_size_limit(67108864)", "temp_store(MEMORY)", "trusted_schema(OFF)"} {
		params.Add("_pragma", p)
	}
	e := &sqliteEngine{queue: make(chan *turn, queueMost), stop: make(chan struct{}), done: make(chan struct{})}
	fail := func(what string, err error) (engine, error) {
		if e.read != nil {
			e.read.Close()
		}
		if e.write != nil {
			e.write.Close()
		}
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "database", Message: what, Err: err}
	}
	var err error
	if e.write, err = sql.Open("sqlite", file+"?"+params.Encode()); err != nil {
		return fail("cannot be opened", err)
	}
	e.write.SetMaxOpenConns(1)
	for try := 0; ; try++ { // two processes that start at once: one raises the schema, the other sees it raised
		folds, err := migrate(ctx, e.write, "sqlite", o)
		if s.foldFrom = folds; err == nil {
			break
		}
		if try == 3 || record.CodeOf(err) == record.CodeRefused {
			return fail("its schema cannot be raised", err)
		}
		time.Sleep(time.Duration(try+1) * 100 * time.Millisecond)
	}
	if o.Path == "" {
		// Readers of one shared memory block each other: they queue with the writer instead.
		e.read = e.write
	} else if e.read, err = sql.Open("sqlite", file+"?"+params.Encode()+"&_pragma=query_only(1)"); err != nil {
		return fail("cannot be opened", err)
	}
	w, err := e.write.Conn(ctx)
	if err != nil {
		return fail("cannot be opened", err)
	}
	if o.Path != "" {
		e.reserve.file = filepath.Join(o.Path, "reserve")
		if !e.reserve.keep() {
			e.reserve.give() // what little there is, is for people
		}
		n := min(4, max(2, runtime.NumCPU()))
		e.read.SetMaxOpenConns(n)
		e.readers = make(chan *conn, n)
		for range n {
			c, err := e.read.Conn(ctx)
			if err != nil {
				return fail("cannot be opened", err)
			}
			e.raw = append(e.raw, c)
			e.readers <- &conn{c: c, numbers: true}
		}
	}
	e.raw = append(e.raw, w)
	go e.writer(&conn{c: w, numbers: true})
	return e, nil
}

func (e *sqliteEngine) name() string       { return "sqlite" }
func (e *sqliteEngine) lock() string       { return "" } // one writer: what is read is locked
func (e *sqliteEngine) skipLocked() string { return "" }

func (e *sqliteEngine) update(ctx context.Context, _ string, run func(*conn) error) error {
	if b := e.broken.Load(); b != nil {
		return b
	}
	return e.hand(&turn{ctx: ctx, run: run, back: make(chan error, 1)})
}

// alone runs outside a transaction, while nobody writes.
func (e *sqliteEngine) alone(ctx context.Context, run func(*conn) error) error {
	return e.hand(&turn{ctx: ctx, run: run, back: make(chan error, 1), bare: true})
}

func (e *sqliteEngine) hand(j *turn) error {
	ctx := j.ctx
	select {
	case e.queue <- j:
	case <-e.stop:
		return errClosed
	case <-ctx.Done():
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the wait for the writer was given up"}
	}
	select {
	case err := <-j.back:
		return err
	case <-e.done:
		select {
		case err := <-j.back:
			return err
		default:
			return errClosed
		}
	}
}

var errClosed = &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "is being closed"}

// writer is the only one that writes.
func (e *sqliteEngine) writer(c *conn) {
	defer close(e.done)
	for {
		select {
		case j := <-e.queue:
			e.group(c, j)
		case <-e.stop:
			for {
				select {
				case j := <-e.queue:
					e.group(c, j)
				default:
					return
				}
			}
		}
	}
}

func (e *sqliteEngine) group(c *conn, first *turn) {
	ctx := context.Background()
	if b := e.broken.Load(); b != nil {
		first.back <- b
		return
	}
	if first.bare {
		first.back <- first.run(c)
		return
	}
	plain := func(text string) error { return c.plain(ctx, text) }
	// Moving the log into the file would eat the reserve at once, and gain nothing.
	if full := e.reserve.full.Load(); full != e.held {
		e.held = full
		plain("PRAGMA wal_autocheckpoint=" + map[bool]string{true: "0", false: checkpointPages}[full])
	}
	if err := plain("BEGIN IMMEDIATE"); err != nil {
		e.damage(err)
		first.back <- err
		return
	}
	var jobs []*turn
	start := time.Now()
	lost := error(nil)
	var after *turn // came meanwhile and needs the writer to itself
	for j := first; j != nil; {
		jobs = append(jobs, j)
		switch {
		case lost != nil:
			j.err = lost
		case j.ctx.Err() != nil:
			j.err = &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the wait for the writer was given up"}
		default:
			lost = e.one(c, j, plain)
		}
		j = nil
		if lost == nil && after == nil && len(jobs) < groupMost && time.Since(start) < groupTime {
			select {
			case j = <-e.queue:
			default:
			}
			if j != nil && j.bare {
				after, j = j, nil
			}
		}
	}
	err := lost
	if err == nil {
		err = plain("COMMIT")
	}
	if err != nil {
		e.damage(err)
		plain("ROLLBACK")
	}
	for _, j := range jobs {
		if j.err == nil && err != nil {
			j.err = err
		}
		j.back <- j.err
	}
	if after != nil {
		after.back <- after.run(c)
	}
}

// one runs one Update in a savepoint. What it returns has cost the whole group.
func (e *sqliteEngine) one(c *conn, j *turn, plain func(string) error) (lost error) {
	if err := plain("SAVEPOINT one"); err != nil {
		j.err = err
		return err
	}
	func() {
		defer func() {
			if r := recover(); r != nil {
				j.err = &record.Error{Code: record.CodeInternal, Where: "store", Message: "the work of a transaction broke off"}
			}
		}()
		j.err = j.run(c)
	}()
	if j.err == nil {
		if j.err = plain("RELEASE one"); j.err != nil {
			return j.err
		}
		return nil
	}
	e.damage(j.err)
	// On a full disk or a read error SQLite may have undone the whole group.
	if err := errors.Join(plain("ROLLBACK TO one"), plain("RELEASE one")); err != nil {
		return err
	}
	return nil
}

// damage stops all writing after a failed fsync: what the disk holds is then
// unknown until the file is opened anew. On a full disk it gives the reserve back.
func (e *sqliteEngine) damage(err error) {
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return
	}
	if s.Code()&0xff == sqlite3.SQLITE_FULL {
		e.reserve.give()
	}
	switch s.Code() {
	case sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR_SHORT_READ:
		e.broken.Store(&record.Error{Code: record.CodeUnavailable, Where: "database",
			Message: fmt.Sprintf("the disk failed (code %d): nothing more is written until a restart has verified the file", s.Code())})
	}
}

func (e *sqliteEngine) view(ctx context.Context, tenant string, run func(*conn) error) error {
	if e.readers == nil {
		return e.update(ctx, tenant, run)
	}
	var c *conn
	select {
	case c = <-e.readers:
	case <-e.stop:
		return errClosed
	case <-ctx.Done():
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the wait for a reader was given up"}
	}
	defer func() { e.readers <- c }()
	if _, err := c.c.ExecContext(context.WithoutCancel(ctx), "BEGIN"); err != nil {
		return err
	}
	defer c.c.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return run(c)
}

func (e *sqliteEngine) glance(ctx context.Context, tenant string, run func(*conn) error) error {
	return e.view(ctx, tenant, run)
}

func (e *sqliteEngine) translate(err error) error {
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return err
	}
	switch code := s.Code(); {
	case code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return conflict("database", "there is one already")
	case code == sqlite3.SQLITE_CONSTRAINT_CHECK:
		return &record.Error{Code: record.CodeRefused, Where: "database", Message: "the database refuses it: " + constraintName(s.Error())}
	case code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return missing("what it belongs to")
	case code&0xff == sqlite3.SQLITE_FULL:
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the disk is full; nothing was written"}
	case code&0xff == sqlite3.SQLITE_IOERR, code&0xff == sqlite3.SQLITE_BUSY, code&0xff == sqlite3.SQLITE_LOCKED, code&0xff == sqlite3.SQLITE_READONLY, code&0xff == sqlite3.SQLITE_CANTOPEN:
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: fmt.Sprintf("does not answer (code %d)", code)}
	case code == sqlite3.SQLITE_INTERRUPT:
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the work was given up"}
	}
	return &record.Error{Code: record.CodeInternal, Where: "database", Message: fmt.Sprintf("failed (code %d)", s.Code()), Err: err}
}

// constraintName is the name of a CHECK in SQLite's message: never a value.
func constraintName(text string) string {
	_, name, _ := strings.Cut(text, "constraint failed: ")
	name, _, _ = strings.Cut(name, " ")
	return strings.Trim(name, "()")
}

// within drops the caller's cancellation: SQLite answers an interrupted write by
// undoing the whole group, and so one client that went away would cost the others
// their work. What has begun is short, and ends.
func (e *sqliteEngine) within(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// integrate puts the entries into the tree in the same transaction: there is
// one writer, so nobody waits for anybody.
func (e *sqliteEngine) integrate(t *Tx, leaves []leaf) error {
	return t.grow(leaves)
}

func (e *sqliteEngine) close() (err error) {
	e.once.Do(func() {
		close(e.stop)
		<-e.done
		if e.readers != nil {
			for range cap(e.readers) {
				<-e.readers // nobody reads any more
			}
		}
		for _, c := range e.raw {
			c.Close()
		}
		if e.read != e.write {
			err = e.read.Close()
		}
		err = errors.Join(err, e.write.Close())
	})
	return err
}
