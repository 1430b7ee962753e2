-- +goose Up
-- Each PDF of a note that was given to a member, by the serial on its pages.
CREATE TABLE copies (
    id        TEXT NOT NULL PRIMARY KEY,
    serial    TEXT NOT NULL,
    member_id TEXT NOT NULL,
    note_id   TEXT NOT NULL,
    version   INTEGER NOT NULL,
    paper     TEXT NOT NULL,
    at        TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX copies_serial ON copies (serial);
CREATE INDEX copies_member ON copies (member_id, at);
