-- +goose Up
-- The public halves of keys on members' devices. They sign in without a mail.
CREATE TABLE member_passkeys (
    id            TEXT      NOT NULL PRIMARY KEY,
    member_id     TEXT      NOT NULL,
    credential_id BLOB      NOT NULL,
    credential    BLOB      NOT NULL, -- public key, counter and flags, as JSON
    name          TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    last_used_at  TIMESTAMP
);
CREATE UNIQUE INDEX member_passkeys_credential_id ON member_passkeys (credential_id);
CREATE INDEX member_passkeys_member_id ON member_passkeys (member_id);

-- Passwords of members who want one. A table of its own, so that no list of
-- members ever reads a hash.
CREATE TABLE member_passwords (
    member_id  TEXT      NOT NULL PRIMARY KEY,
    hash       TEXT      NOT NULL, -- Argon2id
    changed_at TIMESTAMP NOT NULL
);
