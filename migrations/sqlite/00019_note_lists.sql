-- +goose Up
-- The desk's list: by filter and last change, by title, by publication.
CREATE INDEX notes_status_updated ON notes (status, updated_at DESC, id DESC);
CREATE INDEX notes_kind_updated ON notes (kind, updated_at DESC, id DESC);
CREATE INDEX notes_series_updated ON notes (series_id, updated_at DESC, id DESC);
CREATE INDEX notes_dated ON notes (COALESCE(published_at, '1970-01-01 00:00:00+00:00') DESC, id DESC);
CREATE INDEX notes_titled ON notes (lower(title), id);
CREATE INDEX revisions_created_by ON revisions (created_by, note_id);

-- Words of titles and abstracts, drafts too: for the desk only. Bodies are not
-- in here, so that saving while somebody types writes nothing to it. Rows go by
-- a number of their own, because that of a note may change with a VACUUM.
CREATE TABLE note_titles (
    id      INTEGER NOT NULL PRIMARY KEY,
    note_id TEXT    NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE note_words USING fts5 (title, abstract, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO note_titles (note_id) SELECT id FROM notes;
INSERT INTO note_words (rowid, title, abstract) SELECT t.id, n.title, n.abstract FROM note_titles t JOIN notes n ON n.id = t.note_id;

-- +goose StatementBegin
CREATE TRIGGER notes_words_insert AFTER INSERT ON notes BEGIN
    INSERT INTO note_titles (note_id) VALUES (new.id);
    INSERT INTO note_words (rowid, title, abstract) SELECT id, new.title, new.abstract FROM note_titles WHERE note_id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER notes_words_update AFTER UPDATE OF title, abstract ON notes
WHEN old.title <> new.title OR old.abstract <> new.abstract BEGIN
    UPDATE note_words SET title = new.title, abstract = new.abstract WHERE rowid = (SELECT id FROM note_titles WHERE note_id = new.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER notes_words_delete AFTER DELETE ON notes BEGIN
    DELETE FROM note_words WHERE rowid = (SELECT id FROM note_titles WHERE note_id = old.id);
    DELETE FROM note_titles WHERE note_id = old.id;
END;
-- +goose StatementEnd
