-- +goose Up
-- What signs a member's program in: for a quarter of an hour, and what is
-- exchanged for the next. The session they belong to is what the member sees
-- and can end.
CREATE TABLE session_tokens (
    hash       BLOB      NOT NULL PRIMARY KEY,
    session_id TEXT      NOT NULL,
    kind       TEXT      NOT NULL, -- access or refresh
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    spent_at   TIMESTAMP -- when a refresh token was exchanged; it stays, to be known again
);
CREATE INDEX session_tokens_session_id ON session_tokens (session_id);
CREATE INDEX session_tokens_expires_at ON session_tokens (expires_at);

-- A sign-in that returns to a front end.
ALTER TABLE sign_in_tokens ADD COLUMN key_id TEXT; -- the content key of who asked
ALTER TABLE sign_in_tokens ADD COLUMN challenge TEXT NOT NULL DEFAULT ''; -- PKCE, S256
ALTER TABLE sign_in_tokens ADD COLUMN state TEXT NOT NULL DEFAULT ''; -- handed back as it came
ALTER TABLE sign_in_tokens ADD COLUMN return_hash TEXT; -- of the code that was handed back
ALTER TABLE sign_in_tokens ADD COLUMN return_until TIMESTAMP;
CREATE INDEX sign_in_tokens_return_hash ON sign_in_tokens (return_hash);
