-- +goose Up
-- Where messages go is said by one person or key and confirmed by another person.
CREATE TABLE webhook_changes (
	tenant TEXT NOT NULL, id TEXT NOT NULL, webhook TEXT NOT NULL, state TEXT NOT NULL, proposer TEXT NOT NULL, approver TEXT NOT NULL,
	proposed BIGINT NOT NULL, decided BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id),
	CONSTRAINT two_people CHECK (approver <> proposer),
	CONSTRAINT confirmed_by_two CHECK (state <> 'confirmed' OR approver <> ''),
	CONSTRAINT known_state CHECK (state IN ('proposed', 'confirmed', 'withdrawn')));
CREATE UNIQUE INDEX webhook_changes_open ON webhook_changes (tenant, webhook) WHERE state = 'proposed';

-- +goose Down
SELECT 1;
