-- +goose Up
-- Plans say how they are tried and for how many people they are.
ALTER TABLE plans ADD COLUMN trial_days bigint NOT NULL DEFAULT 0;
ALTER TABLE plans ALTER COLUMN trial_days DROP DEFAULT;
ALTER TABLE plans ADD COLUMN seat_kind text NOT NULL DEFAULT ''; -- '', fixed, quantity
ALTER TABLE plans ALTER COLUMN seat_kind DROP DEFAULT;
ALTER TABLE plans ADD COLUMN seats_from bigint NOT NULL DEFAULT 1;
ALTER TABLE plans ALTER COLUMN seats_from DROP DEFAULT;
ALTER TABLE plans ADD COLUMN seats_to bigint NOT NULL DEFAULT 1;
ALTER TABLE plans ALTER COLUMN seats_to DROP DEFAULT;
-- What is otherwise at Stripe, as it was when somebody last looked.
ALTER TABLE plans ADD COLUMN drift jsonb NOT NULL DEFAULT '[]';
ALTER TABLE plans ALTER COLUMN drift DROP DEFAULT;
ALTER TABLE plans ADD COLUMN looked_at timestamptz;
ALTER TABLE plans ADD COLUMN changed_by text NOT NULL DEFAULT '';
ALTER TABLE plans ALTER COLUMN changed_by DROP DEFAULT;

-- Prices in several currencies, paid once for some months, and by bands.
ALTER TABLE prices ADD COLUMN months bigint NOT NULL DEFAULT 0;
ALTER TABLE prices ALTER COLUMN months DROP DEFAULT;
ALTER TABLE prices ADD COLUMN bands jsonb NOT NULL DEFAULT '[]';
ALTER TABLE prices ALTER COLUMN bands DROP DEFAULT;
ALTER TABLE prices ADD COLUMN volume boolean NOT NULL DEFAULT FALSE;
ALTER TABLE prices ALTER COLUMN volume DROP DEFAULT;
DROP INDEX prices_terms;
DROP INDEX prices_active;
CREATE INDEX prices_plan_id ON prices (plan_id);
CREATE UNIQUE INDEX prices_active ON prices (plan_id, interval, months, currency) WHERE active;
