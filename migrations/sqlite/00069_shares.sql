-- +goose Up
-- Notes that members let colleagues read by a link, and each browser in which
-- somebody did.
CREATE TABLE shares (
    id         TEXT      NOT NULL PRIMARY KEY,
    member_id  TEXT      NOT NULL,
    note_id    TEXT      NOT NULL,
    token_hash BLOB      NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    most       INTEGER   NOT NULL, -- browsers
    revoked_at TIMESTAMP
);
CREATE UNIQUE INDEX shares_token ON shares (token_hash);
CREATE INDEX shares_member ON shares (member_id, made_at);
CREATE TABLE share_openings (
    id         TEXT      NOT NULL PRIMARY KEY,
    share_id   TEXT      NOT NULL,
    token_hash BLOB      NOT NULL, -- of the browser's cookie
    at         TIMESTAMP NOT NULL,
    network    TEXT      NOT NULL  -- roughly: a prefix such as 203.0.113.0/24, or ''
);
CREATE INDEX share_openings_share ON share_openings (share_id, at);
