-- +goose Up
-- What was sent to Stripe to change something, written down before it was sent.
CREATE TABLE stripe_writes (
    idempotency_key text        PRIMARY KEY,
    method          text        NOT NULL,
    path            text        NOT NULL,
    begun_at        timestamptz NOT NULL
);
CREATE INDEX stripe_writes_begun ON stripe_writes (begun_at);

-- Webhook calls that were refused, by the hour and the reason.
CREATE TABLE webhook_refusals (
    hour    timestamptz NOT NULL,
    reason  text        NOT NULL,
    calls   bigint      NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (hour, reason)
);
