-- +goose Up
-- Rights from one date to another, other than running subscriptions.
CREATE TABLE terms (
    id              TEXT      NOT NULL PRIMARY KEY,
    owner_kind      TEXT      NOT NULL,
    owner_id        TEXT      NOT NULL,
    plan_id         TEXT      REFERENCES plans (id), -- null: every plan
    source          TEXT      NOT NULL, -- manual, complimentary, gift, purchase, order
    source_id       TEXT      NOT NULL, -- of what it came from; '' when it was given by hand
    starts_at       TIMESTAMP NOT NULL,
    ends_at         TIMESTAMP NOT NULL, -- the moment itself is outside
    open_until      TIMESTAMP, -- not paid yet: it opens until then only
    seats           INTEGER   NOT NULL,
    reference       TEXT      NOT NULL, -- order number, bank transfer
    remark          TEXT      NOT NULL, -- for the desk only
    amount          INTEGER   NOT NULL, -- in the smallest unit
    currency        TEXT      NOT NULL, -- '' when nothing was paid
    version         INTEGER   NOT NULL,
    given_by        TEXT,
    given_by_name   TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL,
    revoked_at      TIMESTAMP,
    revoked_by_name TEXT      NOT NULL,
    revoked_why     TEXT      NOT NULL,
    reminded_for    TIMESTAMP -- the end that the reminder was about
);
CREATE UNIQUE INDEX terms_source ON terms (source, source_id) WHERE source_id <> '';
CREATE INDEX terms_owner ON terms (owner_kind, owner_id);
CREATE INDEX terms_ends_at ON terms (ends_at) WHERE revoked_at IS NULL;
