-- +goose Up
-- Imports and exports as jobs.
CREATE TABLE transfers (
    id              uuid      NOT NULL PRIMARY KEY,
    kind            text      NOT NULL, -- import, export
    source          text      NOT NULL, -- the format, or what is exported
    filename        text      NOT NULL,
    file_key        text      NOT NULL, -- '' when it is gone
    file_bytes      bigint   NOT NULL,
    members_key     text      NOT NULL, -- a list of members beside it
    members_bytes   bigint   NOT NULL,
    options         jsonb      NOT NULL,
    dry_run         boolean   NOT NULL,
    state           text      NOT NULL, -- waiting, running, done, failed, canceled
    message         text      NOT NULL, -- why it failed
    done            bigint   NOT NULL, -- entries, in their order; a restart goes on behind
    total           bigint   NOT NULL,
    made            bigint   NOT NULL,
    updated         bigint   NOT NULL,
    unchanged       bigint   NOT NULL,
    skipped         bigint   NOT NULL,
    conflicts       bigint   NOT NULL,
    failed          bigint   NOT NULL,
    warned          bigint   NOT NULL, -- entries of which something is said
    result_key      text      NOT NULL,
    result_name     text      NOT NULL,
    result_bytes    bigint   NOT NULL,
    expires_at      timestamptz,          -- when its files go
    created_by      uuid,
    created_by_name text      NOT NULL,
    created_at      timestamptz NOT NULL,
    started_at      timestamptz,
    finished_at     timestamptz
);
CREATE INDEX transfers_kind ON transfers (kind, id);
-- What became of each entry of an import.
CREATE TABLE transfer_lines (
    transfer_id uuid    NOT NULL,
    number      bigint NOT NULL,
    place       text    NOT NULL, -- in the file
    kind        text    NOT NULL, -- note, member, issue, picture, file
    title       text    NOT NULL, -- '' for members: no person is named here
    outcome     text    NOT NULL, -- made, updated, unchanged, skipped, conflict, failed
    messages    jsonb    NOT NULL,
    subject_id  uuid,
    PRIMARY KEY (transfer_id, number)
);
