-- +goose Up
-- Ways to a note's draft for people without an account at the desk. Only the
-- hash of a token is kept: who reads this table can open nothing with it.
CREATE TABLE preview_links (
    id              TEXT NOT NULL PRIMARY KEY,
    note_id         TEXT NOT NULL REFERENCES notes (id),
    hash            TEXT NOT NULL,
    brief           BOOLEAN NOT NULL, -- made by the desk to look for a moment itself
    label           TEXT NOT NULL, -- whom it is for
    audience        TEXT NOT NULL, -- anonymous, free, plan, lapsed or full
    plan            TEXT NOT NULL, -- slug; with the audience plan
    expires_at      TIMESTAMP NOT NULL,
    ended_at        TIMESTAMP, -- before it expired
    ended_why       TEXT NOT NULL, -- revoked, published, retracted or archived
    opened          INTEGER NOT NULL, -- times
    opened_at       TIMESTAMP, -- last
    created_at      TIMESTAMP NOT NULL,
    created_by      TEXT,
    created_by_name TEXT NOT NULL
);
CREATE UNIQUE INDEX preview_links_hash ON preview_links (hash);
CREATE INDEX preview_links_note ON preview_links (note_id, created_at);
