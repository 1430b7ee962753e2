-- +goose Up
-- What a subscription is worth a month; -1 until it is looked at again.
ALTER TABLE subscriptions ADD COLUMN monthly_value bigint NOT NULL DEFAULT -1;
ALTER TABLE subscriptions ALTER COLUMN monthly_value DROP DEFAULT;
-- Why it ends or ended, as Stripe says.
ALTER TABLE subscriptions ADD COLUMN cancel_reason text NOT NULL DEFAULT '';
ALTER TABLE subscriptions ALTER COLUMN cancel_reason DROP DEFAULT;
ALTER TABLE subscriptions ADD COLUMN cancel_feedback text NOT NULL DEFAULT '';
ALTER TABLE subscriptions ALTER COLUMN cancel_feedback DROP DEFAULT;

-- Every turn a subscription took: what it opened and what it was worth from
-- then on. Only ever appended to.
CREATE TABLE subscription_turns (
    id              uuid        PRIMARY KEY,
    subscription_id uuid        NOT NULL REFERENCES subscriptions (id),
    owner_kind      text        NOT NULL,
    owner_id        uuid        NOT NULL,
    sync_number     bigint      NOT NULL, -- of the write it came with
    step            bigint      NOT NULL, -- several turns may come with one write
    at              timestamptz NOT NULL, -- when it took effect, as far as Stripe dates it
    recorded_at     timestamptz NOT NULL, -- when it was known here
    plan_id         uuid        NOT NULL,
    status          text        NOT NULL,
    past_due_since  timestamptz,
    value           bigint      NOT NULL, -- counted a month from now on, in the smallest unit
    currency        text        NOT NULL,
    movement        text        NOT NULL, -- '' when the owner's value stays
    delta           bigint      NOT NULL,
    reason          text        NOT NULL, -- why it ended
    feedback        text        NOT NULL,
    source          text        NOT NULL  -- the page they came from to buy
);
CREATE UNIQUE INDEX subscription_turns_write ON subscription_turns (subscription_id, sync_number, step);
CREATE INDEX subscription_turns_owner ON subscription_turns (owner_kind, owner_id, recorded_at);
CREATE INDEX subscription_turns_movement ON subscription_turns (at) WHERE movement <> '';
CREATE INDEX subscriptions_started_at ON subscriptions (started_at, id);
