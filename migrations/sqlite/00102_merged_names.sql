-- +goose Up
-- A topic or an author that became part of another one. The row stays: the
-- address leads on, and revisions that name it mean the other.
ALTER TABLE topics ADD COLUMN merged_into TEXT REFERENCES topics (id);
ALTER TABLE authors ADD COLUMN merged_into TEXT REFERENCES authors (id);
DROP INDEX topics_name;
CREATE UNIQUE INDEX topics_name ON topics (name) WHERE merged_into IS NULL;
