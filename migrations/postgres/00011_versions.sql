-- +goose Up
-- What readers were shown, one row for each time that it changed. A row never
-- changes: it can be cited by its number.
CREATE TABLE note_versions (
    note_id           uuid NOT NULL REFERENCES notes (id),
    number            bigint NOT NULL,
    revision_id       uuid NOT NULL REFERENCES revisions (id),
    change            text NOT NULL, -- silent, minor or major; empty for the first
    notice            text NOT NULL, -- of a correction, for readers
    published_at      timestamptz NOT NULL,
    published_by      uuid,
    published_by_name text NOT NULL,
    PRIMARY KEY (note_id, number)
);
CREATE INDEX note_versions_published ON note_versions (published_at);
CREATE INDEX note_versions_revision ON note_versions (revision_id);

ALTER TABLE notes ADD COLUMN live_version bigint NOT NULL DEFAULT 0;
ALTER TABLE notes ALTER COLUMN live_version DROP DEFAULT;
ALTER TABLE notes ADD COLUMN revised_at timestamptz; -- the last update readers were told of
INSERT INTO note_versions SELECT id, 1, live_revision, '', '', published_at, NULL, '' FROM notes WHERE live_revision IS NOT NULL AND published_at IS NOT NULL;
UPDATE notes SET live_version = 1 WHERE live_revision IS NOT NULL AND published_at IS NOT NULL;
