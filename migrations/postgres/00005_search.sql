-- +goose Up
-- What the public may find. Gated text is never in here.
CREATE TABLE search_documents (
    note_id      uuid        PRIMARY KEY,
    title        text        NOT NULL,
    abstract     text        NOT NULL,
    names        text        NOT NULL, -- of authors, topics, series and issue
    body         text        NOT NULL,
    published_at timestamptz NOT NULL,
    words        tsvector    GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') ||
        setweight(to_tsvector('english', abstract), 'B') ||
        setweight(to_tsvector('english', names), 'B') ||
        setweight(to_tsvector('english', body), 'D')
    ) STORED NOT NULL
);
CREATE INDEX search_documents_words ON search_documents USING gin (words);
