-- +goose Up
-- Files beside notes: PDF, XLSX and CSV. access says who may have the file:
-- everybody ('public') or who may read the note's gated text ('note').
CREATE TABLE attachments (
    id           uuid        PRIMARY KEY,
    note_id      uuid        NOT NULL REFERENCES notes (id),
    position     bigint      NOT NULL,
    title        text        NOT NULL,
    filename     text        NOT NULL,
    content_type text        NOT NULL, -- by content
    bytes        bigint      NOT NULL,
    sha256       bytea       NOT NULL,
    access       text        NOT NULL,
    created_by   uuid,
    created_at   timestamptz NOT NULL,
    deleted_at   timestamptz
);
CREATE INDEX attachments_note ON attachments (note_id, position, id) WHERE deleted_at IS NULL;
