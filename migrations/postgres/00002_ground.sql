-- +goose Up
CREATE TABLE journal (
    id           uuid        PRIMARY KEY,
    at           timestamptz NOT NULL,
    actor_kind   text        NOT NULL,
    actor_id     uuid,
    actor_name   text        NOT NULL,
    verb         text        NOT NULL,
    subject_kind text        NOT NULL,
    subject_id   text        NOT NULL,
    request_id   text        NOT NULL,
    payload      jsonb       NOT NULL
);
CREATE INDEX journal_at ON journal (at DESC, id DESC);
CREATE INDEX journal_subject ON journal (subject_kind, subject_id, at DESC);

CREATE TABLE idempotency_keys (
    scope       text        NOT NULL, -- who and which operation
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL, -- of the request; another request under the same key is refused
    answer      bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE mailbox_messages (
    id          uuid        PRIMARY KEY,
    message_id  text        NOT NULL,
    sender      text        NOT NULL,
    recipient   text        NOT NULL,
    subject     text        NOT NULL,
    received_at timestamptz NOT NULL,
    raw         bytea       NOT NULL
);
CREATE UNIQUE INDEX mailbox_messages_message_id ON mailbox_messages (message_id);
CREATE INDEX mailbox_messages_received_at ON mailbox_messages (received_at DESC, id DESC);
