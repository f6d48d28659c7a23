-- +goose Up
-- The queue asks for cases in some states, most urgent first, and counts them.
CREATE INDEX cases_state ON cases (tenant, state, urgency, id);

-- +goose Down
SELECT 1;
