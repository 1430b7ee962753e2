-- +goose Up
-- Letters about money, each once: the row is written with what it tells of.
CREATE TABLE billing_letters (
    id            uuid        PRIMARY KEY, -- also names the mail for ever
    kind          text        NOT NULL,
    about         text        NOT NULL, -- what exactly; with the kind it is unique
    owner_kind    text        NOT NULL,
    owner_id      uuid        NOT NULL,
    facts         jsonb       NOT NULL, -- what it says, as it was then
    state         text        NOT NULL, -- queued, sent, dropped
    attempts      bigint      NOT NULL,
    claimed_until timestamptz,          -- somebody is sending it until then
    error         text        NOT NULL,
    created_at    timestamptz NOT NULL,
    closed_at     timestamptz
);
CREATE UNIQUE INDEX billing_letters_once ON billing_letters (kind, about);
CREATE INDEX billing_letters_owner ON billing_letters (owner_kind, owner_id);
CREATE INDEX billing_letters_queued ON billing_letters (created_at) WHERE state = 'queued';
