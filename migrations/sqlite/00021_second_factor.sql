-- +goose Up
-- When somebody last showed their password in this session.
ALTER TABLE sessions ADD COLUMN confirmed_at TIMESTAMP;

-- Secrets are sealed with a key that is not in the database. An empty one is
-- none.
CREATE TABLE staff_totp (
    staff_id     TEXT      NOT NULL PRIMARY KEY,
    secret       BLOB      NOT NULL, -- in use
    last_step    INTEGER   NOT NULL, -- the newest step whose code was taken; no code is good twice
    pending      BLOB      NOT NULL, -- shown, but not proved yet
    pending_at   TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP
);

CREATE TABLE passkeys (
    id            TEXT      NOT NULL PRIMARY KEY,
    staff_id      TEXT      NOT NULL,
    credential_id BLOB      NOT NULL,
    credential    BLOB      NOT NULL, -- public key, counter and flags, as JSON
    name          TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    last_used_at  TIMESTAMP
);
CREATE UNIQUE INDEX passkeys_credential_id ON passkeys (credential_id);
CREATE INDEX passkeys_staff_id ON passkeys (staff_id);

CREATE TABLE recovery_codes (
    id         TEXT      NOT NULL PRIMARY KEY,
    staff_id   TEXT      NOT NULL,
    hash       BLOB      NOT NULL, -- of 80 random bits
    created_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE UNIQUE INDEX recovery_codes_hash ON recovery_codes (hash);
CREATE INDEX recovery_codes_staff_id ON recovery_codes (staff_id);

-- Steps of a sign-in or of adding a passkey that wait for their answer.
CREATE TABLE challenges (
    id         TEXT      NOT NULL PRIMARY KEY,
    purpose    TEXT      NOT NULL,
    staff_id   TEXT,                -- empty while nobody knows who signs in
    token_hash BLOB      NOT NULL,
    data       BLOB      NOT NULL, -- what the browser was asked, as JSON
    tries      INTEGER   NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX challenges_token_hash ON challenges (token_hash);
CREATE INDEX challenges_staff_id ON challenges (staff_id);
CREATE INDEX challenges_expires_at ON challenges (expires_at);
