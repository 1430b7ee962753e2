-- +goose Up
-- Who has a note open at the desk, one row for each window. Rows are a lease:
-- those not renewed for a while count for nothing and are swept away.
CREATE TABLE presences (
    note_id   uuid NOT NULL REFERENCES notes (id),
    window_id uuid NOT NULL, -- made by the browser
    staff_id  uuid NOT NULL,
    name      text NOT NULL,
    since     timestamptz NOT NULL,
    seen_at   timestamptz NOT NULL,
    PRIMARY KEY (note_id, staff_id, window_id)
);
CREATE INDEX presences_seen ON presences (seen_at);
