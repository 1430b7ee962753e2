-- +goose Up
-- What members keep for later, in folders of their own or in none.
CREATE TABLE folders (
    id        TEXT      NOT NULL PRIMARY KEY,
    member_id TEXT      NOT NULL,
    name      TEXT      NOT NULL,
    name_key  TEXT      NOT NULL, -- in small letters
    made_at   TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX folders_name ON folders (member_id, name_key);
CREATE TABLE saved_notes (
    member_id TEXT      NOT NULL,
    note_id   TEXT      NOT NULL,
    folder_id TEXT,
    saved_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (member_id, note_id)
);
CREATE INDEX saved_notes_at ON saved_notes (member_id, saved_at, note_id);
CREATE INDEX saved_notes_folder ON saved_notes (folder_id, saved_at, note_id) WHERE folder_id IS NOT NULL;
