-- +goose Up
-- A name is found by what stands before its last slash: a prefix of a text is no
-- range in every collation, and a function of it no index under row-level security.
-- Rows of a node that knows no folder have '' until they are filed (Store.Expire).
ALTER TABLE settings ADD COLUMN folder TEXT NOT NULL DEFAULT '';
CREATE INDEX settings_folder ON settings (tenant, folder);

-- +goose Down
SELECT 1;
