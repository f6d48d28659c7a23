-- +goose Up
-- What the house itself looks up is written down beside what connectors ask, and
-- uses up nothing of what a tenant allows those.
ALTER TABLE lookups ADD COLUMN own BIGINT NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
