-- +goose Up
-- One text for both engines. Every key begins with tenant, so that any table can
-- be spread over machines by it. Times are microseconds since 1970, 0 for none;
-- yes and no are 1 and 0. A column called sealed holds ciphertext.

CREATE TABLE tenants (
	tenant TEXT NOT NULL PRIMARY KEY, country TEXT NOT NULL, created BIGINT NOT NULL, closed BIGINT NOT NULL DEFAULT 0);

CREATE TABLE tenant_keys (
	tenant TEXT NOT NULL REFERENCES tenants (tenant), purpose TEXT NOT NULL, version BIGINT NOT NULL,
	kek TEXT NOT NULL, wrapped BYTEA NOT NULL, created BIGINT NOT NULL, PRIMARY KEY (tenant, purpose, version));

CREATE TABLE subject_keys (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL, wrapped BYTEA NOT NULL,
	created BIGINT NOT NULL, PRIMARY KEY (tenant, subject));

CREATE TABLE subjects (
	tenant TEXT NOT NULL, id TEXT NOT NULL, blind BYTEA NOT NULL, version BIGINT NOT NULL, result BIGINT NOT NULL DEFAULT 0,
	received BIGINT NOT NULL, created BIGINT NOT NULL, changed BIGINT NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX subjects_blind ON subjects (tenant, blind);

CREATE TABLE applications (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL, digest BYTEA NOT NULL, stored BIGINT NOT NULL,
	sealed BYTEA NOT NULL, PRIMARY KEY (tenant, subject, version));

CREATE TABLE results (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL, application BIGINT NOT NULL, assessment TEXT NOT NULL,
	stored BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, subject, version));

CREATE TABLE profiles (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, subject));

CREATE TABLE link_keys (
	tenant TEXT NOT NULL, key BIGINT NOT NULL, subject TEXT NOT NULL, kind BIGINT NOT NULL, place BIGINT NOT NULL, at BIGINT NOT NULL,
	PRIMARY KEY (tenant, key, subject, kind, place));
CREATE INDEX link_keys_subject ON link_keys (tenant, subject);

CREATE TABLE edges (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, other TEXT NOT NULL, kind BIGINT NOT NULL, strength BIGINT NOT NULL, at BIGINT NOT NULL,
	PRIMARY KEY (tenant, subject, other, kind));
CREATE INDEX edges_other ON edges (tenant, other);

CREATE TABLE terms (
	tenant TEXT NOT NULL, term BYTEA NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (tenant, term, subject));
CREATE INDEX terms_subject ON terms (tenant, subject);

