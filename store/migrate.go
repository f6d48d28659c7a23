package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"bonafide/record"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate raises the schema: forward only, each step in a transaction, so that a
// step that was cut short starts again. A schema newer than this binary is fine:
// steps only add, so the version before goes on beside the one after.
// It says when blocks of events may be written.
func migrate(ctx context.Context, db *sql.DB, engine string, o Options) (folds time.Time, err error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return folds, err
	}
	if o.steps != nil {
		files = o.steps
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithTableName("schema_versions"), goose.WithAllowOutofOrder(false)}
	if engine == "postgres" {
		dialect = goose.DialectPostgres
		one, err := lock.NewPostgresSessionLocker() // one node raises, the others wait
		if err != nil {
			return folds, err
		}
		options = append(options, goose.WithSessionLocker(one))
	}
	p, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return folds, err
	}
	if o.NoMigrate {
		pending, err := p.HasPending(ctx)
		if err == nil && pending {
			err = &record.Error{Code: record.CodeRefused, Where: "schema", Message: "the database is older than this program: start it once without refusing to raise it"}
		}
	} else {
		_, err = p.Up(ctx)
	}
	if err != nil {
		return folds, err
	}
	plain, err := goose.NewProvider(dialect, db, files, options[:2]...) // asking waits for nobody's lock
	if err != nil {
		return folds, err
	}
	steps, err := plain.Status(ctx)
	return foldsFrom(steps), err
}

// foldsFrom is when the step that made blocks of events (0010) has stood for a week:
// until then a node of an older version may run beside this one, or be gone back to.
// A database that was made with that step in it has known no older one.
func foldsFrom(steps []*goose.MigrationStatus) time.Time {
	const step, week = 10, 7 * 24 * time.Hour
	for _, s := range steps {
		switch {
		case s.Source.Version != step || s.State != goose.StateApplied:
		case s.AppliedAt.Sub(steps[0].AppliedAt) < time.Minute:
			return time.Time{}
		default:
			return s.AppliedAt.Add(week)
		}
	}
	return time.Unix(1<<40, 0) // a schema without it
}
