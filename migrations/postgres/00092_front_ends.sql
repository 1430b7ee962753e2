-- +goose Up
-- A front end is known by its content key: from where browsers may call with
-- it, and whereto sign-in links and payment pages may return.
ALTER TABLE api_keys ADD COLUMN origins jsonb NOT NULL DEFAULT '[]'; -- a list; empty: any, for what is public
ALTER TABLE api_keys ADD COLUMN return_addresses jsonb NOT NULL DEFAULT '[]'; -- a list; one that ends in a slash stands for all below it
