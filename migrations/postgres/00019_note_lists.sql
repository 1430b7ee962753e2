-- +goose Up
-- The desk's list: by filter and last change, by title, by publication.
CREATE INDEX notes_status_updated ON notes (status, updated_at DESC, id DESC);
CREATE INDEX notes_kind_updated ON notes (kind, updated_at DESC, id DESC);
CREATE INDEX notes_series_updated ON notes (series_id, updated_at DESC, id DESC);
CREATE INDEX notes_dated ON notes (COALESCE(published_at, TIMESTAMPTZ '1970-01-01 00:00:00+00') DESC, id DESC);
CREATE INDEX notes_titled ON notes ((lower(title) COLLATE "C"), id);
CREATE INDEX revisions_created_by ON revisions (created_by, note_id);

-- Words of titles and abstracts, drafts too: for the desk only. Bodies are not
-- in here, so that saving while somebody types does not index a whole text.
-- The signs that would make one word of several, as in an address, are blanks.
CREATE INDEX notes_words ON notes USING gin (to_tsvector('simple', translate(title || ' ' || abstract, '.-/&@:_+=', '         ')));
