-- +goose Up
-- What a subscription's owner asked Stripe for, before it was asked. One wish
-- of a subscription is open at a time; it keeps its key until Stripe answered.
CREATE TABLE errands (
    id              TEXT      NOT NULL PRIMARY KEY,
    subscription_id TEXT      NOT NULL REFERENCES subscriptions (id),
    verb            TEXT      NOT NULL, -- change, cancel, keep, pause, unpause, end
    wish            TEXT      NOT NULL, -- what exactly; the same wish is the same errand
    idempotency_key TEXT      NOT NULL,
    state           TEXT      NOT NULL, -- open, done, refused, dropped
    error           TEXT      NOT NULL, -- code of the refusal
    created_at      TIMESTAMP NOT NULL,
    closed_at       TIMESTAMP
);
CREATE UNIQUE INDEX errands_open ON errands (subscription_id) WHERE state = 'open';
CREATE INDEX errands_subscription_id ON errands (subscription_id, created_at);

-- Why members cancelled.
CREATE TABLE cancellations (
    id              TEXT      NOT NULL PRIMARY KEY,
    subscription_id TEXT      NOT NULL REFERENCES subscriptions (id),
    owner_kind      TEXT      NOT NULL,
    owner_id        TEXT      NOT NULL,
    plan_id         TEXT      NOT NULL REFERENCES plans (id),
    reason          TEXT      NOT NULL, -- of the list
    comment         TEXT      NOT NULL, -- their own words
    created_at      TIMESTAMP NOT NULL,
    taken_back_at   TIMESTAMP
);
CREATE UNIQUE INDEX cancellations_standing ON cancellations (subscription_id) WHERE taken_back_at IS NULL;
CREATE INDEX cancellations_created_at ON cancellations (created_at);

ALTER TABLE subscriptions ADD COLUMN pause_until TIMESTAMP;
ALTER TABLE subscriptions ADD COLUMN card_expires TIMESTAMP; -- the first moment it is no longer good

-- The mirror of Stripe's invoices, those without a subscription too. Whom they
-- name stays as it was billed: the law wants them kept so.
CREATE TABLE invoices (
    id                 TEXT      NOT NULL PRIMARY KEY,
    owner_kind         TEXT      NOT NULL,
    owner_id           TEXT      NOT NULL,
    stripe_id          TEXT      NOT NULL,
    stripe_customer_id TEXT      NOT NULL,
    subscription_id    TEXT      NOT NULL, -- Stripe's; '' for none
    charge_id          TEXT      NOT NULL,
    number             TEXT      NOT NULL,
    status             TEXT      NOT NULL, -- open, paid, uncollectible, void
    reason             TEXT      NOT NULL, -- Stripe's billing_reason
    currency           TEXT      NOT NULL,
    subtotal           INTEGER   NOT NULL, -- in the smallest unit, as all amounts
    tax                INTEGER   NOT NULL,
    total              INTEGER   NOT NULL,
    due                INTEGER   NOT NULL, -- what was asked for, credit taken off
    paid               INTEGER   NOT NULL,
    remaining          INTEGER   NOT NULL,
    refunded           INTEGER   NOT NULL,
    attempts           INTEGER   NOT NULL,
    next_attempt       TIMESTAMP,
    period_start       TIMESTAMP,
    period_end         TIMESTAMP,
    billed_at          TIMESTAMP NOT NULL,
    due_at             TIMESTAMP,
    paid_at            TIMESTAMP,
    url                TEXT      NOT NULL, -- where it can be read and paid
    pdf_url            TEXT      NOT NULL,
    receipt_url        TEXT      NOT NULL,
    billed_name        TEXT      NOT NULL,
    billed_email       TEXT      NOT NULL,
    billed_address     TEXT      NOT NULL, -- lines
    sync_number        INTEGER   NOT NULL, -- rises with every write
    synced_at          TIMESTAMP NOT NULL,
    created_at         TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX invoices_stripe_id ON invoices (stripe_id);
CREATE INDEX invoices_owner ON invoices (owner_kind, owner_id, billed_at);
CREATE INDEX invoices_subscription_id ON invoices (subscription_id, billed_at);
CREATE INDEX invoices_billed_at ON invoices (billed_at);

-- Money that went back, and payments that cardholders asked back.
CREATE TABLE refunds (
    id         TEXT      NOT NULL PRIMARY KEY,
    owner_kind TEXT      NOT NULL,
    owner_id   TEXT      NOT NULL,
    stripe_id  TEXT      NOT NULL,
    charge_id  TEXT      NOT NULL,
    invoice_id TEXT      NOT NULL, -- Stripe's; '' for a payment without one
    amount     INTEGER   NOT NULL,
    currency   TEXT      NOT NULL,
    status     TEXT      NOT NULL,
    reason     TEXT      NOT NULL,
    made_at    TIMESTAMP NOT NULL, -- at Stripe
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX refunds_stripe_id ON refunds (stripe_id);
CREATE INDEX refunds_owner ON refunds (owner_kind, owner_id);
CREATE INDEX refunds_invoice_id ON refunds (invoice_id);

CREATE TABLE disputes (
    id         TEXT      NOT NULL PRIMARY KEY,
    owner_kind TEXT      NOT NULL,
    owner_id   TEXT      NOT NULL,
    stripe_id  TEXT      NOT NULL,
    charge_id  TEXT      NOT NULL,
    invoice_id TEXT      NOT NULL,
    amount     INTEGER   NOT NULL,
    currency   TEXT      NOT NULL,
    status     TEXT      NOT NULL,
    reason     TEXT      NOT NULL,
    answer_by  TIMESTAMP,
    made_at    TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX disputes_stripe_id ON disputes (stripe_id);
CREATE INDEX disputes_owner ON disputes (owner_kind, owner_id);
CREATE INDEX disputes_invoice_id ON disputes (invoice_id);
