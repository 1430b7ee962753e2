-- +goose Up
-- Pictures. Other files may join them: what is not a picture has no width.
CREATE TABLE media (
    id           TEXT        NOT NULL PRIMARY KEY,
    filename     TEXT        NOT NULL, -- as first given
    content_type TEXT        NOT NULL, -- of what we serve, not of what was sent
    bytes        INTEGER     NOT NULL, -- of the largest print
    sha256       BLOB        NOT NULL, -- of what was sent
    width        INTEGER     NOT NULL, -- pixels
    height       INTEGER     NOT NULL,
    alt          TEXT        NOT NULL,
    caption      TEXT        NOT NULL,
    variants     TEXT        NOT NULL, -- the smaller prints
    state        TEXT        NOT NULL,
    created_by   TEXT,
    created_at   TIMESTAMP   NOT NULL,
    deleted_at   TIMESTAMP
);
CREATE UNIQUE INDEX media_sha256 ON media (sha256) WHERE deleted_at IS NULL;
CREATE INDEX media_created_at ON media (created_at DESC, id DESC) WHERE deleted_at IS NULL;

-- Every name under which a file was given: the same bytes may come under
-- several, and a name may come with new bytes. The last one counts.
CREATE TABLE media_names (
    filename TEXT        NOT NULL,
    media_id TEXT        NOT NULL REFERENCES media (id),
    named_at TIMESTAMP   NOT NULL,
    PRIMARY KEY (filename, media_id)
);
