-- +goose Up
-- Pictures. Other files may join them: what is not a picture has no width.
CREATE TABLE media (
    id           uuid        PRIMARY KEY,
    filename     text        NOT NULL, -- as first given
    content_type text        NOT NULL, -- of what we serve, not of what was sent
    bytes        bigint      NOT NULL, -- of the largest print
    sha256       bytea       NOT NULL, -- of what was sent
    width        bigint      NOT NULL, -- pixels
    height       bigint      NOT NULL,
    alt          text        NOT NULL,
    caption      text        NOT NULL,
    variants     jsonb       NOT NULL, -- the smaller prints
    state        text        NOT NULL,
    created_by   uuid,
    created_at   timestamptz NOT NULL,
    deleted_at   timestamptz
);
CREATE UNIQUE INDEX media_sha256 ON media (sha256) WHERE deleted_at IS NULL;
CREATE INDEX media_created_at ON media (created_at DESC, id DESC) WHERE deleted_at IS NULL;

-- Every name under which a file was given: the same bytes may come under
-- several, and a name may come with new bytes. The last one counts.
CREATE TABLE media_names (
    filename text        NOT NULL,
    media_id uuid        NOT NULL REFERENCES media (id),
    named_at timestamptz NOT NULL,
    PRIMARY KEY (filename, media_id)
);
