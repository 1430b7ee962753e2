-- +goose Up
-- Words are cut and folded by the program, the same for both engines: FTS5
-- splits its tokens at blanks and keeps no text. A row's number there is the
-- note's place by the moment of publication, so that the newest come first
-- without sorting. A job fills the tables for notes that were published before,
-- newest first.
DROP TABLE search_documents;
CREATE TABLE search_documents (
    note_id TEXT    NOT NULL PRIMARY KEY,
    place   INTEGER NOT NULL UNIQUE,
    version INTEGER NOT NULL -- of the way tokens are made
);
CREATE INDEX search_documents_version ON search_documents (version);
-- What the public may find; gated text is never in here.
CREATE VIRTUAL TABLE search_public USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
-- All words of the notes that have a gate.
CREATE VIRTUAL TABLE search_gated USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');

CREATE TABLE search_gates (gate TEXT NOT NULL PRIMARY KEY); -- that notes stand behind, or once stood
CREATE TABLE search_words (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID; -- of what the public may find, as they are spelt
