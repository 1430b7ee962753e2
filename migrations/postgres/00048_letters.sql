-- +goose Up
-- Which kinds of letters went to whom. No address and no text is kept.
CREATE TABLE letters (
    id       uuid        PRIMARY KEY,
    at       timestamptz NOT NULL,
    receiver text        NOT NULL, -- keyed print of the address
    category text        NOT NULL,
    refused  boolean     NOT NULL  -- for good, by the mail system
);
CREATE INDEX letters_receiver ON letters (receiver, at, id);
CREATE INDEX letters_at ON letters (at);
