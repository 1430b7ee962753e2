-- The language that a member has chosen for pages and letters; empty for the
-- publication's.

-- +goose Up
ALTER TABLE members ADD COLUMN language text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE members DROP COLUMN language;
