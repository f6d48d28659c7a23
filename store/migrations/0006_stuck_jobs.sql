-- +goose Up
-- Jobs that were tried and are not done: few, and looked for often.
CREATE INDEX jobs_stuck ON jobs (tenant, kind, created) WHERE error <> '';

-- +goose Down
SELECT 1;
