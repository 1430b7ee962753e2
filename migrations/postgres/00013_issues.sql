-- +goose Up
-- An issue that is held does not appear with its first note, but when it is
-- published as one act.
ALTER TABLE issues ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE issues ALTER COLUMN held DROP DEFAULT;
ALTER TABLE issues ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE issues ALTER COLUMN version DROP DEFAULT;
ALTER TABLE issues ADD COLUMN cover_id uuid;
ALTER TABLE issues ADD COLUMN cover_alt text NOT NULL DEFAULT '';
ALTER TABLE issues ALTER COLUMN cover_alt DROP DEFAULT;

-- The place in an issue that was given to the note itself counts, against what
-- the revisions up to this number say.
ALTER TABLE notes ADD COLUMN placed_after bigint NOT NULL DEFAULT 0;
ALTER TABLE notes ALTER COLUMN placed_after DROP DEFAULT;
