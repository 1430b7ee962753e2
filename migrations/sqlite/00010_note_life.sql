-- +goose Up
-- A note stands in review by its submission; see package content.
ALTER TABLE notes ADD COLUMN submission_id TEXT;

ALTER TABLE revisions ADD COLUMN created_by_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN autosave BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE revisions ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE revisions ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN restored_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN saved_at TIMESTAMP NOT NULL DEFAULT '0001-01-01 00:00:00+00:00';
UPDATE revisions SET saved_at = created_at, sealed = TRUE,
    created_by_kind = CASE WHEN created_by IN (SELECT id FROM staff) THEN 'staff' WHEN created_by IN (SELECT id FROM api_keys) THEN 'api_key' ELSE 'system' END;

-- One row each time a draft is given to reviewers.
CREATE TABLE submissions (
    id                TEXT NOT NULL PRIMARY KEY,
    note_id           TEXT NOT NULL REFERENCES notes (id),
    revision_id       TEXT NOT NULL REFERENCES revisions (id), -- submitted or, once approved, approved
    revision          INTEGER NOT NULL,
    state             TEXT NOT NULL,
    message           TEXT NOT NULL,
    reviewers         TEXT NOT NULL,
    submitted_by      TEXT,
    submitted_by_name TEXT NOT NULL,
    submitted_at      TIMESTAMP NOT NULL,
    approved_by       TEXT,
    approved_by_name  TEXT NOT NULL
);
CREATE INDEX submissions_note ON submissions (note_id, submitted_at DESC);

-- Append-only: what reviewers decided.
CREATE TABLE reviews (
    id            TEXT NOT NULL PRIMARY KEY,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    note_id       TEXT NOT NULL,
    revision_id   TEXT NOT NULL REFERENCES revisions (id),
    revision      INTEGER NOT NULL,
    decision      TEXT NOT NULL,
    reason        TEXT NOT NULL,
    by_id         TEXT,
    by_kind       TEXT NOT NULL,
    by_name       TEXT NOT NULL,
    at            TIMESTAMP NOT NULL
);
CREATE INDEX reviews_note ON reviews (note_id, at);
CREATE INDEX reviews_revision ON reviews (revision_id);

-- What the desk tells one staff user.
CREATE TABLE notifications (
    id         TEXT NOT NULL PRIMARY KEY,
    staff_id   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    note_id    TEXT,
    issue_id   TEXT,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    by_id      TEXT,
    by_name    TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    read_at    TIMESTAMP
);
CREATE INDEX notifications_staff ON notifications (staff_id, created_at DESC, id DESC);
CREATE INDEX notifications_unread ON notifications (staff_id) WHERE read_at IS NULL;
