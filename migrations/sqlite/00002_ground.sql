-- +goose Up
CREATE TABLE journal (
    id           TEXT      NOT NULL PRIMARY KEY,
    at           TIMESTAMP NOT NULL,
    actor_kind   TEXT      NOT NULL,
    actor_id     TEXT,
    actor_name   TEXT      NOT NULL,
    verb         TEXT      NOT NULL,
    subject_kind TEXT      NOT NULL,
    subject_id   TEXT      NOT NULL,
    request_id   TEXT      NOT NULL,
    payload      TEXT      NOT NULL
);
CREATE INDEX journal_at ON journal (at DESC, id DESC);
CREATE INDEX journal_subject ON journal (subject_kind, subject_id, at DESC);

CREATE TABLE idempotency_keys (
    scope       TEXT      NOT NULL, -- who and which operation
    key         TEXT      NOT NULL,
    fingerprint BLOB      NOT NULL, -- of the request; another request under the same key is refused
    answer      BLOB      NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE mailbox_messages (
    id          TEXT      NOT NULL PRIMARY KEY,
    message_id  TEXT      NOT NULL,
    sender      TEXT      NOT NULL,
    recipient   TEXT      NOT NULL,
    subject     TEXT      NOT NULL,
    received_at TIMESTAMP NOT NULL,
    raw         BLOB      NOT NULL
);
CREATE UNIQUE INDEX mailbox_messages_message_id ON mailbox_messages (message_id);
CREATE INDEX mailbox_messages_received_at ON mailbox_messages (received_at DESC, id DESC);

-- What a command line changed while a server runs on the same file. Postgres
-- has NOTIFY for this.
CREATE TABLE bulletins (
    id      INTEGER   PRIMARY KEY AUTOINCREMENT,
    origin  TEXT      NOT NULL,
    topic   TEXT      NOT NULL,
    payload TEXT      NOT NULL,
    at      TIMESTAMP NOT NULL
);
