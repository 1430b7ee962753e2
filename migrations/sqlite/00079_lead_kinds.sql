-- +goose Up
-- Letters, and wishes for access to a note, stand in one list.
ALTER TABLE leads ADD COLUMN kind TEXT NOT NULL DEFAULT 'letter';
