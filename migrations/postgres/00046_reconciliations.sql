-- +goose Up
-- Comparisons with Stripe: asked for, running and over.
CREATE TABLE reconciliations (
    id         uuid        PRIMARY KEY,
    mode       text      NOT NULL, -- dry_run or repair
    state      text      NOT NULL, -- queued, running, done, failed
    asked_by   text      NOT NULL, -- a name
    checked    bigint   NOT NULL, -- subscriptions so far
    foreign_n  bigint   NOT NULL, -- of them, those of somebody else
    changed    bigint   NOT NULL, -- rows written
    error      text      NOT NULL, -- code of what stopped it
    slot       bigint,            -- 1 until it is over: one runs at a time
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL, -- last sign of life
    ended_at   timestamptz
);
CREATE UNIQUE INDEX reconciliations_slot ON reconciliations (slot);
CREATE INDEX reconciliations_created_at ON reconciliations (created_at);

CREATE TABLE reconciliation_findings (
    id                uuid    PRIMARY KEY,
    reconciliation_id uuid    NOT NULL REFERENCES reconciliations (id) ON DELETE CASCADE,
    difference        text    NOT NULL,
    stripe_id         text    NOT NULL,
    owner_kind        text    NOT NULL, -- '' when nobody here
    owner_id          uuid,
    was               text    NOT NULL, -- here
    is_now            text    NOT NULL, -- at Stripe
    repaired          boolean NOT NULL
);
CREATE INDEX reconciliation_findings_of ON reconciliation_findings (reconciliation_id, id);
