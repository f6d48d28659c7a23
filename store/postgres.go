package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"bonafide/audit"
	"bonafide/record"
)

// postgresEngine is any number of nodes on one PostgreSQL. Every statement runs
// under row-level security with the tenant of its transaction; uniqueness and
// row locks carry the rules, never the isolation level alone.
type postgresEngine struct {
	db   *sql.DB
	s    *Store
	wake chan struct{}
	stop context.CancelFunc
	done chan struct{}
	once sync.Once
}

// houseTables are those of which the operator's tenant sees every row: what must
// be found before the tenant is known, and work that is done for all. None of
// them can be opened without the keys of its tenant.
var houseTables = []string{"tenants", "tenant_keys", "jobs", "sessions", "api_keys", "tokens", "entries_waiting"}

func openPostgres(ctx context.Context, s *Store, o Options) (engine, error) {
	fail := func(what string, err error) (engine, error) {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "database", Message: what, Err: bareDatabase(err)}
	}
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, record.Invalid("database", "not a postgres:// address") // the parser's own error may hold the password
	}
	db := sql.OpenDB(goByIndex(config))
	conns := o.Conns
	if conns == 0 {
		conns = 16
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	owner := db
	if o.MigrateURL != "" {
		other, err := pgx.ParseConfig(o.MigrateURL)
		if err != nil {
			return nil, record.Invalid("database", "the owner's is not a postgres:// address")
		}
		owner = stdlib.OpenDB(*other)
		defer owner.Close()
	}
	s.foldFrom, err = migrate(ctx, owner, "postgres", o)
	if err == nil && !o.NoMigrate {
		grantee := ""
		if owner != db {
			grantee = config.User
		}
		err = secure(ctx, owner, grantee)
	}
	if err != nil {
		db.Close()
		return fail("its schema cannot be raised", err)
	}
	if err := weakness(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	e := &postgresEngine{db: db, s: s, wake: make(chan struct{}, 1), done: make(chan struct{})}
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	e.stop = stop
	go e.sequencer(run)
	return e, nil
}

// goByIndex lets no plan be kept that reads whole tables or all rows of a tenant.
// Every question of ours goes by an index of its own; but PostgreSQL keeps a plan
// made while a table was still empty, when all indexes look alike, and row-level
// security hides from it how many rows there will be. What has no index is still
// answered.
func goByIndex(config *pgx.ConnConfig) driver.Connector {
	config.RuntimeParams["enable_seqscan"] = "off"
	config.RuntimeParams["enable_bitmapscan"] = "off"
	return stdlib.GetConnector(*config, stdlib.OptionAfterConnect(func(_ context.Context, c *pgx.Conn) error {
		c.PgConn().CustomData()[planAge] = &plans{born: time.Now(), next: time.Second}
		return nil
	}), stdlib.OptionResetSession(func(ctx context.Context, c *pgx.Conn) error {
		p, _ := c.PgConn().CustomData()[planAge].(*plans)
		if p == nil || p.next > time.Minute || time.Since(p.born) < p.next {
			return nil
		}
		p.next *= 2
		_, err := c.Exec(ctx, "discard plans")
		return err
	}))
}

// plans says when a connection makes its plans anew: at 1, 2, 4, … 32 seconds.
// By then the database's own ANALYZE has come, which does so from there on.
type plans struct {
	born time.Time
	next time.Duration
}

const planAge = "bonafide: plans"

// secure puts row-level security on every table that has a tenant, whichever
// step made it: it cannot be forgotten for a new one.
func secure(ctx context.Context, db *sql.DB, grantee string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock(7203116541)"); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `select c.relname, c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant')
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
		where c.relkind = 'r' and a.attname = 'tenant' and not a.attisdropped and n.nspname = current_schema() order by 1`)
	if err != nil {
		return err
	}
	var bare, all []string
	for rows.Next() {
		var name string
		var ok bool
		if err := rows.Scan(&name, &ok); err != nil {
			return err
		}
		all = append(all, name)
		if !ok {
			bare = append(bare, name)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, table := range bare {
		rule := "tenant = current_setting('app.tenant', true)"
		if slices.Contains(houseTables, table) {
			rule += " or current_setting('app.tenant', true) = '" + House + "'"
		}
		for _, text := range []string{
			"alter table " + table + " enable row level security",
			"alter table " + table + " force row level security",
			"drop policy if exists tenant on " + table,
			"create policy tenant on " + table + " using (" + rule + ") with check (" + rule + ")",
		} {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
	}
	if grantee != "" {
		text := "grant select, insert, update, delete on " + strings.Join(all, ", ") + " to " + pgx.Identifier{grantee}.Sanitize()
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// weakness refuses a database that would lose what was acknowledged, or show one
// tenant to another.
func weakness(ctx context.Context, db *sql.DB) error {
	refuse := func(what string) error {
		return &record.Error{Code: record.CodeRefused, Where: "database", Message: what}
	}
	var version int
	var bypass bool
	var commit, fsync, pages string
	err := db.QueryRowContext(ctx, `select current_setting('server_version_num')::int, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user),
		current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes')`).Scan(&version, &bypass, &commit, &fsync, &pages)
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "does not answer", Err: bareDatabase(err)}
	}
	switch {
	case version < 150000:
		return refuse("PostgreSQL 15 or newer is needed")
	case bypass:
		return refuse("the role is a superuser or passes over row-level security: use a role that does not")
	case commit != "on" && commit != "remote_apply":
		return refuse("synchronous_commit is " + commit + ": with less than on an acknowledged record can be lost")
	case fsync != "on":
		return refuse("fsync is " + fsync + ": an acknowledged record can be lost")
	case pages != "on":
		return refuse("full_page_writes is " + pages + ": a power cut can damage the database")
	}
	var open sql.NullString
	err = db.QueryRowContext(ctx, `select min(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
		where c.relkind = 'r' and a.attname = 'tenant' and not a.attisdropped and n.nspname = current_schema() and not (c.relrowsecurity and c.relforcerowsecurity)`).Scan(&open)
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "does not answer", Err: bareDatabase(err)}
	}
	if open.Valid {
		return refuse("table " + open.String + " has no forced row-level security")
	}
	return nil
}

