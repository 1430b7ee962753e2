-- +goose Up
-- Addresses that lead elsewhere when nothing is at them.
CREATE TABLE redirects (
    id              TEXT      NOT NULL PRIMARY KEY,
    from_path       TEXT      NOT NULL, -- decoded, without a slash at the end
    target          TEXT      NOT NULL, -- a path of the portal, or an https address
    permanent       BOOLEAN   NOT NULL,
    created_by      TEXT,               -- a staff user; none for keys and the system
    created_by_name TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX redirects_from_path ON redirects (from_path);
