package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bonafide/audit"
	"bonafide/record"
)

// Tx is one transaction of one actor in one tenant.
type Tx struct {
	store    *Store
	conn     *conn
	ctx      context.Context
	actor    record.Actor
	tenant   string
	now      time.Time
	readOnly bool

	entries []record.Entry
	writes  int // rows changed
	reads   int // statements that read
	opened  int // sealed values of a subject that were opened
	keys    map[string][]byte
	absent  map[string]bool // records of whom there is none, by blind: whether they were erased
	ledger  []ledgerLine    // written after the transaction
}

// leaf is an entry ready for the tree.
type leaf struct {
	entry record.Entry
	body  []byte
}

// Tenant is whose data this transaction sees.
func (t *Tx) Tenant() string { return t.tenant }

// Actor is who acts.
func (t *Tx) Actor() record.Actor { return t.actor }

// Now is the time of this transaction.
func (t *Tx) Now() time.Time { return t.now }

// Context is the caller's.
func (t *Tx) Context() context.Context { return t.ctx }

// Note adds an audit entry to this transaction. Tenant, actor, time and number
// are filled in here. Done says that it took place; without it, it was refused.
func (t *Tx) Note(e record.Entry) {
	e.Tenant, e.Actor, e.At, e.Seq = t.tenant, t.actor, t.now, 0
	t.entries = append(t.entries, e)
}

// Did notes that something took place: act is noun.verb, object kind/id.
func (t *Tx) Did(act, object, inCase string, fields ...string) {
	t.Note(record.Entry{Act: act, Object: object, Case: inCase, Fields: fields, Done: true})
}

