-- +goose Up
-- What the public may find. Gated text is never in here.
CREATE VIRTUAL TABLE search_documents USING fts5 (
    note_id UNINDEXED,
    title,
    abstract,
    names, -- of authors, topics, series and issue
    body,
    published_at UNINDEXED,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
