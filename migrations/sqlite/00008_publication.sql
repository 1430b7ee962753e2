-- +goose Up
CREATE TABLE settings (
    name       TEXT        NOT NULL PRIMARY KEY,
    value      TEXT        NOT NULL,
    updated_at TIMESTAMP   NOT NULL
);

-- People who wrote to the firm through the portal.
CREATE TABLE leads (
    id         TEXT        NOT NULL PRIMARY KEY,
    name       TEXT        NOT NULL,
    email      TEXT        NOT NULL,
    company    TEXT        NOT NULL,
    subject    TEXT        NOT NULL,
    message    TEXT        NOT NULL,
    page       TEXT        NOT NULL, -- where they wrote from
    member_id  TEXT,
    client     BLOB        NOT NULL, -- keyed hash of the address they came from, for the limit
    created_at TIMESTAMP   NOT NULL,
    read_at    TIMESTAMP
);
CREATE INDEX leads_created_at ON leads (created_at DESC, id DESC);
CREATE INDEX leads_client ON leads (client, created_at);
