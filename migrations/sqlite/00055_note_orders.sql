-- +goose Up
-- The desk's list of one status or one kind in another order than that of
-- changes, without looking at all of them.
CREATE INDEX notes_status_dated ON notes (status, COALESCE(published_at, '1970-01-01 00:00:00+00:00') DESC, id DESC);
CREATE INDEX notes_status_titled ON notes (status, lower(title), id);
CREATE INDEX notes_kind_dated ON notes (kind, COALESCE(published_at, '1970-01-01 00:00:00+00:00') DESC, id DESC);
CREATE INDEX notes_kind_titled ON notes (kind, lower(title), id);
