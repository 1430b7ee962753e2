-- +goose Up
-- Who has a note open at the desk, one row for each window. Rows are a lease:
-- those not renewed for a while count for nothing and are swept away.
CREATE TABLE presences (
    note_id   TEXT NOT NULL REFERENCES notes (id),
    window_id TEXT NOT NULL, -- made by the browser
    staff_id  TEXT NOT NULL,
    name      TEXT NOT NULL,
    since     TIMESTAMP NOT NULL,
    seen_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (note_id, staff_id, window_id)
);
CREATE INDEX presences_seen ON presences (seen_at);
