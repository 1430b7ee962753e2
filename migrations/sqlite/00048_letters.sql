-- +goose Up
-- Which kinds of letters went to whom. No address and no text is kept.
CREATE TABLE letters (
    id       TEXT      NOT NULL PRIMARY KEY,
    at       TIMESTAMP   NOT NULL,
    receiver TEXT        NOT NULL, -- keyed print of the address
    category TEXT        NOT NULL,
    refused  BOOLEAN     NOT NULL  -- for good, by the mail system
);
CREATE INDEX letters_receiver ON letters (receiver, at, id);
CREATE INDEX letters_at ON letters (at);
