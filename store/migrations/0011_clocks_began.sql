-- +goose Up
-- When a clock began, so that it can follow rules that keep for other days. 0, of
-- clocks set before: they run out as they were set.
ALTER TABLE clocks ADD COLUMN began BIGINT NOT NULL DEFAULT 0;
ALTER TABLE closed_keys ADD COLUMN began BIGINT NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
