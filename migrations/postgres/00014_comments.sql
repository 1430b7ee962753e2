-- +goose Up
-- What staff say to each other about a note; see package content. The first
-- comment of a thread has the thread's own id, its anchor and its resolution.
CREATE TABLE comments (
    id               uuid PRIMARY KEY,
    note_id          uuid NOT NULL REFERENCES notes (id),
    thread_id        uuid NOT NULL REFERENCES comments (id),
    quote            text NOT NULL,
    prefix           text NOT NULL,
    suffix           text NOT NULL,
    block            bigint NOT NULL,
    body             text NOT NULL,
    mentions         jsonb NOT NULL,
    by_id            uuid,
    by_kind          text NOT NULL,
    by_name          text NOT NULL,
    at               timestamptz NOT NULL,
    edited_at        timestamptz,
    deleted_at       timestamptz,
    hidden           boolean NOT NULL, -- of a thread: nothing is left in it
    resolved_at      timestamptz,
    resolved_by      uuid,
    resolved_by_name text NOT NULL,
    version          bigint NOT NULL
);
CREATE INDEX comments_threads ON comments (note_id, at, id) WHERE id = thread_id;
CREATE INDEX comments_thread ON comments (thread_id, at, id);

ALTER TABLE notifications ADD COLUMN comment_id uuid;
