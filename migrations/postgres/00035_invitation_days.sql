-- +goose Up
ALTER TABLE invitations ADD COLUMN days bigint NOT NULL DEFAULT 7;

-- +goose Down
ALTER TABLE invitations DROP COLUMN days;
