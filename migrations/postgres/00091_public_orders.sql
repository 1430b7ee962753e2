-- +goose Up
-- Without figures about the table SQLite takes an index that begins with the
-- status before one that holds only what is published, and sorts. So these
-- begin with it, too; titles have such a one already.
DROP INDEX notes_public_changed;
DROP INDEX notes_public_titled;
DROP INDEX notes_public_minutes;
CREATE INDEX notes_status_published ON notes (status, published_at, id);
CREATE INDEX notes_status_changed ON notes (status, changed_at, id);
CREATE INDEX notes_status_minutes ON notes (status, minutes, id);
