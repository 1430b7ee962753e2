-- +goose Up
-- The public halves of keys on members' devices. They sign in without a mail.
CREATE TABLE member_passkeys (
    id            uuid        PRIMARY KEY,
    member_id     uuid        NOT NULL,
    credential_id bytea       NOT NULL,
    credential    bytea       NOT NULL, -- public key, counter and flags, as JSON
    name          text        NOT NULL,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz
);
CREATE UNIQUE INDEX member_passkeys_credential_id ON member_passkeys (credential_id);
CREATE INDEX member_passkeys_member_id ON member_passkeys (member_id);

-- Passwords of members who want one. A table of its own, so that no list of
-- members ever reads a hash.
CREATE TABLE member_passwords (
    member_id  uuid        PRIMARY KEY,
    hash       text        NOT NULL, -- Argon2id
    changed_at timestamptz NOT NULL
);