func (e *postgresEngine) name() string       { return "postgres" }
func (e *postgresEngine) lock() string       { return " for update" }
func (e *postgresEngine) skipLocked() string { return " for update skip locked" }

func (e *postgresEngine) within(ctx context.Context) context.Context { return ctx }

const tries = 8

func (e *postgresEngine) update(ctx context.Context, tenant string, run func(*conn) error) error {
	return e.again(ctx, func() error { return e.transact(ctx, tenant, beginUpdate, run) })
}

func (e *postgresEngine) view(ctx context.Context, tenant string, run func(*conn) error) error {
	return e.again(ctx, func() error { return e.transact(ctx, tenant, beginView, run) })
}

func (e *postgresEngine) glance(ctx context.Context, tenant string, run func(*conn) error) error {
	return e.again(ctx, func() error { return e.transact(ctx, tenant, "", run) })
}

// again runs a transaction, and runs it again when surely nothing took place.
func (e *postgresEngine) again(ctx context.Context, transact func() error) error {
	var err error
	doubled := false
	for try := range tries {
		if try > 0 {
			pause := time.Duration(rand.Int64N(int64(5*time.Millisecond) << min(try, 6)))
			select {
			case <-time.After(pause):
			case <-ctx.Done():
				return err
			}
		}
		err = transact()
		if errors.Is(err, errLost) && ctx.Err() == nil {
			continue // the connection went before anything was committed
		}
		var pg *pgconn.PgError
		if !errors.As(err, &pg) {
			return err
		}
		switch pg.Code {
		case "40001", "40P01": // serialization failure, deadlock: nothing of it took place
		case "23505": // somebody else was first: the second run sees what they wrote
			if doubled {
				return err
			}
			doubled = true
		default:
			return err
		}
	}
	return err
}

// transact runs a transaction on a connection of its own. begin is empty where one
// question is all there is to it: what comes together is one transaction by itself.
func (e *postgresEngine) transact(ctx context.Context, tenant, begin string, run func(*conn) error) error {
	c, err := e.db.Conn(ctx)
	if err != nil {
		return e.translate(err)
	}
	defer c.Close()
	var out error
	err = c.Raw(func(driver any) error {
		l := &line{c: driver.(*stdlib.Conn).Conn(), once: begin == ""}
		defer func() {
			if r := recover(); r != nil {
				out = &record.Error{Code: record.CodeInternal, Where: "store", Message: "the work of a transaction broke off"}
			}
			l.end()
		}()
		if begin != "" {
			l.waits = append(l.waits, statement{begin, nil})
		}
		l.waits = append(l.waits, statement{setTenant, []any{tenant}})
		if out = run(&conn{line: l}); out == nil {
			out = l.commit(ctx)
		}
		return nil
	})
	if err != nil {
		return e.translate(err)
	}
	return out
}

func (e *postgresEngine) translate(err error) error {
	var house *record.Error
	if err == nil || errors.As(err, &house) {
		return err
	}
	var r *refusal
	if errors.As(err, &r) {
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) { // its texts and details can hold values: only the code and the constraint's name go on
		switch {
		case pg.Code == "23505":
			return wrapped(conflict("database", "there is one already"), pg)
		case pg.Code == "23514":
			return &record.Error{Code: record.CodeRefused, Where: "database", Message: "the database refuses it: " + pg.ConstraintName}
		case pg.Code == "23503":
			return missing("what it belongs to")
		case pg.Code == "42501":
			return &record.Error{Code: record.CodeRefused, Where: "database", Message: "row-level security refuses it"}
		case pg.Code == "40001", pg.Code == "40P01":
			return wrapped(&record.Error{Code: record.CodeUnavailable, Where: "database", Message: "too many at once"}, pg)
		case strings.HasPrefix(pg.Code, "53"):
			return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "has no room (" + pg.Code + ")"}
		case gone(pg):
			return &quietError{&record.Error{Code: record.CodeUnavailable, Where: "database", Message: "does not answer (" + pg.Code + ")"}, errLost}
		case strings.HasPrefix(pg.Code, "57"), strings.HasPrefix(pg.Code, "58"), pg.Code == "25006":
			return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "does not answer (" + pg.Code + ")"}
		}
		return wrapped(&record.Error{Code: record.CodeInternal, Where: "database", Message: "failed (" + pg.Code + ")"}, pg)
	}
	return &quietError{&record.Error{Code: record.CodeUnavailable, Where: "database", Message: "does not answer"}, errLost}
}

