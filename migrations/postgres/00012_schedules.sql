-- +goose Up
-- What is to happen to a note, and when. Whoever works on a due row takes the
-- note's lock and finds it waiting, or leaves it alone.
CREATE TABLE schedules (
    id          uuid PRIMARY KEY,
    note_id     uuid NOT NULL REFERENCES notes (id),
    action      text NOT NULL, -- publish, update or retract
    state       text NOT NULL, -- waiting, done, cancelled or failed
    at          timestamptz NOT NULL,
    zone        text NOT NULL, -- in which the moment was chosen
    revision_id uuid REFERENCES revisions (id), -- that goes out; none to retract
    revision    bigint NOT NULL,
    change      text NOT NULL,
    notice      text NOT NULL,
    reason      text NOT NULL,
    by_id       uuid,
    by_name     text NOT NULL,
    created_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    problem     text NOT NULL -- why it failed, in words for the desk
);
CREATE UNIQUE INDEX schedules_waiting ON schedules (note_id, action) WHERE state = 'waiting';
CREATE INDEX schedules_due ON schedules (at) WHERE state = 'waiting';
CREATE INDEX notes_retracted ON notes (retracted_at) WHERE retracted_at IS NOT NULL;
