-- +goose Up
-- What single notes cost. A note without a row is not sold.
CREATE TABLE note_prices (
    note_id    TEXT      NOT NULL PRIMARY KEY,
    amount     INTEGER   NOT NULL, -- in the smallest unit
    currency   TEXT      NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- What is paid once: single notes, and presents. A single note that is being
-- paid, or was, cannot be bought again.
CREATE TABLE sales (
    id              TEXT      NOT NULL PRIMARY KEY,
    kind            TEXT      NOT NULL, -- note, gift
    owner_kind      TEXT      NOT NULL, -- who pays
    owner_id        TEXT      NOT NULL,
    subject_id      TEXT      NOT NULL, -- of the note, or the gift
    title           TEXT      NOT NULL, -- as the bill says it
    amount          INTEGER   NOT NULL, -- in the smallest unit
    currency        TEXT      NOT NULL,
    return_to       TEXT      NOT NULL, -- a path of ours
    state           TEXT      NOT NULL, -- open, processing, paid, closed, revoked
    session_id      TEXT      NOT NULL, -- '' until Stripe answered
    invoice_id      TEXT      NOT NULL, -- '' until paid
    idempotency_key TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    paid_at         TIMESTAMP,
    closed_at       TIMESTAMP, -- unpaid
    refunded_at     TIMESTAMP, -- paid back in full
    revoked_at      TIMESTAMP
);
CREATE UNIQUE INDEX sales_live ON sales (kind, owner_kind, owner_id, subject_id) WHERE state IN ('open', 'processing', 'paid');
CREATE UNIQUE INDEX sales_session_id ON sales (session_id) WHERE session_id <> '';
CREATE INDEX sales_invoice_id ON sales (invoice_id) WHERE invoice_id <> '';
CREATE INDEX sales_owner ON sales (owner_kind, owner_id);
CREATE INDEX sales_subject ON sales (subject_id);

-- Subscriptions as presents. The code itself is nowhere: it is computed from
-- the id and a key that is not in the database.
CREATE TABLE gifts (
    id             TEXT      NOT NULL PRIMARY KEY,
    giver_id       TEXT      NOT NULL,
    giver_name     TEXT      NOT NULL, -- as the letter names them
    plan_id        TEXT      NOT NULL REFERENCES plans (id),
    months         INTEGER   NOT NULL,
    recipient      TEXT      NOT NULL, -- address
    recipient_name TEXT      NOT NULL,
    words          TEXT      NOT NULL,
    deliver_at     TIMESTAMP NOT NULL,
    state          TEXT      NOT NULL, -- draft, paid, delivered, redeemed, revoked
    code_hash      TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    paid_at        TIMESTAMP,
    delivered_at   TIMESTAMP,
    expires_at     TIMESTAMP, -- not redeemed until then: lost; null is never
    redeemed_at    TIMESTAMP,
    redeemed_by    TEXT,
    revoked_at     TIMESTAMP
);
CREATE UNIQUE INDEX gifts_code_hash ON gifts (code_hash);
CREATE INDEX gifts_giver ON gifts (giver_id);
CREATE INDEX gifts_due ON gifts (deliver_at) WHERE state = 'paid';
