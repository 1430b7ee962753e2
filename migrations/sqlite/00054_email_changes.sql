-- +goose Up
-- A member's wish to have another address, until somebody who reads mail there
-- confirms it or it runs out.
CREATE TABLE email_changes (
    id          TEXT      NOT NULL PRIMARY KEY,
    member_id   TEXT      NOT NULL,
    email       TEXT      NOT NULL, -- the new one, canonical
    email_given TEXT      NOT NULL,
    old_given   TEXT      NOT NULL, -- the one before, once it is confirmed: it is told
    created_at  TIMESTAMP NOT NULL,
    expires_at  TIMESTAMP NOT NULL,
    done_at     TIMESTAMP
);
CREATE INDEX email_changes_member ON email_changes (member_id);
CREATE INDEX email_changes_expires_at ON email_changes (expires_at);

-- Members who asked for their account to be deleted, until it is or they
-- change their mind.
CREATE TABLE leavings (
    member_id TEXT      NOT NULL PRIMARY KEY,
    ending    TEXT      NOT NULL, -- of what they subscribe to: now or period_end
    asked_at  TIMESTAMP NOT NULL,
    due_at    TIMESTAMP NOT NULL
);
CREATE INDEX leavings_due_at ON leavings (due_at);
