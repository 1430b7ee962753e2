-- +goose Up
-- Which notes a member opened in full, in which version last, and how far they
-- came: numbers only, for the words of a heading may be behind the gate again.
CREATE TABLE read_notes (
    member_id uuid        NOT NULL,
    note_id   uuid        NOT NULL,
    version   bigint      NOT NULL,
    first_at  timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    heading   bigint      NOT NULL, -- the last one that was passed, counted from 1; 0 for none
    block     bigint      NOT NULL, -- the paragraph, counted from 1; 0 for none
    percent   bigint      NOT NULL,
    PRIMARY KEY (member_id, note_id)
);
CREATE INDEX read_notes_last ON read_notes (member_id, last_at, note_id);
-- What a member wants remembered, and on which days they were here.
CREATE TABLE readers (
    member_id  uuid    NOT NULL PRIMARY KEY,
    forgetful  boolean NOT NULL, -- nothing is remembered of what they read
    visited_on text    NOT NULL, -- the last day, such as 2026-07-14; '' for none
    before_on  text    NOT NULL  -- the day they were here before that
);
