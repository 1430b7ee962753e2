-- +goose Up
-- How somebody at the desk looks at a list: what is asked for and what is shown.
CREATE TABLE views (
    id          UUID      NOT NULL PRIMARY KEY,
    staff_id    UUID      NOT NULL REFERENCES staff (id),
    list        TEXT      NOT NULL, -- notes, members or leads
    name        TEXT      NOT NULL,
    name_folded TEXT      NOT NULL,
    filters     JSONB     NOT NULL, -- parameters of the list, by name
    sort        TEXT      NOT NULL,
    reverse     BOOLEAN   NOT NULL,
    columns     JSONB     NOT NULL,
    density     TEXT      NOT NULL,
    shared      BOOLEAN   NOT NULL, -- colleagues see it, too
    version     BIGINT    NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    updated_at  TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX views_name ON views (staff_id, list, name_folded);
CREATE INDEX views_shared ON views (list) WHERE shared;

-- The view a list opens with. It may be one that a colleague shares.
CREATE TABLE view_defaults (
    staff_id UUID NOT NULL REFERENCES staff (id),
    list     TEXT NOT NULL,
    view_id  UUID NOT NULL REFERENCES views (id) ON DELETE CASCADE,
    PRIMARY KEY (staff_id, list)
);
CREATE INDEX view_defaults_view ON view_defaults (view_id);

-- What an act on many notes did to each, so that it can be taken back for a
-- while.
CREATE TABLE bulk_steps (
    actor_id UUID      NOT NULL,
    act_id   UUID      NOT NULL,
    note_id  UUID      NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    action   TEXT      NOT NULL,
    version  BIGINT    NOT NULL, -- of the note after it
    before   JSONB     NOT NULL, -- what it takes to go back
    state    TEXT      NOT NULL, -- done, undone, kept
    done_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (actor_id, act_id, note_id)
);
CREATE INDEX bulk_steps_done_at ON bulk_steps (done_at);
CREATE INDEX bulk_steps_note ON bulk_steps (note_id);
