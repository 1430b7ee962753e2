-- +goose Up
-- The network a session was last used from: a prefix, and only the newest.
ALTER TABLE sessions ADD COLUMN seen_network TEXT NOT NULL DEFAULT '';
DROP INDEX sessions_created_at;
CREATE INDEX sessions_last_seen_at ON sessions (last_seen_at) WHERE kind = 'member';
