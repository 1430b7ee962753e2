-- +goose Up
-- What signs a member's program in: for a quarter of an hour, and what is
-- exchanged for the next. The session they belong to is what the member sees
-- and can end.
CREATE TABLE session_tokens (
    hash       bytea     NOT NULL PRIMARY KEY,
    session_id uuid      NOT NULL,
    kind       text      NOT NULL, -- access or refresh
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    spent_at   timestamptz -- when a refresh token was exchanged; it stays, to be known again
);
CREATE INDEX session_tokens_session_id ON session_tokens (session_id);
CREATE INDEX session_tokens_expires_at ON session_tokens (expires_at);

-- A sign-in that returns to a front end.
ALTER TABLE sign_in_tokens ADD COLUMN key_id uuid; -- the content key of who asked
ALTER TABLE sign_in_tokens ADD COLUMN challenge text NOT NULL DEFAULT ''; -- PKCE, S256
ALTER TABLE sign_in_tokens ADD COLUMN state text NOT NULL DEFAULT ''; -- handed back as it came
ALTER TABLE sign_in_tokens ADD COLUMN return_hash text; -- of the code that was handed back
ALTER TABLE sign_in_tokens ADD COLUMN return_until timestamptz;
CREATE INDEX sign_in_tokens_return_hash ON sign_in_tokens (return_hash);
