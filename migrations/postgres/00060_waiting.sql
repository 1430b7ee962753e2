-- +goose Up
-- Sales of which no word came, looked for each hour.
CREATE INDEX sales_unsettled ON sales (created_at) WHERE state IN ('open', 'processing');
-- Presents that a member redeemed.
CREATE INDEX gifts_redeemed_by ON gifts (redeemed_by) WHERE redeemed_by IS NOT NULL;
-- Orders whose bill was not written, or not mailed.
DROP INDEX orders_accepted;
CREATE INDEX orders_accepted ON orders (accepted_at) WHERE state = 'accepted' OR state = 'invoiced' AND invoice_sent IS NULL;
