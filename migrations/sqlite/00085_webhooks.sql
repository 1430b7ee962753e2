-- +goose Up
-- Other systems that are told what happens.
CREATE TABLE webhook_endpoints (
    id            TEXT        NOT NULL PRIMARY KEY,
    name          TEXT        NOT NULL,
    url           TEXT        NOT NULL,
    events        TEXT       NOT NULL, -- patterns: "*", "note.*", "note.published"
    full_text     BOOLEAN     NOT NULL,
    state         TEXT        NOT NULL, -- on, off, paused
    why           TEXT        NOT NULL,
    secret        BLOB       NOT NULL, -- sealed
    old_secret    BLOB       NOT NULL, -- sealed; empty for none
    old_until     TIMESTAMP,
    failing_since TIMESTAMP,
    last_ok       TIMESTAMP,
    version       INTEGER      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL
);
-- What happened, as it is told. No row changes, and none holds gated text.
CREATE TABLE webhook_events (
    id         TEXT        NOT NULL PRIMARY KEY,
    kind       TEXT        NOT NULL,
    at         TIMESTAMP NOT NULL,
    subject_id TEXT        NOT NULL,
    data       TEXT        NOT NULL,
    note_id    TEXT,
    revision   TEXT
);
CREATE INDEX webhook_events_at ON webhook_events (at, id);
-- Each event owed to each endpoint, once.
CREATE TABLE webhook_deliveries (
    id          TEXT        NOT NULL PRIMARY KEY,
    event_id    TEXT        NOT NULL,
    endpoint_id TEXT        NOT NULL,
    state       TEXT        NOT NULL, -- waiting, delivered, failed, dropped
    round       INTEGER      NOT NULL,
    attempts    INTEGER      NOT NULL,
    status      INTEGER      NOT NULL,
    next_at     TIMESTAMP,
    done_at     TIMESTAMP,
    created_at  TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (event_id, endpoint_id);
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (endpoint_id, id);
CREATE TABLE webhook_attempts (
    id          TEXT        NOT NULL PRIMARY KEY,
    delivery_id TEXT        NOT NULL,
    at          TIMESTAMP NOT NULL,
    took_ms     INTEGER      NOT NULL,
    url         TEXT        NOT NULL,
    request     TEXT        NOT NULL,
    status      INTEGER      NOT NULL,
    answer      TEXT        NOT NULL,
    error       TEXT        NOT NULL
);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery_id, id);
