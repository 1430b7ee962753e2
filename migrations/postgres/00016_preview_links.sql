-- +goose Up
-- Ways to a note's draft for people without an account at the desk. Only the
-- hash of a token is kept: who reads this table can open nothing with it.
CREATE TABLE preview_links (
    id              uuid NOT NULL PRIMARY KEY,
    note_id         uuid NOT NULL REFERENCES notes (id),
    hash            text NOT NULL,
    brief           boolean NOT NULL, -- made by the desk to look for a moment itself
    label           text NOT NULL, -- whom it is for
    audience        text NOT NULL, -- anonymous, free, plan, lapsed or full
    plan            text NOT NULL, -- slug; with the audience plan
    expires_at      timestamptz NOT NULL,
    ended_at        timestamptz, -- before it expired
    ended_why       text NOT NULL, -- revoked, published, retracted or archived
    opened          bigint NOT NULL, -- times
    opened_at       timestamptz, -- last
    created_at      timestamptz NOT NULL,
    created_by      uuid,
    created_by_name text NOT NULL
);
CREATE UNIQUE INDEX preview_links_hash ON preview_links (hash);
CREATE INDEX preview_links_note ON preview_links (note_id, created_at);
