-- +goose Up
-- An issue that is held does not appear with its first note, but when it is
-- published as one act.
ALTER TABLE issues ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE issues ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE issues ADD COLUMN cover_id TEXT;
ALTER TABLE issues ADD COLUMN cover_alt TEXT NOT NULL DEFAULT '';

-- The place in an issue that was given to the note itself counts, against what
-- the revisions up to this number say.
ALTER TABLE notes ADD COLUMN placed_after INTEGER NOT NULL DEFAULT 0;
