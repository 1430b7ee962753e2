-- +goose Up
-- What was sent to Stripe to change something, written down before it was sent.
CREATE TABLE stripe_writes (
    idempotency_key TEXT      NOT NULL PRIMARY KEY,
    method          TEXT      NOT NULL,
    path            TEXT      NOT NULL,
    begun_at        TIMESTAMP NOT NULL
);
CREATE INDEX stripe_writes_begun ON stripe_writes (begun_at);

-- Webhook calls that were refused, by the hour and the reason.
CREATE TABLE webhook_refusals (
    hour    TIMESTAMP NOT NULL,
    reason  TEXT      NOT NULL,
    calls   INTEGER   NOT NULL,
    last_at TIMESTAMP NOT NULL,
    PRIMARY KEY (hour, reason)
);
