-- +goose Up
-- Personal tokens: a program that shows one reads as its member may read.
CREATE TABLE member_tokens (
    id           TEXT NOT NULL PRIMARY KEY,
    member_id    TEXT NOT NULL,
    name         TEXT NOT NULL,
    prefix       TEXT NOT NULL, -- what lists show
    hash         BLOB NOT NULL, -- SHA-256
    scopes       TEXT NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    expires_at   TIMESTAMP
);
CREATE UNIQUE INDEX member_tokens_hash ON member_tokens (hash);
CREATE INDEX member_tokens_member_id ON member_tokens (member_id);

-- Which notes were read in full by a program in a member's place, on each day
-- (UTC): the record of use, and what the caps of a day count.
CREATE TABLE usage_reads (
    member_id TEXT NOT NULL,
    day       TEXT NOT NULL, -- such as 2026-07-14
    surface   TEXT NOT NULL, -- such as mcp
    note_id   TEXT NOT NULL,
    version   INTEGER NOT NULL, -- read last
    words     INTEGER NOT NULL, -- that were given out
    opens     INTEGER NOT NULL,
    first_at  TIMESTAMP NOT NULL,
    last_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (member_id, day, surface, note_id)
);
