-- +goose Up
-- When somebody last showed their password in this session.
ALTER TABLE sessions ADD COLUMN confirmed_at timestamptz;

-- Secrets are sealed with a key that is not in the database. An empty one is
-- none.
CREATE TABLE staff_totp (
    staff_id     uuid        PRIMARY KEY,
    secret       bytea       NOT NULL, -- in use
    last_step    bigint      NOT NULL, -- the newest step whose code was taken; no code is good twice
    pending      bytea       NOT NULL, -- shown, but not proved yet
    pending_at   timestamptz NOT NULL,
    confirmed_at timestamptz
);

CREATE TABLE passkeys (
    id            uuid        PRIMARY KEY,
    staff_id      uuid        NOT NULL,
    credential_id bytea       NOT NULL,
    credential    bytea       NOT NULL, -- public key, counter and flags, as JSON
    name          text        NOT NULL,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz
);
CREATE UNIQUE INDEX passkeys_credential_id ON passkeys (credential_id);
CREATE INDEX passkeys_staff_id ON passkeys (staff_id);

CREATE TABLE recovery_codes (
    id         uuid        PRIMARY KEY,
    staff_id   uuid        NOT NULL,
    hash       bytea       NOT NULL, -- of 80 random bits
    created_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE UNIQUE INDEX recovery_codes_hash ON recovery_codes (hash);
CREATE INDEX recovery_codes_staff_id ON recovery_codes (staff_id);

-- Steps of a sign-in or of adding a passkey that wait for their answer.
CREATE TABLE challenges (
    id         uuid        PRIMARY KEY,
    purpose    text        NOT NULL,
    staff_id   uuid,                 -- empty while nobody knows who signs in
    token_hash bytea       NOT NULL,
    data       bytea       NOT NULL, -- what the browser was asked, as JSON
    tries      bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX challenges_token_hash ON challenges (token_hash);
CREATE INDEX challenges_staff_id ON challenges (staff_id);
CREATE INDEX challenges_expires_at ON challenges (expires_at);
