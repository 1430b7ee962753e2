-- +goose Up
-- Addresses that lead elsewhere when nothing is at them.
CREATE TABLE redirects (
    id              uuid        PRIMARY KEY,
    from_path       text        NOT NULL, -- decoded, without a slash at the end
    target          text        NOT NULL, -- a path of the portal, or an https address
    permanent       boolean     NOT NULL,
    created_by      uuid,                 -- a staff user; none for keys and the system
    created_by_name text        NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX redirects_from_path ON redirects (from_path);
