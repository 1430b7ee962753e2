-- +goose Up
-- Visits to the payment page by strangers, for several seats, with an offer
-- or free days, and with payments that take days.
ALTER TABLE checkouts ADD COLUMN quantity bigint NOT NULL DEFAULT 1;
ALTER TABLE checkouts ALTER COLUMN quantity DROP DEFAULT;
ALTER TABLE checkouts ADD COLUMN trial_days bigint NOT NULL DEFAULT 0;
ALTER TABLE checkouts ALTER COLUMN trial_days DROP DEFAULT;
ALTER TABLE checkouts ADD COLUMN offer_id uuid;
ALTER TABLE checkouts ADD COLUMN payment text NOT NULL DEFAULT ''; -- '', paid, pending, failed
ALTER TABLE checkouts ALTER COLUMN payment DROP DEFAULT;
ALTER TABLE checkouts ADD COLUMN secret_hash text NOT NULL DEFAULT '';
ALTER TABLE checkouts ALTER COLUMN secret_hash DROP DEFAULT;
ALTER TABLE checkouts ADD COLUMN stranger boolean NOT NULL DEFAULT FALSE;
ALTER TABLE checkouts ALTER COLUMN stranger DROP DEFAULT;
CREATE INDEX checkouts_owner ON checkouts (owner_kind, owner_id);
CREATE INDEX checkouts_unsettled ON checkouts (created_at) WHERE state = 'open' OR payment = 'pending';
