package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bonafide/record"
)

// line is one transaction on one connection of PostgreSQL. What need not be
// answered before the next step waits and is sent together with the next question,
// or with the commit: a round trip costs node and database more than most
// statements do. The database runs what comes together one after the other, and
// after the first that fails none of the rest, so that order and effect are the
// same as one by one; only an error may come out later, before anything is
// committed.
type line struct {
	c     *pgx.Conn
	waits []statement
	once  bool // one question and nothing else: no transaction is begun for it
	asked bool
}

type statement struct {
	text string
	args []any
}

const waitsMost = 64 // statements kept back at most

const (
	beginUpdate = "begin"
	beginView   = "begin isolation level repeatable read read only"
	setTenant   = "select set_config('app.tenant', $1, true)"
)

var errGlance = &record.Error{Code: record.CodeInternal, Where: "store", Message: "a glance asks one question and changes nothing"}

func (l *line) later(ctx context.Context, query string, args []any) error {
	if l.once {
		return errGlance
	}
	if l.waits = append(l.waits, statement{query, args}); len(l.waits) < waitsMost {
		return nil
	}
	return l.send(ctx, 0, nil)
}

func (l *line) exec(ctx context.Context, query string, args []any) (n int64, err error) {
	if l.once {
		return 0, errGlance
	}
	l.waits = append(l.waits, statement{query, args})
	err = l.send(ctx, 1, func(_ int, b pgx.BatchResults) error {
		tag, err := b.Exec()
		n = tag.RowsAffected()
		return err
	})
	return n, err
}

// each asks one question of every one of args, all together.
func (l *line) each(ctx context.Context, query string, args [][]any, read func(i int, row scan) error) error {
	if l.once && (l.asked || len(args) != 1) {
		return errGlance
	}
	for len(args) > waitsMost {
		if err := l.each(ctx, query, args[:waitsMost], read); err != nil {
			return err
		}
		before := read
		args, read = args[waitsMost:], func(i int, row scan) error { return before(i+waitsMost, row) }
	}
	for _, a := range args {
		l.waits = append(l.waits, statement{query, a})
	}
	return l.send(ctx, len(args), func(i int, b pgx.BatchResults) error {
		rows, err := b.Query()
		if err != nil {
			return err
		}
		defer rows.Close()
		return readAll(rows, func(row scan) error { return read(i, row) })
	})
}

func (l *line) whole(ctx context.Context, text string, args []any, head func([]string), read func(scan) error) error {
	l.waits = append(l.waits, statement{text, args})
	return l.send(ctx, 1, func(_ int, b pgx.BatchResults) error {
		rows, err := b.Query()
		if err != nil {
			return err
		}
		defer rows.Close()
		var columns []string
		for _, f := range rows.FieldDescriptions() {
			columns = append(columns, f.Name)
		}
		head(columns)
		return readAll(rows, read)
	})
}

func readAll(rows pgx.Rows, read func(scan) error) error {
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// send sends what waits. read takes the answers to the last few of it; the others
// are only looked at for errors.
func (l *line) send(ctx context.Context, last int, read func(i int, b pgx.BatchResults) error) (err error) {
	l.asked = true
	n := len(l.waits)
	if n == 0 {
		return nil
	}
	var b pgx.Batch
	for _, s := range l.waits {
		b.Queue(s.text, s.args...)
	}
	l.waits = l.waits[:0]
	answers := l.c.SendBatch(ctx, &b)
	for i := range n {
		if i < n-last {
			_, err = answers.Exec()
		} else {
			err = read(i-(n-last), answers)
		}
		if err != nil {
			break
		}
	}
	if closed := answers.Close(); err == nil {
		err = closed
	}
	return err
}

// commit sends what waits and commits, in one. An error that the database gave
// before it committed is that error; any other way to fail leaves it in doubt.
func (l *line) commit(ctx context.Context) error {
	if l.once || !l.asked && len(l.waits) <= 2 { // nothing but the beginning, which was never sent
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	l.waits = append(l.waits, statement{"commit", nil})
	undone := false
	err := l.send(ctx, 1, func(_ int, b pgx.BatchResults) error {
		tag, err := b.Exec()
		undone = tag.String() == "ROLLBACK"
		return err
	})
	var pg *pgconn.PgError
	switch {
	case err == nil && undone:
		return &record.Error{Code: record.CodeInternal, Where: "store", Message: "a statement failed, and the work went on as if it had not"}
	case err == nil, errors.As(err, &pg) && !gone(pg):
		return err
	}
	return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the connection was lost while committing: it may or may not have taken place"}
}

// end leaves the connection without a transaction, or closed.
func (l *line) end() {
	if l.c.IsClosed() || l.c.PgConn().TxStatus() == 'I' {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	if _, err := l.c.Exec(ctx, "rollback"); err != nil {
		l.c.Close(ctx)
	}
}
