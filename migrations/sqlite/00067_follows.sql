-- +goose Up
-- Which topics, authors and series a member follows, and since when.
CREATE TABLE follows (
    member_id  TEXT      NOT NULL,
    kind       TEXT      NOT NULL, -- topic, author or series
    subject_id TEXT      NOT NULL,
    since      TIMESTAMP NOT NULL,
    PRIMARY KEY (member_id, kind, subject_id)
);
CREATE INDEX follows_subject ON follows (kind, subject_id);
