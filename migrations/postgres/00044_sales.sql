-- +goose Up
-- What single notes cost. A note without a row is not sold.
CREATE TABLE note_prices (
    note_id    uuid        PRIMARY KEY,
    amount     bigint      NOT NULL, -- in the smallest unit
    currency   text        NOT NULL,
    updated_at timestamptz NOT NULL
);

-- What is paid once: single notes, and presents. A single note that is being
-- paid, or was, cannot be bought again.
CREATE TABLE sales (
    id              uuid        PRIMARY KEY,
    kind            text        NOT NULL, -- note, gift
    owner_kind      text        NOT NULL, -- who pays
    owner_id        uuid        NOT NULL,
    subject_id      uuid        NOT NULL, -- of the note, or the gift
    title           text        NOT NULL, -- as the bill says it
    amount          bigint      NOT NULL, -- in the smallest unit
    currency        text        NOT NULL,
    return_to       text        NOT NULL, -- a path of ours
    state           text        NOT NULL, -- open, processing, paid, closed, revoked
    session_id      text        NOT NULL, -- '' until Stripe answered
    invoice_id      text        NOT NULL, -- '' until paid
    idempotency_key text        NOT NULL,
    created_at      timestamptz NOT NULL,
    paid_at         timestamptz,
    closed_at       timestamptz, -- unpaid
    refunded_at     timestamptz, -- paid back in full
    revoked_at      timestamptz
);
CREATE UNIQUE INDEX sales_live ON sales (kind, owner_kind, owner_id, subject_id) WHERE state IN ('open', 'processing', 'paid');
CREATE UNIQUE INDEX sales_session_id ON sales (session_id) WHERE session_id <> '';
CREATE INDEX sales_invoice_id ON sales (invoice_id) WHERE invoice_id <> '';
CREATE INDEX sales_owner ON sales (owner_kind, owner_id);
CREATE INDEX sales_subject ON sales (subject_id);

-- Subscriptions as presents. The code itself is nowhere: it is computed from
-- the id and a key that is not in the database.
CREATE TABLE gifts (
    id             uuid        PRIMARY KEY,
    giver_id       uuid        NOT NULL,
    giver_name     text        NOT NULL, -- as the letter names them
    plan_id        uuid        NOT NULL REFERENCES plans (id),
    months         bigint      NOT NULL,
    recipient      text        NOT NULL, -- address
    recipient_name text        NOT NULL,
    words          text        NOT NULL,
    deliver_at     timestamptz NOT NULL,
    state          text        NOT NULL, -- draft, paid, delivered, redeemed, revoked
    code_hash      text        NOT NULL,
    created_at     timestamptz NOT NULL,
    paid_at        timestamptz,
    delivered_at   timestamptz,
    expires_at     timestamptz, -- not redeemed until then: lost; null is never
    redeemed_at    timestamptz,
    redeemed_by    uuid,
    revoked_at     timestamptz
);
CREATE UNIQUE INDEX gifts_code_hash ON gifts (code_hash);
CREATE INDEX gifts_giver ON gifts (giver_id);
CREATE INDEX gifts_due ON gifts (deliver_at) WHERE state = 'paid';
