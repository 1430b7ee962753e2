-- +goose Up
-- What is sold. Ids of Stripe's are '' until the plan is mirrored there.
CREATE TABLE plans (
    id                TEXT        NOT NULL PRIMARY KEY,
    slug              TEXT        NOT NULL, -- never changes: gates name it
    name              TEXT        NOT NULL,
    description       TEXT        NOT NULL,
    benefits          TEXT        NOT NULL,
    position          INTEGER     NOT NULL,
    visible           BOOLEAN     NOT NULL,
    archived          BOOLEAN     NOT NULL,
    stripe_product_id TEXT        NOT NULL,
    version           INTEGER     NOT NULL, -- rises with every change; the plan's ETag
    mirrored_version  INTEGER     NOT NULL, -- the version Stripe shows
    created_at        TIMESTAMP   NOT NULL,
    updated_at        TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX plans_slug ON plans (slug);
CREATE UNIQUE INDEX plans_stripe_product_id ON plans (stripe_product_id) WHERE stripe_product_id <> '';

-- Prices are never changed or deleted: running subscriptions keep theirs.
CREATE TABLE prices (
    id              TEXT        NOT NULL PRIMARY KEY,
    plan_id         TEXT        NOT NULL REFERENCES plans (id),
    interval        TEXT        NOT NULL, -- month or year
    amount          INTEGER     NOT NULL, -- in the smallest unit
    currency        TEXT        NOT NULL,
    active          BOOLEAN     NOT NULL, -- can be bought
    stripe_price_id TEXT        NOT NULL,
    archived_at     TIMESTAMP,          -- when it was taken off the shelf at Stripe
    created_at      TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX prices_terms ON prices (plan_id, interval, amount, currency);
CREATE UNIQUE INDEX prices_active ON prices (plan_id, interval) WHERE active;
CREATE UNIQUE INDEX prices_stripe_price_id ON prices (stripe_price_id) WHERE stripe_price_id <> '';

-- An owner is a member or an organization. One of its rows is live at a time;
-- rows of customers that were deleted at Stripe stay, to know whose they were.
CREATE TABLE customers (
    id                 TEXT        NOT NULL PRIMARY KEY,
    owner_kind         TEXT        NOT NULL,
    owner_id           TEXT        NOT NULL,
    stripe_customer_id TEXT        NOT NULL,
    idempotency_key    TEXT        NOT NULL, -- written before Stripe is asked for the first time
    created_at         TIMESTAMP   NOT NULL,
    deleted_at         TIMESTAMP
);
CREATE UNIQUE INDEX customers_live ON customers (owner_kind, owner_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX customers_stripe_customer_id ON customers (stripe_customer_id) WHERE stripe_customer_id <> '';

-- Visits to the payment page. An owner has one open visit at most.
CREATE TABLE checkouts (
    id              TEXT        NOT NULL PRIMARY KEY,
    owner_kind      TEXT        NOT NULL,
    owner_id        TEXT        NOT NULL,
    price_id        TEXT        NOT NULL REFERENCES prices (id),
    return_to       TEXT        NOT NULL, -- a path of ours
    state           TEXT        NOT NULL, -- open, complete, expired, dropped
    session_id      TEXT        NOT NULL, -- '' until Stripe answered
    idempotency_key TEXT        NOT NULL,
    created_at      TIMESTAMP   NOT NULL,
    closed_at       TIMESTAMP
);
CREATE UNIQUE INDEX checkouts_open ON checkouts (owner_kind, owner_id) WHERE state = 'open';
CREATE UNIQUE INDEX checkouts_session_id ON checkouts (session_id) WHERE session_id <> '';

-- The mirror of Stripe's subscriptions. Whether one opens a gate is not here.
CREATE TABLE subscriptions (
    id                   TEXT        NOT NULL PRIMARY KEY,
    owner_kind           TEXT        NOT NULL,
    owner_id             TEXT        NOT NULL,
    stripe_id            TEXT        NOT NULL,
    stripe_customer_id   TEXT        NOT NULL,
    plan_id              TEXT        NOT NULL REFERENCES plans (id),
    price_id             TEXT        REFERENCES prices (id), -- null: a price this system did not make
    stripe_price_id      TEXT        NOT NULL,
    status               TEXT        NOT NULL,
    quantity             INTEGER     NOT NULL,
    amount               INTEGER     NOT NULL, -- for one, in the smallest unit
    currency             TEXT        NOT NULL,
    interval             TEXT        NOT NULL,
    interval_count       INTEGER     NOT NULL,
    current_period_start TIMESTAMP,
    current_period_end   TIMESTAMP,
    cancel_at_period_end BOOLEAN     NOT NULL,
    cancel_at            TIMESTAMP,
    canceled_at          TIMESTAMP,
    ended_at             TIMESTAMP,
    trial_end            TIMESTAMP,
    pause_collection     TEXT        NOT NULL,
    past_due_since       TIMESTAMP,
    invoice_id           TEXT        NOT NULL, -- the latest
    invoice_status       TEXT        NOT NULL,
    invoice_due          INTEGER     NOT NULL, -- what is left to pay of it
    invoice_url          TEXT        NOT NULL,
    card_brand           TEXT        NOT NULL,
    card_last4           TEXT        NOT NULL,
    started_at           TIMESTAMP   NOT NULL, -- at Stripe
    opened_at            TIMESTAMP,          -- when it was first seen open
    sync_number          INTEGER     NOT NULL, -- rises with every write; see Sync
    synced_at            TIMESTAMP   NOT NULL,
    created_at           TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX subscriptions_stripe_id ON subscriptions (stripe_id);
CREATE INDEX subscriptions_owner ON subscriptions (owner_kind, owner_id);
CREATE INDEX subscriptions_stripe_customer_id ON subscriptions (stripe_customer_id);

-- What Stripe told, without what it said: the object is fetched afresh.
CREATE TABLE stripe_events (
    id              TEXT        NOT NULL PRIMARY KEY,
    type            TEXT        NOT NULL,
    object_id       TEXT        NOT NULL,
    subscription_id TEXT        NOT NULL,
    customer_id     TEXT        NOT NULL,
    created_at      TIMESTAMP   NOT NULL, -- at Stripe
    received_at     TIMESTAMP   NOT NULL,
    state           TEXT        NOT NULL, -- received, applied, ignored
    applied_at      TIMESTAMP,          -- or ignored
    attempts        INTEGER     NOT NULL,
    reason          TEXT        NOT NULL, -- why it was ignored
    error           TEXT        NOT NULL  -- code of the last failure
);
CREATE INDEX stripe_events_received_at ON stripe_events (received_at);
CREATE INDEX stripe_events_waiting ON stripe_events (received_at) WHERE state = 'received';
