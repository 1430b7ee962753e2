-- +goose Up
-- Quotes to customers who pay by invoice, and what became of them. The link on
-- which one is accepted is nowhere: it is computed from the id and a key that
-- is not in the database.
CREATE TABLE orders (
    id             TEXT        NOT NULL PRIMARY KEY,
    number         INTEGER     NOT NULL, -- as people call it
    token_hash     TEXT        NOT NULL, -- of the link
    company        TEXT        NOT NULL,
    name           TEXT        NOT NULL,
    email          TEXT        NOT NULL,
    address        TEXT        NOT NULL, -- lines
    tax_id         TEXT        NOT NULL, -- of the buyer
    accepted_name  TEXT        NOT NULL, -- who accepted it, as typed
    tax_words      TEXT        NOT NULL, -- what the quote says of taxes
    words          TEXT        NOT NULL, -- to the buyer
    member_id      TEXT, -- who may read; null until accepted
    plan_id        TEXT        REFERENCES plans (id), -- null: every plan
    seats          INTEGER     NOT NULL,
    starts_at      TIMESTAMP, -- null: when it is accepted
    months         INTEGER     NOT NULL,
    amount         INTEGER     NOT NULL, -- in the smallest unit
    currency       TEXT        NOT NULL,
    po_number      TEXT        NOT NULL,
    days_until_due INTEGER     NOT NULL,
    open_unpaid    BOOLEAN     NOT NULL, -- it opens before it is paid
    overdue_days   INTEGER     NOT NULL, -- how long an overdue bill leaves it open
    state          TEXT        NOT NULL, -- quoted, accepted, invoiced, paid, void, declined
    expires_at     TIMESTAMP NOT NULL, -- of the quote
    sent           INTEGER     NOT NULL, -- how often the quote was mailed
    invoice_id     TEXT        NOT NULL, -- at Stripe; '' until the draft is there
    invoice_no     TEXT        NOT NULL,
    invoice_url    TEXT        NOT NULL,
    pdf_url        TEXT        NOT NULL,
    due_at         TIMESTAMP,
    invoice_sent   TIMESTAMP,
    overdue_told   TIMESTAMP, -- when it was told that the bill is overdue
    problem        TEXT        NOT NULL, -- code of what keeps the bill from being written
    made_by_name   TEXT        NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    updated_at     TIMESTAMP NOT NULL,
    accepted_at    TIMESTAMP,
    paid_at        TIMESTAMP,
    closed_at      TIMESTAMP -- declined or void
);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE UNIQUE INDEX orders_token_hash ON orders (token_hash);
CREATE UNIQUE INDEX orders_invoice_id ON orders (invoice_id) WHERE invoice_id <> '';
CREATE INDEX orders_member ON orders (member_id);
CREATE INDEX orders_due ON orders (due_at) WHERE state = 'invoiced' AND overdue_told IS NULL;
CREATE INDEX orders_accepted ON orders (accepted_at) WHERE state = 'accepted';
