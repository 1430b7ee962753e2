-- +goose Up
ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT ''; -- where it began: a prefix, never the whole address
ALTER TABLE sessions ADD COLUMN ended_why TEXT NOT NULL DEFAULT ''; -- told to whoever comes back with it
