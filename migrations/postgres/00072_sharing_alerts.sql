-- +goose Up
-- What looked like an account that several people share. At most one a day for
-- each member, dropped after a season.
CREATE TABLE sharing_alerts (
    id        uuid        PRIMARY KEY,
    member_id uuid        NOT NULL,
    at        timestamptz NOT NULL,
    networks  bigint      NOT NULL, -- how many it was used from within a day
    copies    bigint      NOT NULL  -- PDF copies taken within a day
);
CREATE INDEX sharing_alerts_member ON sharing_alerts (member_id, at);
CREATE INDEX sharing_alerts_at ON sharing_alerts (at);
CREATE INDEX sessions_created_at ON sessions (created_at) WHERE kind = 'member';
CREATE INDEX copies_at ON copies (at);
