-- +goose Up
CREATE TABLE members (
    id                TEXT      NOT NULL PRIMARY KEY,
    email             TEXT      NOT NULL, -- canonical: folded, domain in ASCII
    email_given       TEXT      NOT NULL, -- as the person wrote it; mail goes here
    name              TEXT      NOT NULL,
    name_folded       TEXT      NOT NULL, -- for the desk's search
    access_epoch      INTEGER   NOT NULL, -- counts changes of what the member may read
    created_at        TIMESTAMP NOT NULL,
    updated_at        TIMESTAMP NOT NULL,
    email_verified_at TIMESTAMP,
    deleted_at        TIMESTAMP -- the address and the name are gone then
);
CREATE UNIQUE INDEX members_email ON members (email);
CREATE INDEX members_name_folded ON members (name_folded);

CREATE TABLE staff (
    id            TEXT      NOT NULL PRIMARY KEY,
    email         TEXT      NOT NULL,
    email_given   TEXT      NOT NULL,
    name          TEXT      NOT NULL,
    role          TEXT      NOT NULL,
    password_hash TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL,
    last_seen_at  TIMESTAMP,
    disabled_at   TIMESTAMP
);
CREATE UNIQUE INDEX staff_email ON staff (email);

CREATE TABLE sessions (
    id           TEXT      NOT NULL PRIMARY KEY,
    kind         TEXT      NOT NULL, -- member or staff; says whose id subject_id is
    subject_id   TEXT      NOT NULL,
    token_hash   BLOB      NOT NULL,
    surface      TEXT      NOT NULL,
    user_agent   TEXT      NOT NULL, -- short: "Firefox on Linux"
    created_at   TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL,
    revoked_at   TIMESTAMP
);
CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash);
CREATE INDEX sessions_subject ON sessions (kind, subject_id);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

-- Link and code are computed from the id and a key that is not in the
-- database, so the row holds neither.
CREATE TABLE sign_in_tokens (
    id           TEXT      NOT NULL PRIMARY KEY,
    email        TEXT      NOT NULL,
    email_given  TEXT      NOT NULL,
    name         TEXT      NOT NULL,
    return_to    TEXT      NOT NULL,
    surface      TEXT      NOT NULL,
    browser_hash BLOB      NOT NULL, -- of the browser that asked; the code works only there
    code_tries   INTEGER   NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_tokens_email ON sign_in_tokens (email);
CREATE INDEX sign_in_tokens_browser_hash ON sign_in_tokens (browser_hash);
CREATE INDEX sign_in_tokens_expires_at ON sign_in_tokens (expires_at);

CREATE TABLE api_keys (
    id           TEXT      NOT NULL PRIMARY KEY,
    name         TEXT      NOT NULL,
    prefix       TEXT      NOT NULL, -- the part that lists show
    hash         BLOB      NOT NULL,
    scopes       TEXT      NOT NULL,
    created_by   TEXT,
    created_at   TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    expires_at   TIMESTAMP,
    revoked_at   TIMESTAMP
);
CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash);

-- Counters of the limits. A key is a keyed hash of the limit and of whom it
-- counts, so no address stands here.
CREATE TABLE attempts (
    key     BLOB      NOT NULL PRIMARY KEY,
    n       INTEGER   NOT NULL,
    free_at TIMESTAMP NOT NULL, -- the next attempt is allowed from here on
    until   TIMESTAMP NOT NULL  -- the counter starts anew after this
);
CREATE INDEX attempts_until ON attempts (until);

-- At most one row: the offer to make the first owner.
CREATE TABLE setup_offers (
    id         INTEGER   NOT NULL PRIMARY KEY CHECK (id = 1),
    token_hash BLOB      NOT NULL,
    created_at TIMESTAMP NOT NULL
);
