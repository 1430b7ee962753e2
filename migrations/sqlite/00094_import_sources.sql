-- +goose Up
-- What became of the things of other systems, so that an import can come again.
CREATE TABLE import_sources (
    system      TEXT      NOT NULL, -- ghost, wordpress, substack, markdown, members
    kind        TEXT      NOT NULL, -- note, member
    source_id   TEXT      NOT NULL, -- of the other system; of a member it is ours, for no address is kept here
    our_id      TEXT      NOT NULL,
    source_hash TEXT      NOT NULL, -- of what came
    our_hash    TEXT      NOT NULL, -- of what was written: another one here means that somebody changed it
    created_at  TIMESTAMP NOT NULL,
    updated_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (system, kind, source_id)
);
CREATE INDEX import_sources_ours ON import_sources (our_id);
