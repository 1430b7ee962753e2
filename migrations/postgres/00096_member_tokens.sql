-- +goose Up
-- Personal tokens: a program that shows one reads as its member may read.
CREATE TABLE member_tokens (
    id           uuid NOT NULL PRIMARY KEY,
    member_id    uuid NOT NULL,
    name         text NOT NULL,
    prefix       text NOT NULL, -- what lists show
    hash         bytea NOT NULL, -- SHA-256
    scopes       jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    expires_at   timestamptz
);
CREATE UNIQUE INDEX member_tokens_hash ON member_tokens (hash);
CREATE INDEX member_tokens_member_id ON member_tokens (member_id);

-- Which notes were read in full by a program in a member's place, on each day
-- (UTC): the record of use, and what the caps of a day count.
CREATE TABLE usage_reads (
    member_id uuid NOT NULL,
    day       text NOT NULL, -- such as 2026-07-14
    surface   text NOT NULL, -- such as mcp
    note_id   uuid NOT NULL,
    version   bigint NOT NULL, -- read last
    words     bigint NOT NULL, -- that were given out
    opens     bigint NOT NULL,
    first_at  timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    PRIMARY KEY (member_id, day, surface, note_id)
);
