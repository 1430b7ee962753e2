-- +goose Up
-- The notes of a topic or of an author by their last change, without sorting
-- them all: the links carry it, kept by triggers.
ALTER TABLE note_topics ADD COLUMN note_updated_at timestamptz;
ALTER TABLE note_authors ADD COLUMN note_updated_at timestamptz;
UPDATE note_topics l SET note_updated_at = n.updated_at FROM notes n WHERE n.id = l.note_id;
UPDATE note_authors l SET note_updated_at = n.updated_at FROM notes n WHERE n.id = l.note_id;
ALTER TABLE note_topics ALTER COLUMN note_updated_at SET NOT NULL;
ALTER TABLE note_authors ALTER COLUMN note_updated_at SET NOT NULL;
DROP INDEX note_topics_topic;
DROP INDEX note_authors_author;
CREATE INDEX note_topics_topic ON note_topics (topic_id, note_updated_at DESC, note_id DESC);
CREATE INDEX note_authors_author ON note_authors (author_id, note_updated_at DESC, note_id DESC);

-- +goose StatementBegin
CREATE FUNCTION date_note_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.note_updated_at := (SELECT updated_at FROM notes WHERE id = NEW.note_id);
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER note_topics_dated BEFORE INSERT ON note_topics FOR EACH ROW EXECUTE FUNCTION date_note_link();
CREATE TRIGGER note_authors_dated BEFORE INSERT ON note_authors FOR EACH ROW EXECUTE FUNCTION date_note_link();
-- +goose StatementBegin
CREATE FUNCTION date_note_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE note_topics SET note_updated_at = NEW.updated_at WHERE note_id = NEW.id;
    UPDATE note_authors SET note_updated_at = NEW.updated_at WHERE note_id = NEW.id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notes_links_dated AFTER UPDATE OF updated_at ON notes FOR EACH ROW
    WHEN (OLD.updated_at IS DISTINCT FROM NEW.updated_at) EXECUTE FUNCTION date_note_links();

-- Words of titles (weight A) and abstracts, drafts too, made when they change:
-- to hold a row against a search is then a look, and saving a text that is
-- typed writes nothing here.
DROP INDEX notes_words;
CREATE TABLE note_words (
    note_id uuid     NOT NULL PRIMARY KEY REFERENCES notes (id) ON DELETE CASCADE,
    words   tsvector NOT NULL
);
-- +goose StatementBegin
CREATE FUNCTION note_words_of(title text, abstract text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT setweight(to_tsvector('simple', translate(title, '.-/&@:_+=', '         ')), 'A') || to_tsvector('simple', translate(abstract, '.-/&@:_+=', '         '))
$$;
-- +goose StatementEnd
INSERT INTO note_words (note_id, words) SELECT id, note_words_of(title, abstract) FROM notes;
CREATE INDEX note_words_words ON note_words USING gin (words);
-- +goose StatementBegin
CREATE FUNCTION keep_note_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO note_words (note_id, words) VALUES (NEW.id, note_words_of(NEW.title, NEW.abstract))
    ON CONFLICT (note_id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notes_words_insert AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION keep_note_words();
CREATE TRIGGER notes_words_update AFTER UPDATE OF title, abstract ON notes FOR EACH ROW
    WHEN (OLD.title <> NEW.title OR OLD.abstract <> NEW.abstract) EXECUTE FUNCTION keep_note_words();

-- The desk's list of members asks for those of one status.
CREATE INDEX subscriptions_standing ON subscriptions (owner_kind, status, owner_id);
