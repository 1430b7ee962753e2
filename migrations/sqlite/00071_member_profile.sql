-- +goose Up
ALTER TABLE members ADD COLUMN organization TEXT NOT NULL DEFAULT ''; -- as the member wrote it
ALTER TABLE members ADD COLUMN declined_mails TEXT NOT NULL DEFAULT ''; -- kinds of mails, with spaces between
ALTER TABLE members ADD COLUMN passkey_card_closed_at TIMESTAMP; -- the offer of a passkey is not shown again
