-- +goose Up
-- Rights from one date to another, other than running subscriptions.
CREATE TABLE terms (
    id              uuid        PRIMARY KEY,
    owner_kind      text        NOT NULL,
    owner_id        uuid        NOT NULL,
    plan_id         uuid        REFERENCES plans (id), -- null: every plan
    source          text        NOT NULL, -- manual, complimentary, gift, purchase, order
    source_id       text        NOT NULL, -- of what it came from; '' when it was given by hand
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL, -- the moment itself is outside
    open_until      timestamptz, -- not paid yet: it opens until then only
    seats           bigint      NOT NULL,
    reference       text        NOT NULL, -- order number, bank transfer
    remark          text        NOT NULL, -- for the desk only
    amount          bigint      NOT NULL, -- in the smallest unit
    currency        text        NOT NULL, -- '' when nothing was paid
    version         bigint      NOT NULL,
    given_by        uuid,
    given_by_name   text        NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    revoked_at      timestamptz,
    revoked_by_name text        NOT NULL,
    revoked_why     text        NOT NULL,
    reminded_for    timestamptz -- the end that the reminder was about
);
CREATE UNIQUE INDEX terms_source ON terms (source, source_id) WHERE source_id <> '';
CREATE INDEX terms_owner ON terms (owner_kind, owner_id);
CREATE INDEX terms_ends_at ON terms (ends_at) WHERE revoked_at IS NULL;
