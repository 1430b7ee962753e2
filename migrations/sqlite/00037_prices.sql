-- +goose Up
-- Plans say how they are tried and for how many people they are.
ALTER TABLE plans ADD COLUMN trial_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plans ADD COLUMN seat_kind TEXT NOT NULL DEFAULT ''; -- '', fixed, quantity
ALTER TABLE plans ADD COLUMN seats_from INTEGER NOT NULL DEFAULT 1;
ALTER TABLE plans ADD COLUMN seats_to INTEGER NOT NULL DEFAULT 1;
-- What is otherwise at Stripe, as it was when somebody last looked.
ALTER TABLE plans ADD COLUMN drift TEXT NOT NULL DEFAULT '[]';
ALTER TABLE plans ADD COLUMN looked_at TIMESTAMP;
ALTER TABLE plans ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';

-- Prices in several currencies, paid once for some months, and by bands.
ALTER TABLE prices ADD COLUMN months INTEGER NOT NULL DEFAULT 0;
ALTER TABLE prices ADD COLUMN bands TEXT NOT NULL DEFAULT '[]';
ALTER TABLE prices ADD COLUMN volume BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX prices_terms;
DROP INDEX prices_active;
CREATE INDEX prices_plan_id ON prices (plan_id);
CREATE UNIQUE INDEX prices_active ON prices (plan_id, interval, months, currency) WHERE active;
