-- +goose Up
CREATE TABLE members (
    id                uuid        PRIMARY KEY,
    email             text        NOT NULL, -- canonical: folded, domain in ASCII
    email_given       text        NOT NULL, -- as the person wrote it; mail goes here
    name              text        NOT NULL,
    name_folded       text        NOT NULL, -- for the desk's search
    access_epoch      bigint      NOT NULL, -- counts changes of what the member may read
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    email_verified_at timestamptz,
    deleted_at        timestamptz -- the address and the name are gone then
);
CREATE UNIQUE INDEX members_email ON members (email text_pattern_ops);
CREATE INDEX members_name_folded ON members (name_folded text_pattern_ops);

CREATE TABLE staff (
    id            uuid        PRIMARY KEY,
    email         text        NOT NULL,
    email_given   text        NOT NULL,
    name          text        NOT NULL,
    role          text        NOT NULL,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    last_seen_at  timestamptz,
    disabled_at   timestamptz
);
CREATE UNIQUE INDEX staff_email ON staff (email);

CREATE TABLE sessions (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL, -- member or staff; says whose id subject_id is
    subject_id   uuid        NOT NULL,
    token_hash   bytea       NOT NULL,
    surface      text        NOT NULL,
    user_agent   text        NOT NULL, -- short: "Firefox on Linux"
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz
);
CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash);
CREATE INDEX sessions_subject ON sessions (kind, subject_id);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

-- Link and code are computed from the id and a key that is not in the
-- database, so the row holds neither.
CREATE TABLE sign_in_tokens (
    id           uuid        PRIMARY KEY,
    email        text        NOT NULL,
    email_given  text        NOT NULL,
    name         text        NOT NULL,
    return_to    text        NOT NULL,
    surface      text        NOT NULL,
    browser_hash bytea       NOT NULL, -- of the browser that asked; the code works only there
    code_tries   bigint      NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX sign_in_tokens_email ON sign_in_tokens (email);
CREATE INDEX sign_in_tokens_browser_hash ON sign_in_tokens (browser_hash);
CREATE INDEX sign_in_tokens_expires_at ON sign_in_tokens (expires_at);

CREATE TABLE api_keys (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL,
    prefix       text        NOT NULL, -- the part that lists show
    hash         bytea       NOT NULL,
    scopes       jsonb       NOT NULL,
    created_by   uuid,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    expires_at   timestamptz,
    revoked_at   timestamptz
);
CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash);

-- Counters of the limits. A key is a keyed hash of the limit and of whom it
-- counts, so no address stands here.
CREATE TABLE attempts (
    key     bytea       PRIMARY KEY,
    n       bigint      NOT NULL,
    free_at timestamptz NOT NULL, -- the next attempt is allowed from here on
    until   timestamptz NOT NULL  -- the counter starts anew after this
);
CREATE INDEX attempts_until ON attempts (until);

-- At most one row: the offer to make the first owner.
CREATE TABLE setup_offers (
    id         bigint      PRIMARY KEY CHECK (id = 1),
    token_hash bytea       NOT NULL,
    created_at timestamptz NOT NULL
);
