-- +goose Up
-- Comparisons with Stripe: asked for, running and over.
CREATE TABLE reconciliations (
    id         TEXT      NOT NULL PRIMARY KEY,
    mode       TEXT      NOT NULL, -- dry_run or repair
    state      TEXT      NOT NULL, -- queued, running, done, failed
    asked_by   TEXT      NOT NULL, -- a name
    checked    INTEGER   NOT NULL, -- subscriptions so far
    foreign_n  INTEGER   NOT NULL, -- of them, those of somebody else
    changed    INTEGER   NOT NULL, -- rows written
    error      TEXT      NOT NULL, -- code of what stopped it
    slot       INTEGER,            -- 1 until it is over: one runs at a time
    created_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP NOT NULL, -- last sign of life
    ended_at   TIMESTAMP
);
CREATE UNIQUE INDEX reconciliations_slot ON reconciliations (slot);
CREATE INDEX reconciliations_created_at ON reconciliations (created_at);

CREATE TABLE reconciliation_findings (
    id                TEXT    NOT NULL PRIMARY KEY,
    reconciliation_id TEXT    NOT NULL REFERENCES reconciliations (id) ON DELETE CASCADE,
    difference        TEXT    NOT NULL,
    stripe_id         TEXT    NOT NULL,
    owner_kind        TEXT    NOT NULL, -- '' when nobody here
    owner_id          TEXT,
    was               TEXT    NOT NULL, -- here
    is_now            TEXT    NOT NULL, -- at Stripe
    repaired          BOOLEAN NOT NULL
);
CREATE INDEX reconciliation_findings_of ON reconciliation_findings (reconciliation_id, id);