// errLost marks that the connection went, before a commit was sent: nothing took
// place, and another connection may do it.
var errLost = errors.New("connection lost")

// gone says that the server is being stopped or started, or the line is cut.
func gone(pg *pgconn.PgError) bool {
	return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P")
}

// wrapped keeps the engine's error for update to see, without its text.
func wrapped(err error, pg *pgconn.PgError) error { return &quietError{err, pg} }

type quietError struct{ err, cause error }

func (q *quietError) Error() string   { return q.err.Error() }
func (q *quietError) Unwrap() []error { return []error{q.err, q.cause} }

func bareDatabase(err error) error {
	var house *record.Error
	if err == nil || errors.As(err, &house) {
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return fmt.Errorf("%s", pg.Message)
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return errors.New("no connection")
	}
	return err
}

// integrate leaves the entries beside the tree, in the same transaction: they
// are safe with the effect. The sequencer puts them into the tree, so that no
// transaction waits for another to commit.
func (e *postgresEngine) integrate(t *Tx, leaves []leaf) error {
	id := NewID()
	rows := make([][]any, len(leaves))
	for i := range leaves {
		if err := leaves[i].write(); err != nil {
			return err
		}
		rows[i] = []any{id, micros(t.now), int64(i), leaves[i].body}
	}
	if err := t.many("insert into entries_waiting (tenant, id, at, place, body) values ", "", 5, rows); err != nil {
		return err
	}
	select {
	case e.wake <- struct{}{}:
	default:
	}
	return nil
}

func (e *postgresEngine) sequencer(ctx context.Context) {
	defer close(e.done)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-e.wake:
			select { // let some gather: one transaction for all of them
			case <-time.After(50 * time.Millisecond):
			case <-ctx.Done():
				return
			}
		}
		if err := e.sequence(ctx, false); err != nil && ctx.Err() == nil {
			e.s.log.Warn("audit entries wait: they could not be put into the tree", "code", string(record.CodeOf(e.translate(err))))
		}
	}
}

// sequence puts all waiting entries into their trees. A tree that another node is
// at is left to it unless wait says that the caller needs all of them: should that
// node miss what has just come, one of them looks again within a second.
func (e *postgresEngine) sequence(ctx context.Context, wait bool) error {
	after := ""
	for {
		var tenant sql.NullString
		err := e.glance(ctx, House, func(c *conn) error {
			t := &Tx{store: e.s, conn: c, ctx: ctx, tenant: House}
			return t.one("entries", "select (select tenant from entries_waiting where $1 = 'house' and tenant > $2 order by tenant, at, id, place limit 1)", []any{&tenant}, after)
		})
		if err != nil || !tenant.Valid {
			return err
		}
		after = tenant.String
		for more := true; more && err == nil; {
			err = e.update(ctx, after, func(c *conn) (err error) {
				t := &Tx{store: e.s, conn: c, ctx: ctx, tenant: after}
				more, err = t.sequence(wait)
				return err
			})
		}
		if err != nil {
			return err
		}
	}
}

const sequenceMost = 2000 // entries of one transaction

func (t *Tx) sequence(wait bool) (more bool, err error) {
	lock := "select pg_try_advisory_xact_lock(hashtextextended('audit of tenant ' || $1, 0))"
	if wait {
		lock = "select pg_advisory_xact_lock(hashtextextended('audit of tenant ' || $1, 0))::text is not null"
	}
	var ours bool
	if err := t.one("audit", lock, []any{&ours}); err != nil || !ours {
		return false, err
	}
	type waiting struct {
		at, place int64
		id        string
		body      []byte
	}
	all, err := collect(t, "delete from entries_waiting where tenant = $1 and (at, id, place) in (select at, id, place from entries_waiting where tenant = $1 order by at, id, place limit $2) returning at, id, place, body",
		func(s scan) (w waiting, err error) { return w, s(&w.at, &w.id, &w.place, &w.body) }, int64(sequenceMost))
	if err != nil || len(all) == 0 {
		return false, err
	}
	slices.SortFunc(all, func(x, y waiting) int {
		if x.at != y.at {
			return int(max(-1, min(1, x.at-y.at)))
		}
		if c := strings.Compare(x.id, y.id); c != 0 {
			return c
		}
		return int(x.place - y.place)
	})
	leaves := make([]leaf, len(all))
	for i, w := range all {
		if leaves[i].entry, err = audit.ReadLeaf(w.body); err != nil {
			return false, err
		}
	}
	return len(all) == sequenceMost, t.grow(leaves)
}

func (e *postgresEngine) close() (err error) {
	e.once.Do(func() {
		e.stop()
		<-e.done
		err = e.db.Close()
	})
	return err
}