CREATE TABLE events (
	tenant TEXT NOT NULL, id TEXT NOT NULL, blind BYTEA NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, at BIGINT NOT NULL,
	stored BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX events_blind ON events (tenant, blind);
CREATE INDEX events_subject ON events (tenant, subject, at);

CREATE TABLE files (
	tenant TEXT NOT NULL, id TEXT NOT NULL, subject TEXT NOT NULL, blind BYTEA NOT NULL, kind TEXT NOT NULL, size BIGINT NOT NULL,
	stored BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX files_subject ON files (tenant, subject, blind);

CREATE TABLE file_parts (
	tenant TEXT NOT NULL, file TEXT NOT NULL, subject TEXT NOT NULL, part BIGINT NOT NULL, sealed BYTEA NOT NULL,
	PRIMARY KEY (tenant, file, part));
CREATE INDEX file_parts_subject ON file_parts (tenant, subject);

CREATE TABLE cases (
	tenant TEXT NOT NULL, id TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL, assessment TEXT NOT NULL, urgency BIGINT NOT NULL,
	stage TEXT NOT NULL, tier TEXT NOT NULL, role TEXT NOT NULL, cluster TEXT NOT NULL, assignee TEXT NOT NULL,
	claim_until BIGINT NOT NULL, due BIGINT NOT NULL, opened BIGINT NOT NULL, changed BIGINT NOT NULL, version BIGINT NOT NULL,
	hold BIGINT NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX cases_subject ON cases (tenant, subject);
CREATE INDEX cases_changed ON cases (tenant, changed, id);
CREATE INDEX cases_urgency ON cases (tenant, urgency, id);
CREATE INDEX cases_cluster ON cases (tenant, cluster);
CREATE INDEX cases_assignee ON cases (tenant, assignee);

-- Four eyes are the database's own rule: whoever gets past the code does not get
-- past the CHECKs. An appeal names both people of the decision appealed by a
-- foreign key, so that it cannot name others.
CREATE TABLE decisions (
	tenant TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, subject TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
	state TEXT NOT NULL, two BIGINT NOT NULL, seen TEXT NOT NULL, proposer TEXT NOT NULL, approver TEXT NOT NULL DEFAULT '',
	proposed BIGINT NOT NULL, decided BIGINT NOT NULL DEFAULT 0, sealed BYTEA NOT NULL,
	appeals_to TEXT, appealed_proposer TEXT, appealed_approver TEXT,
	PRIMARY KEY (tenant, id), UNIQUE (tenant, id, proposer, approver),
	FOREIGN KEY (tenant, case_id) REFERENCES cases (tenant, id),
	FOREIGN KEY (tenant, appeals_to, appealed_proposer, appealed_approver) REFERENCES decisions (tenant, id, proposer, approver),
	CONSTRAINT two_people CHECK (approver <> proposer),
	CONSTRAINT approved_by_two CHECK (state <> 'approved' OR two = 0 OR approver <> ''),
	CONSTRAINT known_state CHECK (state IN ('proposed', 'approved', 'declined', 'voided', 'withdrawn')),
	CONSTRAINT appeal_names_both CHECK ((appeals_to IS NULL) = (appealed_proposer IS NULL) AND (appeals_to IS NULL) = (appealed_approver IS NULL)),
	CONSTRAINT appeal_by_others CHECK (appeals_to IS NULL OR (proposer <> appealed_proposer AND proposer <> appealed_approver
		AND (approver = '' OR (approver <> appealed_proposer AND approver <> appealed_approver)))));
CREATE UNIQUE INDEX decisions_open ON decisions (tenant, case_id) WHERE state = 'proposed';
CREATE INDEX decisions_case ON decisions (tenant, case_id, proposed);

CREATE TABLE notes (
	tenant TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, subject TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL,
	sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, case_id) REFERENCES cases (tenant, id));
CREATE INDEX notes_case ON notes (tenant, case_id, at);

CREATE TABLE tasks (
	tenant TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
	assignee TEXT NOT NULL, due BIGINT NOT NULL, created BIGINT NOT NULL, done BIGINT NOT NULL, sealed BYTEA NOT NULL,
	PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, case_id) REFERENCES cases (tenant, id));
CREATE INDEX tasks_case ON tasks (tenant, case_id);
CREATE INDEX tasks_assignee ON tasks (tenant, assignee, state);

CREATE TABLE requests (
	tenant TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
	due BIGINT NOT NULL, sent BIGINT NOT NULL, answered BIGINT NOT NULL, sealed BYTEA NOT NULL,
	PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, case_id) REFERENCES cases (tenant, id));
CREATE INDEX requests_case ON requests (tenant, case_id, sent);
CREATE INDEX requests_due ON requests (tenant, state, due);

-- The audit. hashes are the tree's, added by this leaf (audit.Grow).
CREATE TABLE entries (
	tenant TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL, object TEXT NOT NULL,
	case_id TEXT NOT NULL, body BYTEA NOT NULL, hashes BYTEA NOT NULL, PRIMARY KEY (tenant, seq));
CREATE INDEX entries_object ON entries (tenant, object, seq);
CREATE INDEX entries_case ON entries (tenant, case_id, seq);

CREATE TABLE entries_waiting (
	tenant TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, place BIGINT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (tenant, at, id, place));

CREATE TABLE checkpoints (
	tenant TEXT NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (tenant, size));

CREATE TABLE answers (
	tenant TEXT NOT NULL, key BYTEA NOT NULL, digest BYTEA NOT NULL, status BIGINT NOT NULL, stored BIGINT NOT NULL, subject TEXT NOT NULL,
	sealed BYTEA NOT NULL, PRIMARY KEY (tenant, key));
CREATE INDEX answers_stored ON answers (tenant, stored);
CREATE INDEX answers_subject ON answers (tenant, subject);

