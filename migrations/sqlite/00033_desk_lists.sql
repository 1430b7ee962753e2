-- +goose Up
-- How somebody at the desk looks at a list: what is asked for and what is shown.
CREATE TABLE views (
    id          TEXT      NOT NULL PRIMARY KEY,
    staff_id    TEXT      NOT NULL REFERENCES staff (id),
    list        TEXT      NOT NULL, -- notes, members or leads
    name        TEXT      NOT NULL,
    name_folded TEXT      NOT NULL,
    filters     TEXT      NOT NULL, -- parameters of the list, by name
    sort        TEXT      NOT NULL,
    reverse     BOOLEAN   NOT NULL,
    columns     TEXT      NOT NULL,
    density     TEXT      NOT NULL,
    shared      BOOLEAN   NOT NULL, -- colleagues see it, too
    version     INTEGER   NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    updated_at  TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX views_name ON views (staff_id, list, name_folded);
CREATE INDEX views_shared ON views (list) WHERE shared;

-- The view a list opens with. It may be one that a colleague shares.
CREATE TABLE view_defaults (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    list     TEXT NOT NULL,
    view_id  TEXT NOT NULL REFERENCES views (id) ON DELETE CASCADE,
    PRIMARY KEY (staff_id, list)
);
CREATE INDEX view_defaults_view ON view_defaults (view_id);

-- What an act on many notes did to each, so that it can be taken back for a
-- while.
CREATE TABLE bulk_steps (
    actor_id TEXT      NOT NULL,
    act_id   TEXT      NOT NULL,
    note_id  TEXT      NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    action   TEXT      NOT NULL,
    version  INTEGER   NOT NULL, -- of the note after it
    before   TEXT      NOT NULL, -- what it takes to go back
    state    TEXT      NOT NULL, -- done, undone, kept
    done_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (actor_id, act_id, note_id)
);
CREATE INDEX bulk_steps_done_at ON bulk_steps (done_at);
CREATE INDEX bulk_steps_note ON bulk_steps (note_id);
