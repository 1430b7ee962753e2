-- +goose Up
-- What members keep for later, in folders of their own or in none.
CREATE TABLE folders (
    id        uuid        NOT NULL PRIMARY KEY,
    member_id uuid        NOT NULL,
    name      text        NOT NULL,
    name_key  text        NOT NULL, -- in small letters
    made_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX folders_name ON folders (member_id, name_key);
CREATE TABLE saved_notes (
    member_id uuid        NOT NULL,
    note_id   uuid        NOT NULL,
    folder_id uuid,
    saved_at  timestamptz NOT NULL,
    PRIMARY KEY (member_id, note_id)
);
CREATE INDEX saved_notes_at ON saved_notes (member_id, saved_at, note_id);
CREATE INDEX saved_notes_folder ON saved_notes (folder_id, saved_at, note_id) WHERE folder_id IS NOT NULL;
