-- +goose Up
-- What readers were shown, one row for each time that it changed. A row never
-- changes: it can be cited by its number.
CREATE TABLE note_versions (
    note_id           TEXT NOT NULL REFERENCES notes (id),
    number            INTEGER NOT NULL,
    revision_id       TEXT NOT NULL REFERENCES revisions (id),
    change            TEXT NOT NULL, -- silent, minor or major; empty for the first
    notice            TEXT NOT NULL, -- of a correction, for readers
    published_at      TIMESTAMP NOT NULL,
    published_by      TEXT,
    published_by_name TEXT NOT NULL,
    PRIMARY KEY (note_id, number)
);
CREATE INDEX note_versions_published ON note_versions (published_at);
CREATE INDEX note_versions_revision ON note_versions (revision_id);

ALTER TABLE notes ADD COLUMN live_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN revised_at TIMESTAMP; -- the last update readers were told of
INSERT INTO note_versions SELECT id, 1, live_revision, '', '', published_at, NULL, '' FROM notes WHERE live_revision IS NOT NULL AND published_at IS NOT NULL;
UPDATE notes SET live_version = 1 WHERE live_revision IS NOT NULL AND published_at IS NOT NULL;
