-- +goose Up
-- Every new application asks whether its record was erased.
CREATE INDEX erasures_blind ON erasures (tenant, blind);

-- +goose Down
SELECT 1;
