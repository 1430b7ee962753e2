-- +goose Up
-- Whether the licence of a plan lets programs read for who holds it, and hand
-- the text to a language model. Plans that were sold before do not say so.
ALTER TABLE plans ADD COLUMN ai_use boolean NOT NULL DEFAULT FALSE;
ALTER TABLE plans ALTER COLUMN ai_use DROP DEFAULT;
