-- +goose Up
-- What is to happen to a note, and when. Whoever works on a due row takes the
-- note's lock and finds it waiting, or leaves it alone.
CREATE TABLE schedules (
    id          TEXT NOT NULL PRIMARY KEY,
    note_id     TEXT NOT NULL REFERENCES notes (id),
    action      TEXT NOT NULL, -- publish, update or retract
    state       TEXT NOT NULL, -- waiting, done, cancelled or failed
    at          TIMESTAMP NOT NULL,
    zone        TEXT NOT NULL, -- in which the moment was chosen
    revision_id TEXT REFERENCES revisions (id), -- that goes out; none to retract
    revision    INTEGER NOT NULL,
    change      TEXT NOT NULL,
    notice      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    by_id       TEXT,
    by_name     TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    ended_at    TIMESTAMP,
    problem     TEXT NOT NULL -- why it failed, in words for the desk
);
CREATE UNIQUE INDEX schedules_waiting ON schedules (note_id, action) WHERE state = 'waiting';
CREATE INDEX schedules_due ON schedules (at) WHERE state = 'waiting';
CREATE INDEX notes_retracted ON notes (retracted_at) WHERE retracted_at IS NOT NULL;
