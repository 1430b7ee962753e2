-- +goose Up
-- What makes a plan cheaper for a while. What an offer gives never changes.
CREATE TABLE offers (
    id                  TEXT      NOT NULL PRIMARY KEY,
    code                TEXT      NOT NULL, -- capitals, digits, hyphens; its address is /offer/{code}
    name                TEXT      NOT NULL,
    description         TEXT      NOT NULL,
    kind                TEXT      NOT NULL, -- signup, retention
    gift                TEXT      NOT NULL, -- percent, amount, trial
    percent             INTEGER   NOT NULL,
    amount              INTEGER   NOT NULL, -- in the smallest unit
    currency            TEXT      NOT NULL, -- of amount
    trial_days          INTEGER   NOT NULL,
    duration            TEXT      NOT NULL, -- once, repeating, forever
    months              INTEGER   NOT NULL, -- of repeating
    plan_id             TEXT      REFERENCES plans (id), -- null: for every plan
    starts_at           TIMESTAMP,
    ends_at             TIMESTAMP,
    max_redemptions     INTEGER   NOT NULL, -- 0: no limit
    archived            BOOLEAN   NOT NULL,
    stripe_coupon_id    TEXT      NOT NULL,
    stripe_promotion_id TEXT      NOT NULL,
    version             INTEGER   NOT NULL, -- rises with every change
    mirrored_version    INTEGER   NOT NULL, -- the version Stripe shows
    created_at          TIMESTAMP NOT NULL,
    updated_at          TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX offers_code ON offers (code);

-- Who took an offer up. A place is held while its payment page is open.
CREATE TABLE redemptions (
    id              TEXT      NOT NULL PRIMARY KEY,
    offer_id        TEXT      NOT NULL REFERENCES offers (id),
    owner_kind      TEXT      NOT NULL,
    owner_id        TEXT      NOT NULL,
    checkout_id     TEXT,               -- the visit it was taken up in; null: not in one
    subscription_id TEXT      NOT NULL, -- Stripe's; '' while held
    state           TEXT      NOT NULL, -- held, taken, released
    created_at      TIMESTAMP NOT NULL,
    closed_at       TIMESTAMP
);
CREATE UNIQUE INDEX redemptions_owner ON redemptions (offer_id, owner_kind, owner_id) WHERE state <> 'released';
CREATE INDEX redemptions_checkout_id ON redemptions (checkout_id);

-- What the owner decides about selling, one row for each subject.
CREATE TABLE billing_settings (
    name       TEXT      NOT NULL PRIMARY KEY,
    value      TEXT      NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
