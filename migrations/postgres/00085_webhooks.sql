-- +goose Up
-- Other systems that are told what happens.
CREATE TABLE webhook_endpoints (
    id            uuid        NOT NULL PRIMARY KEY,
    name          text        NOT NULL,
    url           text        NOT NULL,
    events        jsonb       NOT NULL, -- patterns: "*", "note.*", "note.published"
    full_text     boolean     NOT NULL,
    state         text        NOT NULL, -- on, off, paused
    why           text        NOT NULL,
    secret        bytea       NOT NULL, -- sealed
    old_secret    bytea       NOT NULL, -- sealed; empty for none
    old_until     timestamptz,
    failing_since timestamptz,
    last_ok       timestamptz,
    version       bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
-- What happened, as it is told. No row changes, and none holds gated text.
CREATE TABLE webhook_events (
    id         uuid        NOT NULL PRIMARY KEY,
    kind       text        NOT NULL,
    at         timestamptz NOT NULL,
    subject_id text        NOT NULL,
    data       text        NOT NULL,
    note_id    uuid,
    revision   uuid
);
CREATE INDEX webhook_events_at ON webhook_events (at, id);
-- Each event owed to each endpoint, once.
CREATE TABLE webhook_deliveries (
    id          uuid        NOT NULL PRIMARY KEY,
    event_id    uuid        NOT NULL,
    endpoint_id uuid        NOT NULL,
    state       text        NOT NULL, -- waiting, delivered, failed, dropped
    round       bigint      NOT NULL,
    attempts    bigint      NOT NULL,
    status      bigint      NOT NULL,
    next_at     timestamptz,
    done_at     timestamptz,
    created_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (event_id, endpoint_id);
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (endpoint_id, id);
CREATE TABLE webhook_attempts (
    id          uuid        NOT NULL PRIMARY KEY,
    delivery_id uuid        NOT NULL,
    at          timestamptz NOT NULL,
    took_ms     bigint      NOT NULL,
    url         text        NOT NULL,
    request     text        NOT NULL,
    status      bigint      NOT NULL,
    answer      text        NOT NULL,
    error       text        NOT NULL
);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery_id, id);
