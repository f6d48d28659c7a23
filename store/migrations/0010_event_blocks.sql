-- +goose Up
-- Events that have settled lie by the hundred in one sealed block of their
-- subject (store/event_fold.go); what makes each of them one event stays a row.
-- first_at is of the oldest in it. id is '' where it follows from blind.
CREATE TABLE event_blocks (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, first_at BIGINT NOT NULL, id TEXT NOT NULL, events BIGINT NOT NULL, sealed BYTEA NOT NULL,
	PRIMARY KEY (tenant, subject, first_at, id));

CREATE TABLE event_keys (
	tenant TEXT NOT NULL, blind BYTEA NOT NULL, id TEXT NOT NULL DEFAULT '', PRIMARY KEY (tenant, blind));

-- +goose Down
SELECT 1;
