-- +goose Up
-- A member's wish to have another address, until somebody who reads mail there
-- confirms it or it runs out.
CREATE TABLE email_changes (
    id          uuid        PRIMARY KEY,
    member_id   uuid        NOT NULL,
    email       text        NOT NULL, -- the new one, canonical
    email_given text        NOT NULL,
    old_given   text        NOT NULL, -- the one before, once it is confirmed: it is told
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    done_at     timestamptz
);
CREATE INDEX email_changes_member ON email_changes (member_id);
CREATE INDEX email_changes_expires_at ON email_changes (expires_at);

-- Members who asked for their account to be deleted, until it is or they
-- change their mind.
CREATE TABLE leavings (
    member_id uuid        PRIMARY KEY,
    ending    text        NOT NULL, -- of what they subscribe to: now or period_end
    asked_at  timestamptz NOT NULL,
    due_at    timestamptz NOT NULL
);
CREATE INDEX leavings_due_at ON leavings (due_at);
