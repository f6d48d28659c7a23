package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"bonafide/record"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate raises the schema: forward only, each step in a transaction, so that a
// step that was cut short starts again. A schema newer than this binary is fine:
// steps only add, so the version before goes on beside the one after.
func migrate(ctx context.Context, db *sql.DB, engine string, o Options) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	if o.steps != nil {
		files = o.steps
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithTableName("schema_versions"), goose.WithAllowOutofOrder(false)}
	if engine == "postgres" {
		dialect = goose.DialectPostgres
		one, err := lock.NewPostgresSessionLocker() // one node raises, the others wait
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(one))
	}
	p, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return err
	}
	if o.NoMigrate {
		pending, err := p.HasPending(ctx)
		if err == nil && pending {
			err = &record.Error{Code: record.CodeRefused, Where: "schema", Message: "the database is older than this program: start it once without refusing to raise it"}
		}
		return err
	}
	_, err = p.Up(ctx)
	return err
}
