-- +goose Up
-- A note stands in review by its submission; see package content.
ALTER TABLE notes ADD COLUMN submission_id uuid;

ALTER TABLE revisions ADD COLUMN created_by_kind text NOT NULL DEFAULT '';
ALTER TABLE revisions ALTER COLUMN created_by_kind DROP DEFAULT;
ALTER TABLE revisions ADD COLUMN autosave BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE revisions ALTER COLUMN autosave DROP DEFAULT;
ALTER TABLE revisions ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE revisions ALTER COLUMN sealed DROP DEFAULT;
ALTER TABLE revisions ADD COLUMN name text NOT NULL DEFAULT '';
ALTER TABLE revisions ALTER COLUMN name DROP DEFAULT;
ALTER TABLE revisions ADD COLUMN restored_from bigint NOT NULL DEFAULT 0;
ALTER TABLE revisions ALTER COLUMN restored_from DROP DEFAULT;
ALTER TABLE revisions ADD COLUMN saved_at timestamptz;
UPDATE revisions SET saved_at = created_at, sealed = TRUE,
    created_by_kind = CASE WHEN created_by IN (SELECT id FROM staff) THEN 'staff' WHEN created_by IN (SELECT id FROM api_keys) THEN 'api_key' ELSE 'system' END;
ALTER TABLE revisions ALTER COLUMN saved_at SET NOT NULL;

-- One row each time a draft is given to reviewers.
CREATE TABLE submissions (
    id                uuid PRIMARY KEY,
    note_id           uuid NOT NULL REFERENCES notes (id),
    revision_id       uuid NOT NULL REFERENCES revisions (id), -- submitted or, once approved, approved
    revision          bigint NOT NULL,
    state             text NOT NULL,
    message           text NOT NULL,
    reviewers         jsonb NOT NULL,
    submitted_by      uuid,
    submitted_by_name text NOT NULL,
    submitted_at      timestamptz NOT NULL,
    approved_by       uuid,
    approved_by_name  text NOT NULL
);
CREATE INDEX submissions_note ON submissions (note_id, submitted_at DESC);

-- Append-only: what reviewers decided.
CREATE TABLE reviews (
    id            uuid PRIMARY KEY,
    submission_id uuid NOT NULL REFERENCES submissions (id),
    note_id       uuid NOT NULL,
    revision_id   uuid NOT NULL REFERENCES revisions (id),
    revision      bigint NOT NULL,
    decision      text NOT NULL,
    reason        text NOT NULL,
    by_id         uuid,
    by_kind       text NOT NULL,
    by_name       text NOT NULL,
    at            timestamptz NOT NULL
);
CREATE INDEX reviews_note ON reviews (note_id, at);
CREATE INDEX reviews_revision ON reviews (revision_id);

-- What the desk tells one staff user.
CREATE TABLE notifications (
    id         uuid PRIMARY KEY,
    staff_id   uuid NOT NULL,
    kind       text NOT NULL,
    note_id    uuid,
    issue_id   uuid,
    title      text NOT NULL,
    text       text NOT NULL,
    by_id      uuid,
    by_name    text NOT NULL,
    created_at timestamptz NOT NULL,
    read_at    timestamptz
);
CREATE INDEX notifications_staff ON notifications (staff_id, created_at DESC, id DESC);
CREATE INDEX notifications_unread ON notifications (staff_id) WHERE read_at IS NULL;
