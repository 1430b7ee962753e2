-- +goose Up
-- The notes of a topic or of an author by their last change, without sorting
-- them all: the links carry it, kept by triggers.
ALTER TABLE note_topics ADD COLUMN note_updated_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
ALTER TABLE note_authors ADD COLUMN note_updated_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
UPDATE note_topics SET note_updated_at = (SELECT updated_at FROM notes WHERE id = note_id);
UPDATE note_authors SET note_updated_at = (SELECT updated_at FROM notes WHERE id = note_id);
DROP INDEX note_topics_topic;
DROP INDEX note_authors_author;
CREATE INDEX note_topics_topic ON note_topics (topic_id, note_updated_at DESC, note_id DESC);
CREATE INDEX note_authors_author ON note_authors (author_id, note_updated_at DESC, note_id DESC);

-- +goose StatementBegin
CREATE TRIGGER note_topics_dated AFTER INSERT ON note_topics BEGIN
    UPDATE note_topics SET note_updated_at = (SELECT updated_at FROM notes WHERE id = new.note_id) WHERE note_id = new.note_id AND topic_id = new.topic_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER note_authors_dated AFTER INSERT ON note_authors BEGIN
    UPDATE note_authors SET note_updated_at = (SELECT updated_at FROM notes WHERE id = new.note_id) WHERE note_id = new.note_id AND author_id = new.author_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER notes_links_dated AFTER UPDATE OF updated_at ON notes WHEN old.updated_at <> new.updated_at BEGIN
    UPDATE note_topics SET note_updated_at = new.updated_at WHERE note_id = new.id;
    UPDATE note_authors SET note_updated_at = new.updated_at WHERE note_id = new.id;
END;
-- +goose StatementEnd

-- The word index goes by the last change, too, so that the newest finds come
-- first without reading the others: a note's number is the microsecond of its
-- change times 1024 and one more for each that shares it.
DROP TRIGGER notes_words_insert;
DROP TRIGGER notes_words_update;
DROP TRIGGER notes_words_delete;
DROP TABLE note_words;
DROP TABLE note_titles;
CREATE TABLE note_titles (
    id      INTEGER NOT NULL PRIMARY KEY,
    note_id TEXT    NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE note_words USING fts5 (title, abstract, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6');
CREATE VIEW note_places AS
SELECT id AS note_id, title, abstract, COALESCE(CAST(strftime('%s', updated_at) AS INTEGER), 0) * 1024000000 +
    CASE WHEN substr(updated_at, 20, 1) = '.' THEN CAST(substr(replace(substr(updated_at, 21), substr(updated_at, -6), '') || '000000', 1, 6) AS INTEGER) * 1024 ELSE 0 END AS first
FROM notes;
INSERT INTO note_titles (id, note_id) SELECT first + row_number() OVER (PARTITION BY first ORDER BY note_id) - 1, note_id FROM note_places;
INSERT INTO note_words (rowid, title, abstract) SELECT t.id, n.title, n.abstract FROM note_titles t JOIN notes n ON n.id = t.note_id;

-- +goose StatementBegin
CREATE TRIGGER notes_words_insert AFTER INSERT ON notes BEGIN
    INSERT INTO note_titles (id, note_id)
    SELECT CASE WHEN last IS NULL THEN first WHEN last < first + 1023 THEN last + 1 ELSE (SELECT max(id) + 1 FROM note_titles) END, note_id
    FROM (SELECT p.note_id, p.first, (SELECT max(t.id) FROM note_titles t WHERE t.id >= p.first AND t.id < p.first + 1024) AS last FROM note_places p WHERE p.note_id = new.id);
    INSERT INTO note_words (rowid, title, abstract) SELECT id, new.title, new.abstract FROM note_titles WHERE note_id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
-- A note that is the newest already stays where it is: saving while somebody
-- types writes nothing here.
CREATE TRIGGER notes_words_move AFTER UPDATE OF updated_at ON notes
WHEN old.updated_at <> new.updated_at AND (new.updated_at < old.updated_at OR
    (SELECT id FROM note_titles WHERE note_id = new.id) < (SELECT max(id) FROM note_titles)) BEGIN
    DELETE FROM note_words WHERE rowid = (SELECT id FROM note_titles WHERE note_id = new.id);
    DELETE FROM note_titles WHERE note_id = new.id;
    INSERT INTO note_titles (id, note_id)
    SELECT CASE WHEN last IS NULL THEN first WHEN last < first + 1023 THEN last + 1 ELSE (SELECT max(id) + 1 FROM note_titles) END, note_id
    FROM (SELECT p.note_id, p.first, (SELECT max(t.id) FROM note_titles t WHERE t.id >= p.first AND t.id < p.first + 1024) AS last FROM note_places p WHERE p.note_id = new.id);
    INSERT INTO note_words (rowid, title, abstract) SELECT id, new.title, new.abstract FROM note_titles WHERE note_id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER notes_words_update AFTER UPDATE OF title, abstract ON notes
WHEN old.title <> new.title OR old.abstract <> new.abstract BEGIN
    UPDATE note_words SET title = new.title, abstract = new.abstract WHERE rowid = (SELECT id FROM note_titles WHERE note_id = new.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER notes_words_delete AFTER DELETE ON notes BEGIN
    DELETE FROM note_words WHERE rowid = (SELECT id FROM note_titles WHERE note_id = old.id);
    DELETE FROM note_titles WHERE note_id = old.id;
END;
-- +goose StatementEnd

-- The desk's list of members asks for those of one status.
CREATE INDEX subscriptions_standing ON subscriptions (owner_kind, status, owner_id);
