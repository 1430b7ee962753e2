-- +goose Up
-- Roles the publication made itself. staff.role holds the name of a built-in
-- role, or the id of one of these.
CREATE TABLE roles (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL,
    name_folded  text        NOT NULL,
    capabilities jsonb       NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX roles_name_folded ON roles (name_folded);
