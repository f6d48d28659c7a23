package store

import (
	"context"

	"bonafide/record"
)

func openPostgres(ctx context.Context, s *Store, o Options) (engine, error) {
	return nil, &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "PostgreSQL is not built in yet"}
}
