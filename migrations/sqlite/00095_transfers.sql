-- +goose Up
-- Imports and exports as jobs.
CREATE TABLE transfers (
    id              TEXT      NOT NULL PRIMARY KEY,
    kind            TEXT      NOT NULL, -- import, export
    source          TEXT      NOT NULL, -- the format, or what is exported
    filename        TEXT      NOT NULL,
    file_key        TEXT      NOT NULL, -- '' when it is gone
    file_bytes      INTEGER   NOT NULL,
    members_key     TEXT      NOT NULL, -- a list of members beside it
    members_bytes   INTEGER   NOT NULL,
    options         TEXT      NOT NULL,
    dry_run         BOOLEAN   NOT NULL,
    state           TEXT      NOT NULL, -- waiting, running, done, failed, canceled
    message         TEXT      NOT NULL, -- why it failed
    done            INTEGER   NOT NULL, -- entries, in their order; a restart goes on behind
    total           INTEGER   NOT NULL,
    made            INTEGER   NOT NULL,
    updated         INTEGER   NOT NULL,
    unchanged       INTEGER   NOT NULL,
    skipped         INTEGER   NOT NULL,
    conflicts       INTEGER   NOT NULL,
    failed          INTEGER   NOT NULL,
    warned          INTEGER   NOT NULL, -- entries of which something is said
    result_key      TEXT      NOT NULL,
    result_name     TEXT      NOT NULL,
    result_bytes    INTEGER   NOT NULL,
    expires_at      TIMESTAMP,          -- when its files go
    created_by      TEXT,
    created_by_name TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    started_at      TIMESTAMP,
    finished_at     TIMESTAMP
);
CREATE INDEX transfers_kind ON transfers (kind, id);
-- What became of each entry of an import.
CREATE TABLE transfer_lines (
    transfer_id TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    place       TEXT    NOT NULL, -- in the file
    kind        TEXT    NOT NULL, -- note, member, issue, picture, file
    title       TEXT    NOT NULL, -- '' for members: no person is named here
    outcome     TEXT    NOT NULL, -- made, updated, unchanged, skipped, conflict, failed
    messages    TEXT    NOT NULL,
    subject_id  TEXT,
    PRIMARY KEY (transfer_id, number)
);
