-- +goose Up
-- Quotes to customers who pay by invoice, and what became of them. The link on
-- which one is accepted is nowhere: it is computed from the id and a key that
-- is not in the database.
CREATE TABLE orders (
    id             uuid        PRIMARY KEY,
    number         bigint      NOT NULL, -- as people call it
    token_hash     text        NOT NULL, -- of the link
    company        text        NOT NULL,
    name           text        NOT NULL,
    email          text        NOT NULL,
    address        text        NOT NULL, -- lines
    tax_id         text        NOT NULL, -- of the buyer
    accepted_name  text        NOT NULL, -- who accepted it, as typed
    tax_words      text        NOT NULL, -- what the quote says of taxes
    words          text        NOT NULL, -- to the buyer
    member_id      uuid, -- who may read; null until accepted
    plan_id        uuid        REFERENCES plans (id), -- null: every plan
    seats          bigint      NOT NULL,
    starts_at      timestamptz, -- null: when it is accepted
    months         bigint      NOT NULL,
    amount         bigint      NOT NULL, -- in the smallest unit
    currency       text        NOT NULL,
    po_number      text        NOT NULL,
    days_until_due bigint      NOT NULL,
    open_unpaid    boolean     NOT NULL, -- it opens before it is paid
    overdue_days   bigint      NOT NULL, -- how long an overdue bill leaves it open
    state          text        NOT NULL, -- quoted, accepted, invoiced, paid, void, declined
    expires_at     timestamptz NOT NULL, -- of the quote
    sent           bigint      NOT NULL, -- how often the quote was mailed
    invoice_id     text        NOT NULL, -- at Stripe; '' until the draft is there
    invoice_no     text        NOT NULL,
    invoice_url    text        NOT NULL,
    pdf_url        text        NOT NULL,
    due_at         timestamptz,
    invoice_sent   timestamptz,
    overdue_told   timestamptz, -- when it was told that the bill is overdue
    problem        text        NOT NULL, -- code of what keeps the bill from being written
    made_by_name   text        NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    accepted_at    timestamptz,
    paid_at        timestamptz,
    closed_at      timestamptz -- declined or void
);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE UNIQUE INDEX orders_token_hash ON orders (token_hash);
CREATE UNIQUE INDEX orders_invoice_id ON orders (invoice_id) WHERE invoice_id <> '';
CREATE INDEX orders_member ON orders (member_id);
CREATE INDEX orders_due ON orders (due_at) WHERE state = 'invoiced' AND overdue_told IS NULL;
CREATE INDEX orders_accepted ON orders (accepted_at) WHERE state = 'accepted';
