-- +goose Up
-- Letters about money, each once: the row is written with what it tells of.
CREATE TABLE billing_letters (
    id            TEXT      NOT NULL PRIMARY KEY, -- also names the mail for ever
    kind          TEXT      NOT NULL,
    about         TEXT      NOT NULL, -- what exactly; with the kind it is unique
    owner_kind    TEXT      NOT NULL,
    owner_id      TEXT      NOT NULL,
    facts         TEXT      NOT NULL, -- what it says, as it was then
    state         TEXT      NOT NULL, -- queued, sent, dropped
    attempts      INTEGER   NOT NULL,
    claimed_until TIMESTAMP,          -- somebody is sending it until then
    error         TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    closed_at     TIMESTAMP
);
CREATE UNIQUE INDEX billing_letters_once ON billing_letters (kind, about);
CREATE INDEX billing_letters_owner ON billing_letters (owner_kind, owner_id);
CREATE INDEX billing_letters_queued ON billing_letters (created_at) WHERE state = 'queued';
