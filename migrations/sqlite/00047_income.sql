-- +goose Up
-- What a subscription is worth a month; -1 until it is looked at again.
ALTER TABLE subscriptions ADD COLUMN monthly_value INTEGER NOT NULL DEFAULT -1;
-- Why it ends or ended, as Stripe says.
ALTER TABLE subscriptions ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE subscriptions ADD COLUMN cancel_feedback TEXT NOT NULL DEFAULT '';

-- Every turn a subscription took: what it opened and what it was worth from
-- then on. Only ever appended to.
CREATE TABLE subscription_turns (
    id              TEXT      NOT NULL PRIMARY KEY,
    subscription_id TEXT        NOT NULL REFERENCES subscriptions (id),
    owner_kind      TEXT        NOT NULL,
    owner_id        TEXT        NOT NULL,
    sync_number     INTEGER      NOT NULL, -- of the write it came with
    step            INTEGER      NOT NULL, -- several turns may come with one write
    at              TIMESTAMP NOT NULL, -- when it took effect, as far as Stripe dates it
    recorded_at     TIMESTAMP NOT NULL, -- when it was known here
    plan_id         TEXT        NOT NULL,
    status          TEXT        NOT NULL,
    past_due_since  TIMESTAMP,
    value           INTEGER      NOT NULL, -- counted a month from now on, in the smallest unit
    currency        TEXT        NOT NULL,
    movement        TEXT        NOT NULL, -- '' when the owner's value stays
    delta           INTEGER      NOT NULL,
    reason          TEXT        NOT NULL, -- why it ended
    feedback        TEXT        NOT NULL,
    source          TEXT        NOT NULL  -- the page they came from to buy
);
CREATE UNIQUE INDEX subscription_turns_write ON subscription_turns (subscription_id, sync_number, step);
CREATE INDEX subscription_turns_owner ON subscription_turns (owner_kind, owner_id, recorded_at);
CREATE INDEX subscription_turns_movement ON subscription_turns (at) WHERE movement <> '';
CREATE INDEX subscriptions_started_at ON subscriptions (started_at, id);