CREATE TABLE outbox (
	tenant TEXT NOT NULL, id TEXT NOT NULL, topic TEXT NOT NULL, target TEXT NOT NULL, subject TEXT NOT NULL, stored BIGINT NOT NULL,
	delivered BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX outbox_stored ON outbox (tenant, delivered, stored);
CREATE INDEX outbox_subject ON outbox (tenant, subject);

CREATE TABLE jobs (
	tenant TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, priority BIGINT NOT NULL, run_at BIGINT NOT NULL,
	attempt BIGINT NOT NULL, attempts_most BIGINT NOT NULL, fence BIGINT NOT NULL, lease_until BIGINT NOT NULL, worker TEXT NOT NULL,
	dedupe TEXT, subject TEXT NOT NULL, progress BIGINT NOT NULL, error TEXT NOT NULL, created BIGINT NOT NULL, ended BIGINT NOT NULL,
	by_actor TEXT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX jobs_dedupe ON jobs (tenant, dedupe) WHERE dedupe IS NOT NULL;
CREATE INDEX jobs_ready ON jobs (tenant, priority, run_at, id) WHERE state = 'ready';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'leased';
CREATE INDEX jobs_subject ON jobs (tenant, subject) WHERE subject <> '';

CREATE TABLE job_lines (
	tenant TEXT NOT NULL, job TEXT NOT NULL, line BIGINT NOT NULL, status TEXT NOT NULL, ref TEXT NOT NULL, detail TEXT NOT NULL,
	PRIMARY KEY (tenant, job, line));

CREATE TABLE users (
	tenant TEXT NOT NULL, id TEXT NOT NULL, blind BYTEA NOT NULL, roles TEXT NOT NULL, state TEXT NOT NULL, created BIGINT NOT NULL,
	changed BIGINT NOT NULL, version BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX users_blind ON users (tenant, blind);

CREATE TABLE sessions (
	tenant TEXT NOT NULL, hash BYTEA NOT NULL, id TEXT NOT NULL, person TEXT NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL,
	expires BIGINT NOT NULL, revoked BIGINT NOT NULL, strong BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, hash));
CREATE UNIQUE INDEX sessions_id ON sessions (tenant, id);
CREATE INDEX sessions_person ON sessions (tenant, person);
CREATE INDEX sessions_hash ON sessions (hash);

CREATE TABLE api_keys (
	tenant TEXT NOT NULL, id TEXT NOT NULL, hash BYTEA NOT NULL, label TEXT NOT NULL, scopes TEXT NOT NULL, by_actor TEXT NOT NULL,
	created BIGINT NOT NULL, expires BIGINT NOT NULL, used BIGINT NOT NULL, revoked BIGINT NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX api_keys_id ON api_keys (id);

CREATE TABLE passkeys (
	tenant TEXT NOT NULL, id BYTEA NOT NULL, person TEXT NOT NULL, created BIGINT NOT NULL, used BIGINT NOT NULL, signs BIGINT NOT NULL,
	revoked BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX passkeys_person ON passkeys (tenant, person);

CREATE TABLE tokens (
	tenant TEXT NOT NULL, hash BYTEA NOT NULL, purpose TEXT NOT NULL, object TEXT NOT NULL, subject TEXT NOT NULL, created BIGINT NOT NULL,
	expires BIGINT NOT NULL, used BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (tenant, hash));
CREATE INDEX tokens_hash ON tokens (hash);
CREATE INDEX tokens_subject ON tokens (tenant, subject);

CREATE TABLE settings (
	tenant TEXT NOT NULL, name TEXT NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, by_actor TEXT NOT NULL, sealed BYTEA NOT NULL,
	PRIMARY KEY (tenant, name, version));

CREATE TABLE policies (
	tenant TEXT NOT NULL, version BIGINT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL, at BIGINT NOT NULL, proposer TEXT NOT NULL,
	approver TEXT NOT NULL, active BIGINT NOT NULL, PRIMARY KEY (tenant, version),
	CONSTRAINT two_people CHECK (approver <> proposer));
CREATE UNIQUE INDEX policies_active ON policies (tenant) WHERE active = 1;

-- What erasure leaves: that it took place, for the replay after a restore.
CREATE TABLE erasures (
	tenant TEXT NOT NULL, id TEXT NOT NULL, subject TEXT NOT NULL, blind BYTEA NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL,
	by_actor TEXT NOT NULL, approver TEXT NOT NULL, counts TEXT NOT NULL, PRIMARY KEY (tenant, id));
CREATE UNIQUE INDEX erasures_subject ON erasures (tenant, subject);

CREATE TABLE revocations (
	tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (tenant, kind, id));

CREATE TABLE clocks (
	tenant TEXT NOT NULL, subject TEXT NOT NULL, class TEXT NOT NULL, due BIGINT NOT NULL, basis TEXT NOT NULL,
	PRIMARY KEY (tenant, subject, class));
CREATE INDEX clocks_due ON clocks (tenant, due);

CREATE TABLE holds (
	tenant TEXT NOT NULL, id TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, by_actor TEXT NOT NULL, at BIGINT NOT NULL,
	expires BIGINT NOT NULL, released BIGINT NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX holds_subject ON holds (tenant, subject);

-- The minimal keys of closed cases of established misrepresentation: digests only,
-- no subject, with a clock of their own.
CREATE TABLE closed_keys (
	tenant TEXT NOT NULL, key BIGINT NOT NULL, kind BIGINT NOT NULL, closed_case TEXT NOT NULL, until_at BIGINT NOT NULL,
	PRIMARY KEY (tenant, key, kind, closed_case));
CREATE INDEX closed_keys_until ON closed_keys (tenant, until_at);

-- +goose Down
SELECT 1;
