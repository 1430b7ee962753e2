-- +goose Up
-- For the audit log's filters.
CREATE INDEX journal_actor ON journal (actor_id, at DESC, id DESC);
CREATE INDEX journal_verb ON journal (verb, at DESC);

-- What became of a letter.
ALTER TABLE leads ADD COLUMN done_at TIMESTAMP;
ALTER TABLE leads ADD COLUMN remark TEXT NOT NULL DEFAULT '';