type refusal struct {
	entry record.Entry
	err   error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// Refusal ends a transaction without effect, but with the entry that it was
// refused: return it from the function given to Update, which then returns err.
func Refusal(e record.Entry, err error) error { return &refusal{e, err} }

var (
	errNoEntry  = &record.Error{Code: record.CodeInternal, Where: "audit", Message: "an effect without an entry"}
	errNoEffect = &record.Error{Code: record.CodeInternal, Where: "audit", Message: "an entry without an effect"}
)

// finish holds the law: no effect without an entry, no entry without an effect.
func (t *Tx) finish() error {
	done := 0
	for _, e := range t.entries {
		if e.Act == "" || e.Object == "" {
			return &record.Error{Code: record.CodeInternal, Where: "audit", Message: "an entry without act or object"}
		}
		if e.Done {
			done++
		}
	}
	switch {
	case (t.writes > 0 || t.opened > 0) && done == 0:
		return errNoEntry
	case done > 0 && t.writes == 0 && t.opened == 0 && t.reads == 0:
		return errNoEffect
	case len(t.entries) == 0:
		return nil
	}
	leaves := make([]leaf, len(t.entries))
	for i, e := range t.entries {
		leaves[i].entry = e
	}
	return t.store.engine.integrate(t, leaves)
}

// body writes the leaf's bytes, once its number, if any, is known.
func (l *leaf) write() (err error) {
	l.body, err = audit.Leaf(l.entry)
	return err
}

// exec changes rows. $1 is the tenant; args begin with $2.
func (t *Tx) exec(query string, args ...any) (int64, error) {
	if t.readOnly {
		return 0, &record.Error{Code: record.CodeInternal, Where: "store", Message: "a view changes nothing"}
	}
	n, err := t.conn.exec(t.ctx, query, t.with(args))
	if n > 0 {
		t.writes += int(n)
	}
	return n, t.store.engine.translate(err)
}

// quiet is exec for rows that are no effect of their own: what the house keeps
// for itself, such as when a key was last used.
func (t *Tx) quiet(query string, args ...any) (int64, error) {
	if t.readOnly {
		return 0, &record.Error{Code: record.CodeInternal, Where: "store", Message: "a view changes nothing"}
	}
	n, err := t.conn.exec(t.ctx, query, t.with(args))
	return n, t.store.engine.translate(err)
}

// put is exec for rows whose number nobody asks for: on PostgreSQL it goes out with
// the next question or the commit (line), and what is wrong with it comes out there.
func (t *Tx) put(query string, args ...any) error {
	if t.readOnly {
		return &record.Error{Code: record.CodeInternal, Where: "store", Message: "a view changes nothing"}
	}
	t.writes++
	return t.store.engine.translate(t.conn.later(t.ctx, query, t.with(args)))
}

// many inserts rows in as few statements as possible: head up to and with
// "values", foot after. In each row $1 is the tenant, then the row's own values.
func (t *Tx) many(head, foot string, width int, rows [][]any) error {
	const most = 900 // parameters of one statement
	per := max(1, most/width)
	for len(rows) > 0 {
		n := min(per, len(rows))
		if n < per {
			n = 1 << (bitLen(n) - 1) // few shapes, so that statements are found prepared
		}
		var q strings.Builder
		q.WriteString(head)
		args := make([]any, 0, n*width)
		for i, row := range rows[:n] {
			if i > 0 {
				q.WriteByte(',')
			}
			q.WriteString("($1")
			for _, v := range row {
				args = append(args, v)
				q.WriteString(",$")
				q.WriteString(strconv.Itoa(len(args) + 1))
			}
			q.WriteByte(')')
		}
		q.WriteString(foot)
		if err := t.put(q.String(), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func bitLen(n int) (bits int) {
	for ; n > 0; n >>= 1 {
		bits++
	}
	return bits
}

type scan func(dest ...any) error

// each reads rows one by one. read must not use the Tx.
func (t *Tx) each(query string, read func(scan) error, args ...any) error {
	t.reads++
	return t.store.engine.translate(t.conn.each(t.ctx, query, t.with(args), read))
}

// eachOf asks one question of every one of many, together where the engine can:
// i says of which a row is. The arguments of one begin with $2.
func (t *Tx) eachOf(query string, many [][]any, read func(i int, row scan) error) error {
	t.reads++
	all := make([][]any, len(many))
	for i, args := range many {
		all[i] = t.with(args)
	}
	return t.store.engine.translate(t.conn.eachOf(t.ctx, query, all, read))
}

// collect reads rows into a slice.
func collect[T any](t *Tx, query string, read func(scan) (T, error), args ...any) ([]T, error) {
	var all []T
	err := t.each(query, func(s scan) error {
		one, err := read(s)
		if err == nil {
			all = append(all, one)
		}
		return err
	}, args...)
	return all, err
}

// one reads one row into dest; a missing row is an error with code not found.
func (t *Tx) one(what, query string, dest []any, args ...any) error {
	found := false
	err := t.each(query, func(s scan) error {
		found = true
		return s(dest...)
	}, args...)
	if err == nil && !found {
		return missing(what)
	}
	return err
}

// count reads one number.
func (t *Tx) count(query string, args ...any) (int64, error) {
	var n int64
	return n, t.one("count", query, []any{&n}, args...)
}

func (t *Tx) with(args []any) []any {
	all := make([]any, 0, len(args)+1)
	return append(append(all, t.tenant), args...)
}

func missing(what string) error {
	return &record.Error{Code: record.CodeNotFound, Where: what, Message: "there is none under this id"}
}

func conflict(what, message string) error {
	return &record.Error{Code: record.CodeConflict, Where: what, Message: message}
}

// changed turns "no row changed" into why.
func changed(n int64, err error, otherwise error) error {
	if err != nil {
		return err
	}
	if n == 0 {
		return otherwise
	}
	return nil
}

// holes writes "$n,$n+1,…" for a list of values, and adds them to args.
func holes[T any](args *[]any, values []T) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		*args = append(*args, v)
		fmt.Fprintf(&b, "$%d", len(*args)+1)
	}
	return b.String()
}

// padded repeats the last value until there are 1, 2, 4, 8 … of them: few shapes,
// so that statements are found prepared. In a list to look in, a value that stands
// twice says nothing else.
func padded[T any](values []T) []T {
	all := slices.Clone(values)
	for n := len(all); n > 0 && len(all) < 1<<bitLen(n-1); {
		all = append(all, values[n-1])
	}
	return all
}

// conn is one connection with its prepared statements. Not for concurrent use.
type conn struct {
	c interface {
		ExecContext(context.Context, string, ...any) (sql.Result, error)
		QueryContext(context.Context, string, ...any) (*sql.Rows, error)
		PrepareContext(context.Context, string) (*sql.Stmt, error)
	}
	stmts   map[string]*sql.Stmt
	control map[string]*sql.Stmt
	numbers bool  // the engine wants ?1 where the SQL says $1
	line    *line // PostgreSQL's, whose driver itself keeps statements prepared
}

const stmtsMost = 400

func (c *conn) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := c.stmts[query]; s != nil {
		return s, nil
	}
	if err := guard(query); err != nil {
		return nil, err
	}
	text := query
	if c.numbers {
		text = strings.ReplaceAll(query, "$", "?")
	}
	s, err := c.c.PrepareContext(context.WithoutCancel(ctx), text)
	if err != nil {
		return nil, err
	}
	if len(c.stmts) >= stmtsMost {
		for q, old := range c.stmts {
			old.Close()
			delete(c.stmts, q)
		}
	}
	if c.stmts == nil {
		c.stmts = map[string]*sql.Stmt{}
	}
	c.stmts[query] = s
	return s, nil
}

// guard is the layer's own: text without the tenant never reaches the database.
func guard(query string) error {
	if !strings.Contains(query, "$1") || !strings.Contains(query, "tenant") {
		return &record.Error{Code: record.CodeInternal, Where: "store", Message: "a statement that names no tenant"}
	}
	return nil
}

// plain runs a statement of transaction control, which touches no row.
func (c *conn) plain(ctx context.Context, text string) error {
	s := c.control[text]
	if s == nil {
		var err error
		if s, err = c.c.PrepareContext(ctx, text); err != nil {
			return err
		}
		if c.control == nil {
			c.control = map[string]*sql.Stmt{}
		}
		c.control[text] = s
	}
	_, err := s.ExecContext(ctx)
	return err
}

func (c *conn) exec(ctx context.Context, query string, args []any) (int64, error) {
	if c.line != nil {
		if err := guard(query); err != nil {
			return 0, err
		}
		return c.line.exec(ctx, query, args)
	}
	s, err := c.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// bare is exec for texts that are not worth keeping prepared.
func (c *conn) bare(ctx context.Context, text string, args []any) error {
	if c.line != nil {
		_, err := c.line.exec(ctx, text, args)
		return err
	}
	_, err := c.c.ExecContext(ctx, text, args...)
	return err
}

// whole reads a table as it is: head is told its columns, also where it is empty.
func (c *conn) whole(ctx context.Context, text string, args []any, head func([]string), read func(scan) error) (err error) {
	if c.line != nil {
		return c.line.whole(ctx, text, args, head, read)
	}
	rows, err := c.c.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	head(columns)
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (c *conn) later(ctx context.Context, query string, args []any) error {
	if c.line != nil {
		if err := guard(query); err != nil {
			return err
		}
		return c.line.later(ctx, query, args)
	}
	_, err := c.exec(ctx, query, args)
	return err
}

func (c *conn) each(ctx context.Context, query string, args []any, read func(scan) error) error {
	return c.eachOf(ctx, query, [][]any{args}, func(_ int, row scan) error { return read(row) })
}

func (c *conn) eachOf(ctx context.Context, query string, many [][]any, read func(int, scan) error) error {
	if c.line != nil {
		if err := guard(query); err != nil {
			return err
		}
		return c.line.each(ctx, query, many, read)
	}
	for i, args := range many {
		if err := c.eachRow(ctx, query, args, func(row scan) error { return read(i, row) }); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) eachRow(ctx context.Context, query string, args []any, read func(scan) error) (err error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// lock is the suffix that locks the rows read, until the end of the transaction.
func (t *Tx) lock() string {
	if t.readOnly {
		return ""
	}
	return t.store.engine.lock()
}
