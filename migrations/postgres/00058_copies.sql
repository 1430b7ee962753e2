-- +goose Up
-- Each PDF of a note that was given to a member, by the serial on its pages.
CREATE TABLE copies (
    id        uuid NOT NULL PRIMARY KEY,
    serial    text NOT NULL,
    member_id uuid NOT NULL,
    note_id   uuid NOT NULL,
    version   bigint NOT NULL,
    paper     text NOT NULL,
    at        timestamptz NOT NULL
);
CREATE UNIQUE INDEX copies_serial ON copies (serial);
CREATE INDEX copies_member ON copies (member_id, at);
