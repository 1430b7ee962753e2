-- +goose Up
-- What became of the things of other systems, so that an import can come again.
CREATE TABLE import_sources (
    system      text      NOT NULL, -- ghost, wordpress, substack, markdown, members
    kind        text      NOT NULL, -- note, member
    source_id   text      NOT NULL, -- of the other system; of a member it is ours, for no address is kept here
    our_id      uuid      NOT NULL,
    source_hash text      NOT NULL, -- of what came
    our_hash    text      NOT NULL, -- of what was written: another one here means that somebody changed it
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (system, kind, source_id)
);
CREATE INDEX import_sources_ours ON import_sources (our_id);
