-- +goose Up
-- Roles the publication made itself. staff.role holds the name of a built-in
-- role, or the id of one of these.
CREATE TABLE roles (
    id           TEXT      NOT NULL PRIMARY KEY,
    name         TEXT      NOT NULL,
    name_folded  TEXT      NOT NULL,
    capabilities TEXT      NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    updated_at   TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX roles_name_folded ON roles (name_folded);
