-- +goose Up
-- What staff say to each other about a note; see package content. The first
-- comment of a thread has the thread's own id, its anchor and its resolution.
CREATE TABLE comments (
    id               TEXT NOT NULL PRIMARY KEY,
    note_id          TEXT NOT NULL REFERENCES notes (id),
    thread_id        TEXT NOT NULL REFERENCES comments (id),
    quote            TEXT NOT NULL,
    prefix           TEXT NOT NULL,
    suffix           TEXT NOT NULL,
    block            INTEGER NOT NULL,
    body             TEXT NOT NULL,
    mentions         TEXT NOT NULL,
    by_id            TEXT,
    by_kind          TEXT NOT NULL,
    by_name          TEXT NOT NULL,
    at               TIMESTAMP NOT NULL,
    edited_at        TIMESTAMP,
    deleted_at       TIMESTAMP,
    hidden           BOOLEAN NOT NULL, -- of a thread: nothing is left in it
    resolved_at      TIMESTAMP,
    resolved_by      TEXT,
    resolved_by_name TEXT NOT NULL,
    version          INTEGER NOT NULL
);
CREATE INDEX comments_threads ON comments (note_id, at, id) WHERE id = thread_id;
CREATE INDEX comments_thread ON comments (thread_id, at, id);

ALTER TABLE notifications ADD COLUMN comment_id TEXT;
