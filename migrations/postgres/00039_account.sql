-- +goose Up
-- What a subscription's owner asked Stripe for, before it was asked. One wish
-- of a subscription is open at a time; it keeps its key until Stripe answered.
CREATE TABLE errands (
    id              uuid PRIMARY KEY,
    subscription_id uuid      NOT NULL REFERENCES subscriptions (id),
    verb            text      NOT NULL, -- change, cancel, keep, pause, unpause, end
    wish            text      NOT NULL, -- what exactly; the same wish is the same errand
    idempotency_key text      NOT NULL,
    state           text      NOT NULL, -- open, done, refused, dropped
    error           text      NOT NULL, -- code of the refusal
    created_at      timestamptz NOT NULL,
    closed_at       timestamptz
);
CREATE UNIQUE INDEX errands_open ON errands (subscription_id) WHERE state = 'open';
CREATE INDEX errands_subscription_id ON errands (subscription_id, created_at);

-- Why members cancelled.
CREATE TABLE cancellations (
    id              uuid PRIMARY KEY,
    subscription_id uuid      NOT NULL REFERENCES subscriptions (id),
    owner_kind      text      NOT NULL,
    owner_id        uuid      NOT NULL,
    plan_id         uuid      NOT NULL REFERENCES plans (id),
    reason          text      NOT NULL, -- of the list
    comment         text      NOT NULL, -- their own words
    created_at      timestamptz NOT NULL,
    taken_back_at   timestamptz
);
CREATE UNIQUE INDEX cancellations_standing ON cancellations (subscription_id) WHERE taken_back_at IS NULL;
CREATE INDEX cancellations_created_at ON cancellations (created_at);

ALTER TABLE subscriptions ADD COLUMN pause_until timestamptz;
ALTER TABLE subscriptions ADD COLUMN card_expires timestamptz; -- the first moment it is no longer good

-- The mirror of Stripe's invoices, those without a subscription too. Whom they
-- name stays as it was billed: the law wants them kept so.
CREATE TABLE invoices (
    id                 uuid PRIMARY KEY,
    owner_kind         text      NOT NULL,
    owner_id           uuid      NOT NULL,
    stripe_id          text      NOT NULL,
    stripe_customer_id text      NOT NULL,
    subscription_id    text      NOT NULL, -- Stripe's; '' for none
    charge_id          text      NOT NULL,
    number             text      NOT NULL,
    status             text      NOT NULL, -- open, paid, uncollectible, void
    reason             text      NOT NULL, -- Stripe's billing_reason
    currency           text      NOT NULL,
    subtotal           bigint   NOT NULL, -- in the smallest unit, as all amounts
    tax                bigint   NOT NULL,
    total              bigint   NOT NULL,
    due                bigint   NOT NULL, -- what was asked for, credit taken off
    paid               bigint   NOT NULL,
    remaining          bigint   NOT NULL,
    refunded           bigint   NOT NULL,
    attempts           bigint   NOT NULL,
    next_attempt       timestamptz,
    period_start       timestamptz,
    period_end         timestamptz,
    billed_at          timestamptz NOT NULL,
    due_at             timestamptz,
    paid_at            timestamptz,
    url                text      NOT NULL, -- where it can be read and paid
    pdf_url            text      NOT NULL,
    receipt_url        text      NOT NULL,
    billed_name        text      NOT NULL,
    billed_email       text      NOT NULL,
    billed_address     text      NOT NULL, -- lines
    sync_number        bigint   NOT NULL, -- rises with every write
    synced_at          timestamptz NOT NULL,
    created_at         timestamptz NOT NULL
);
CREATE UNIQUE INDEX invoices_stripe_id ON invoices (stripe_id);
CREATE INDEX invoices_owner ON invoices (owner_kind, owner_id, billed_at);
CREATE INDEX invoices_subscription_id ON invoices (subscription_id, billed_at);
CREATE INDEX invoices_billed_at ON invoices (billed_at);

-- Money that went back, and payments that cardholders asked back.
CREATE TABLE refunds (
    id         uuid PRIMARY KEY,
    owner_kind text      NOT NULL,
    owner_id   uuid      NOT NULL,
    stripe_id  text      NOT NULL,
    charge_id  text      NOT NULL,
    invoice_id text      NOT NULL, -- Stripe's; '' for a payment without one
    amount     bigint   NOT NULL,
    currency   text      NOT NULL,
    status     text      NOT NULL,
    reason     text      NOT NULL,
    made_at    timestamptz NOT NULL, -- at Stripe
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX refunds_stripe_id ON refunds (stripe_id);
CREATE INDEX refunds_owner ON refunds (owner_kind, owner_id);
CREATE INDEX refunds_invoice_id ON refunds (invoice_id);

CREATE TABLE disputes (
    id         uuid PRIMARY KEY,
    owner_kind text      NOT NULL,
    owner_id   uuid      NOT NULL,
    stripe_id  text      NOT NULL,
    charge_id  text      NOT NULL,
    invoice_id text      NOT NULL,
    amount     bigint   NOT NULL,
    currency   text      NOT NULL,
    status     text      NOT NULL,
    reason     text      NOT NULL,
    answer_by  timestamptz,
    made_at    timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX disputes_stripe_id ON disputes (stripe_id);
CREATE INDEX disputes_owner ON disputes (owner_kind, owner_id);
CREATE INDEX disputes_invoice_id ON disputes (invoice_id);
