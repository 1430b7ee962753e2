-- +goose Up
-- Lists for front ends in other orders than that of publication.
CREATE INDEX notes_public_changed ON notes (changed_at, id) WHERE status = 'published';
CREATE INDEX notes_public_titled ON notes (lower(title), id) WHERE status = 'published';
CREATE INDEX notes_public_minutes ON notes (minutes, id) WHERE status = 'published';

-- What readers see, each with its last change, for those who keep a copy. A
-- change is pending until it has a number; numbers are given to what has been
-- committed only, so none below one that was read appears afterwards.
CREATE TABLE content_changes (
    kind     TEXT      NOT NULL, -- note, issue, series, topic, author, settings, plans
    subject  TEXT      NOT NULL, -- id of a note, address of others
    slug     TEXT      NOT NULL,
    gone     BOOLEAN   NOT NULL,
    at       TIMESTAMP NOT NULL,
    number   INTEGER   NOT NULL,
    appeared INTEGER   NOT NULL, -- number at which it came, or came back
    pending  BOOLEAN   NOT NULL,
    fresh    BOOLEAN   NOT NULL, -- it came with the change that is pending
    PRIMARY KEY (kind, subject)
);
CREATE INDEX content_changes_number ON content_changes (number);
CREATE INDEX content_changes_pending ON content_changes (at, kind, subject) WHERE pending;

INSERT INTO content_changes (kind, subject, slug, gone, at, number, appeared, pending, fresh)
SELECT 'note', id, slug, status <> 'published', COALESCE(changed_at, published_at), 0, 0, TRUE, TRUE FROM notes WHERE live_revision IS NOT NULL AND published_at IS NOT NULL
UNION ALL SELECT 'issue', s.slug || '/' || i.slug, s.slug || '/' || i.slug, FALSE, i.updated_at, 0, 0, TRUE, TRUE FROM issues i JOIN series s ON s.id = i.series_id WHERE i.published_at IS NOT NULL
UNION ALL SELECT 'series', slug, slug, FALSE, updated_at, 0, 0, TRUE, TRUE FROM series
UNION ALL SELECT 'topic', slug, slug, FALSE, updated_at, 0, 0, TRUE, TRUE FROM topics
UNION ALL SELECT 'author', slug, slug, FALSE, updated_at, 0, 0, TRUE, TRUE FROM authors;
