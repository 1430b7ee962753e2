-- +goose Up
-- Letters, and wishes for access to a note, stand in one list.
ALTER TABLE leads ADD COLUMN kind text NOT NULL DEFAULT 'letter';
