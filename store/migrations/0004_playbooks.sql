-- +goose Up
-- A tenant's own versions of the playbooks; as with the rules, two people put one in force.
CREATE TABLE playbooks (
	tenant TEXT NOT NULL, name TEXT NOT NULL, version BIGINT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL, at BIGINT NOT NULL, proposer TEXT NOT NULL,
	approver TEXT NOT NULL, active BIGINT NOT NULL, PRIMARY KEY (tenant, name, version),
	CONSTRAINT two_people CHECK (approver <> proposer));
CREATE UNIQUE INDEX playbooks_active ON playbooks (tenant, name) WHERE active = 1;

-- +goose Down
SELECT 1;
