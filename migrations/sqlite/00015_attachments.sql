-- +goose Up
-- Files beside notes: PDF, XLSX and CSV. access says who may have the file:
-- everybody ('public') or who may read the note's gated text ('note').
CREATE TABLE attachments (
    id           TEXT      NOT NULL PRIMARY KEY,
    note_id      TEXT      NOT NULL REFERENCES notes (id),
    position     INTEGER   NOT NULL,
    title        TEXT      NOT NULL,
    filename     TEXT      NOT NULL,
    content_type TEXT      NOT NULL, -- by content
    bytes        INTEGER   NOT NULL,
    sha256       BLOB      NOT NULL,
    access       TEXT      NOT NULL,
    created_by   TEXT,
    created_at   TIMESTAMP NOT NULL,
    deleted_at   TIMESTAMP
);
CREATE INDEX attachments_note ON attachments (note_id, position, id) WHERE deleted_at IS NULL;
