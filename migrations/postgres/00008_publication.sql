-- +goose Up
CREATE TABLE settings (
    name       text        PRIMARY KEY,
    value      jsonb       NOT NULL,
    updated_at timestamptz NOT NULL
);

-- People who wrote to the firm through the portal.
CREATE TABLE leads (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL,
    email      text        NOT NULL,
    company    text        NOT NULL,
    subject    text        NOT NULL,
    message    text        NOT NULL,
    page       text        NOT NULL, -- where they wrote from
    member_id  uuid,
    client     bytea       NOT NULL, -- keyed hash of the address they came from, for the limit
    created_at timestamptz NOT NULL,
    read_at    timestamptz
);
CREATE INDEX leads_created_at ON leads (created_at DESC, id DESC);
CREATE INDEX leads_client ON leads (client, created_at);
