-- +goose Up
-- What makes a plan cheaper for a while. What an offer gives never changes.
CREATE TABLE offers (
    id                  uuid        PRIMARY KEY,
    code                text        NOT NULL, -- capitals, digits, hyphens; its address is /offer/{code}
    name                text        NOT NULL,
    description         text        NOT NULL,
    kind                text        NOT NULL, -- signup, retention
    gift                text        NOT NULL, -- percent, amount, trial
    percent             bigint      NOT NULL,
    amount              bigint      NOT NULL, -- in the smallest unit
    currency            text        NOT NULL, -- of amount
    trial_days          bigint      NOT NULL,
    duration            text        NOT NULL, -- once, repeating, forever
    months              bigint      NOT NULL, -- of repeating
    plan_id             uuid        REFERENCES plans (id), -- null: for every plan
    starts_at           timestamptz,
    ends_at             timestamptz,
    max_redemptions     bigint      NOT NULL, -- 0: no limit
    archived            boolean     NOT NULL,
    stripe_coupon_id    text        NOT NULL,
    stripe_promotion_id text        NOT NULL,
    version             bigint      NOT NULL, -- rises with every change
    mirrored_version    bigint      NOT NULL, -- the version Stripe shows
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL
);
CREATE UNIQUE INDEX offers_code ON offers (code);

-- Who took an offer up. A place is held while its payment page is open.
CREATE TABLE redemptions (
    id              uuid        PRIMARY KEY,
    offer_id        uuid        NOT NULL REFERENCES offers (id),
    owner_kind      text        NOT NULL,
    owner_id        uuid        NOT NULL,
    checkout_id     uuid,               -- the visit it was taken up in; null: not in one
    subscription_id text        NOT NULL, -- Stripe's; '' while held
    state           text        NOT NULL, -- held, taken, released
    created_at      timestamptz NOT NULL,
    closed_at       timestamptz
);
CREATE UNIQUE INDEX redemptions_owner ON redemptions (offer_id, owner_kind, owner_id) WHERE state <> 'released';
CREATE INDEX redemptions_checkout_id ON redemptions (checkout_id);

-- What the owner decides about selling, one row for each subject.
CREATE TABLE billing_settings (
    name       text        PRIMARY KEY,
    value      jsonb       NOT NULL,
    updated_at timestamptz NOT NULL
);
