package store

import (
	"context"

	"bonafide/record"
)

// Scrub makes what was deleted unreadable on the disk: on SQLite, where deleted
// cells are overwritten at once, it empties the write-ahead log into the file
// and truncates it; on PostgreSQL it vacuums the tables of personal rows. Its
// own log and its archives still hold ciphertext whose key is destroyed.
func (s *Store) Scrub(ctx context.Context) error { return s.engine.scrub(ctx) }

func (e *sqliteEngine) scrub(ctx context.Context) error {
	if e.readers == nil {
		return nil
	}
	// No reader may hold an older state, else the log cannot be truncated.
	var taken []*conn
	defer func() {
		for _, c := range taken {
			e.readers <- c
		}
	}()
	for range cap(e.readers) {
		select {
		case c := <-e.readers:
			taken = append(taken, c)
		case <-ctx.Done():
			return &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the wait for the readers was given up"}
		}
	}
	return e.alone(ctx, func(c *conn) error {
		var busy, log, moved int
		rows, err := c.c.QueryContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)")
		if err != nil {
			return err
		}
		defer rows.Close()
		if rows.Next() {
			err = rows.Scan(&busy, &log, &moved)
		}
		if err == nil && busy != 0 {
			err = &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "another program holds the database; what was erased still stands in its log"}
		}
		return err
	})
}

func (e *postgresEngine) scrub(ctx context.Context) error {
	for _, table := range append(personal, "subjects") {
		if _, err := e.db.ExecContext(ctx, "vacuum "+table); err != nil {
			return e.translate(err)
		}
	}
	return nil
}
