-- +goose Up
-- The secret address of a member's own feed. What stands in it is not kept.
CREATE TABLE feed_addresses (
    member_id  uuid        NOT NULL PRIMARY KEY,
    token_hash bytea       NOT NULL,
    made_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX feed_addresses_token ON feed_addresses (token_hash);
