-- +goose Up
-- The order in which streams tell events. It is given after the commit, by
-- whoever looks first, so that nothing appears later behind what was told.
ALTER TABLE webhook_events ADD COLUMN place bigint;
CREATE UNIQUE INDEX webhook_events_place ON webhook_events (place);
