-- +goose Up
-- The link is computed from the id, the number of the mail and a key that is
-- not in the database; sending again makes the older links worthless.
CREATE TABLE invitations (
    id          TEXT      NOT NULL PRIMARY KEY,
    email       TEXT      NOT NULL, -- canonical
    email_given TEXT      NOT NULL,
    role        TEXT      NOT NULL, -- as staff.role
    invited_by  TEXT,                -- a staff user; empty when the system did
    sends       INTEGER   NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    expires_at  TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    revoked_at  TIMESTAMP
);
CREATE UNIQUE INDEX invitations_open ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- A request for another password, whether there is an account or not.
CREATE TABLE password_resets (
    id         TEXT      NOT NULL PRIMARY KEY,
    email      TEXT      NOT NULL, -- canonical
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX password_resets_email ON password_resets (email);
CREATE INDEX password_resets_expires_at ON password_resets (expires_at);

-- The key that took over from this one.
ALTER TABLE api_keys ADD COLUMN replaced_by TEXT;
