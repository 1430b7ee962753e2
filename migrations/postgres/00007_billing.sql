-- +goose Up
-- What is sold. Ids of Stripe's are '' until the plan is mirrored there.
CREATE TABLE plans (
    id                uuid        PRIMARY KEY,
    slug              text        NOT NULL, -- never changes: gates name it
    name              text        NOT NULL,
    description       text        NOT NULL,
    benefits          jsonb       NOT NULL,
    position          bigint      NOT NULL,
    visible           boolean     NOT NULL,
    archived          boolean     NOT NULL,
    stripe_product_id text        NOT NULL,
    version           bigint      NOT NULL, -- rises with every change; the plan's ETag
    mirrored_version  bigint      NOT NULL, -- the version Stripe shows
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL
);
CREATE UNIQUE INDEX plans_slug ON plans (slug);
CREATE UNIQUE INDEX plans_stripe_product_id ON plans (stripe_product_id) WHERE stripe_product_id <> '';

-- Prices are never changed or deleted: running subscriptions keep theirs.
CREATE TABLE prices (
    id              uuid        PRIMARY KEY,
    plan_id         uuid        NOT NULL REFERENCES plans (id),
    interval        text        NOT NULL, -- month or year
    amount          bigint      NOT NULL, -- in the smallest unit
    currency        text        NOT NULL,
    active          boolean     NOT NULL, -- can be bought
    stripe_price_id text        NOT NULL,
    archived_at     timestamptz,          -- when it was taken off the shelf at Stripe
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX prices_terms ON prices (plan_id, interval, amount, currency);
CREATE UNIQUE INDEX prices_active ON prices (plan_id, interval) WHERE active;
CREATE UNIQUE INDEX prices_stripe_price_id ON prices (stripe_price_id) WHERE stripe_price_id <> '';

-- An owner is a member or an organization. One of its rows is live at a time;
-- rows of customers that were deleted at Stripe stay, to know whose they were.
CREATE TABLE customers (
    id                 uuid        PRIMARY KEY,
    owner_kind         text        NOT NULL,
    owner_id           uuid        NOT NULL,
    stripe_customer_id text        NOT NULL,
    idempotency_key    text        NOT NULL, -- written before Stripe is asked for the first time
    created_at         timestamptz NOT NULL,
    deleted_at         timestamptz
);
CREATE UNIQUE INDEX customers_live ON customers (owner_kind, owner_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX customers_stripe_customer_id ON customers (stripe_customer_id) WHERE stripe_customer_id <> '';

-- Visits to the payment page. An owner has one open visit at most.
CREATE TABLE checkouts (
    id              uuid        PRIMARY KEY,
    owner_kind      text        NOT NULL,
    owner_id        uuid        NOT NULL,
    price_id        uuid        NOT NULL REFERENCES prices (id),
    return_to       text        NOT NULL, -- a path of ours
    state           text        NOT NULL, -- open, complete, expired, dropped
    session_id      text        NOT NULL, -- '' until Stripe answered
    idempotency_key text        NOT NULL,
    created_at      timestamptz NOT NULL,
    closed_at       timestamptz
);
CREATE UNIQUE INDEX checkouts_open ON checkouts (owner_kind, owner_id) WHERE state = 'open';
CREATE UNIQUE INDEX checkouts_session_id ON checkouts (session_id) WHERE session_id <> '';

-- The mirror of Stripe's subscriptions. Whether one opens a gate is not here.
CREATE TABLE subscriptions (
    id                   uuid        PRIMARY KEY,
    owner_kind           text        NOT NULL,
    owner_id             uuid        NOT NULL,
    stripe_id            text        NOT NULL,
    stripe_customer_id   text        NOT NULL,
    plan_id              uuid        NOT NULL REFERENCES plans (id),
    price_id             uuid        REFERENCES prices (id), -- null: a price this system did not make
    stripe_price_id      text        NOT NULL,
    status               text        NOT NULL,
    quantity             bigint      NOT NULL,
    amount               bigint      NOT NULL, -- for one, in the smallest unit
    currency             text        NOT NULL,
    interval             text        NOT NULL,
    interval_count       bigint      NOT NULL,
    current_period_start timestamptz,
    current_period_end   timestamptz,
    cancel_at_period_end boolean     NOT NULL,
    cancel_at            timestamptz,
    canceled_at          timestamptz,
    ended_at             timestamptz,
    trial_end            timestamptz,
    pause_collection     text        NOT NULL,
    past_due_since       timestamptz,
    invoice_id           text        NOT NULL, -- the latest
    invoice_status       text        NOT NULL,
    invoice_due          bigint      NOT NULL, -- what is left to pay of it
    invoice_url          text        NOT NULL,
    card_brand           text        NOT NULL,
    card_last4           text        NOT NULL,
    started_at           timestamptz NOT NULL, -- at Stripe
    opened_at            timestamptz,          -- when it was first seen open
    sync_number          bigint      NOT NULL, -- rises with every write; see Sync
    synced_at            timestamptz NOT NULL,
    created_at           timestamptz NOT NULL
);
CREATE UNIQUE INDEX subscriptions_stripe_id ON subscriptions (stripe_id);
CREATE INDEX subscriptions_owner ON subscriptions (owner_kind, owner_id);
CREATE INDEX subscriptions_stripe_customer_id ON subscriptions (stripe_customer_id);

-- What Stripe told, without what it said: the object is fetched afresh.
CREATE TABLE stripe_events (
    id              text        PRIMARY KEY,
    type            text        NOT NULL,
    object_id       text        NOT NULL,
    subscription_id text        NOT NULL,
    customer_id     text        NOT NULL,
    created_at      timestamptz NOT NULL, -- at Stripe
    received_at     timestamptz NOT NULL,
    state           text        NOT NULL, -- received, applied, ignored
    applied_at      timestamptz,          -- or ignored
    attempts        bigint      NOT NULL,
    reason          text        NOT NULL, -- why it was ignored
    error           text        NOT NULL  -- code of the last failure
);
CREATE INDEX stripe_events_received_at ON stripe_events (received_at);
CREATE INDEX stripe_events_waiting ON stripe_events (received_at) WHERE state = 'received';
