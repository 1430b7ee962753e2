-- +goose Up
-- Notes that members let colleagues read by a link, and each browser in which
-- somebody did.
CREATE TABLE shares (
    id         uuid        NOT NULL PRIMARY KEY,
    member_id  uuid        NOT NULL,
    note_id    uuid        NOT NULL,
    token_hash bytea       NOT NULL,
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    most       bigint      NOT NULL, -- browsers
    revoked_at timestamptz
);
CREATE UNIQUE INDEX shares_token ON shares (token_hash);
CREATE INDEX shares_member ON shares (member_id, made_at);
CREATE TABLE share_openings (
    id         uuid        NOT NULL PRIMARY KEY,
    share_id   uuid        NOT NULL,
    token_hash bytea       NOT NULL, -- of the browser's cookie
    at         timestamptz NOT NULL,
    network    text        NOT NULL  -- roughly: a prefix such as 203.0.113.0/24, or ''
);
CREATE INDEX share_openings_share ON share_openings (share_id, at);
