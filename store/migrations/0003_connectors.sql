-- +goose Up
-- How far a connector has read, and every question that left the house. A cursor
-- is one row that moves: its old places are of no use to anybody.
CREATE TABLE cursors (
	tenant TEXT NOT NULL, name TEXT NOT NULL, at BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, name));

CREATE TABLE lookups (
	tenant TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, subject TEXT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX lookups_at ON lookups (tenant, at, id);
CREATE INDEX lookups_subject ON lookups (tenant, subject) WHERE subject <> '';

-- +goose Down
SELECT 1;
