-- +goose Up
-- Words are cut and folded by the program, the same for both engines. The rows
-- are narrow: tokens lie elsewhere and are read for phrases only, so that a
-- word which thousands of notes have costs thousands of numbers. A job fills
-- the tables for notes that were published before, newest first.
DROP TABLE search_documents;
CREATE TABLE search_documents ( -- what the public may find; gated text is never in here
    note_id uuid     PRIMARY KEY,
    place   bigint   NOT NULL,    -- by the moment of publication
    version integer  NOT NULL,    -- of the way tokens are made
    words   tsvector NOT NULL
) WITH (toast_tuple_target = 128);
CREATE INDEX search_documents_words ON search_documents USING gin (words);
CREATE INDEX search_documents_version ON search_documents (version);

CREATE TABLE search_gated ( -- all words of the notes that have a gate
    note_id uuid     PRIMARY KEY,
    place   bigint   NOT NULL,
    words   tsvector NOT NULL
) WITH (toast_tuple_target = 128);
CREATE INDEX search_gated_words ON search_gated USING gin (words);

CREATE TABLE search_gates (gate text PRIMARY KEY); -- that notes stand behind, or once stood
CREATE TABLE search_words (word text PRIMARY KEY); -- of what the public may find, as they are spelt
