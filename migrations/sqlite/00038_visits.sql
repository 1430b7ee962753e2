-- +goose Up
-- Visits to the payment page by strangers, for several seats, with an offer
-- or free days, and with payments that take days.
ALTER TABLE checkouts ADD COLUMN quantity INTEGER NOT NULL DEFAULT 1;
ALTER TABLE checkouts ADD COLUMN trial_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkouts ADD COLUMN offer_id TEXT;
ALTER TABLE checkouts ADD COLUMN payment TEXT NOT NULL DEFAULT ''; -- '', paid, pending, failed
ALTER TABLE checkouts ADD COLUMN secret_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE checkouts ADD COLUMN stranger BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX checkouts_owner ON checkouts (owner_kind, owner_id);
CREATE INDEX checkouts_unsettled ON checkouts (created_at) WHERE state = 'open' OR payment = 'pending';
