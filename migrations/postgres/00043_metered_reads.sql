-- +goose Up
-- Which paid notes a free member has read in full in a month. A row takes a
-- slot: two at once cannot take the same one, so nobody reads more than agreed.
CREATE TABLE metered_reads (
    member_id uuid        NOT NULL,
    month     text        NOT NULL, -- 2026-07, in the publication's time zone
    slot      bigint      NOT NULL, -- 1, 2, 3 …
    note_id   uuid        NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (member_id, month, slot)
);
CREATE UNIQUE INDEX metered_reads_note ON metered_reads (member_id, month, note_id);
CREATE INDEX metered_reads_month ON metered_reads (month);
