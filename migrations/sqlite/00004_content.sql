-- +goose Up
CREATE TABLE series (
    id          TEXT        NOT NULL PRIMARY KEY,
    slug        TEXT        NOT NULL,
    name        TEXT        NOT NULL,
    description TEXT        NOT NULL,
    created_at  TIMESTAMP   NOT NULL,
    updated_at  TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX series_slug ON series (slug);
CREATE UNIQUE INDEX series_name ON series (name);

CREATE TABLE issues (
    id             TEXT        NOT NULL PRIMARY KEY,
    series_id      TEXT        NOT NULL REFERENCES series (id),
    slug           TEXT        NOT NULL, -- "2021-07"
    label          TEXT        NOT NULL, -- "July 2021"
    month          TIMESTAMP   NOT NULL, -- its first moment, UTC
    number         INTEGER     NOT NULL, -- counted by the firm; 0 when it does not count
    title          TEXT        NOT NULL,
    editorial      TEXT        NOT NULL, -- Markdown
    editorial_html TEXT        NOT NULL,
    published_at   TIMESTAMP,
    created_at     TIMESTAMP   NOT NULL,
    updated_at     TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX issues_series_id_slug ON issues (series_id, slug);
CREATE INDEX issues_month ON issues (month DESC, id DESC);

CREATE TABLE topics (
    id          TEXT        NOT NULL PRIMARY KEY,
    slug        TEXT        NOT NULL,
    name        TEXT        NOT NULL,
    description TEXT        NOT NULL,
    created_at  TIMESTAMP   NOT NULL,
    updated_at  TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX topics_slug ON topics (slug);
CREATE UNIQUE INDEX topics_name ON topics (name);

CREATE TABLE authors (
    id         TEXT        NOT NULL PRIMARY KEY,
    slug       TEXT        NOT NULL,
    name       TEXT        NOT NULL,
    role       TEXT        NOT NULL,
    bio        TEXT        NOT NULL,
    staff_id   TEXT,
    created_at TIMESTAMP   NOT NULL,
    updated_at TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX authors_slug ON authors (slug);

-- What lists show. For a published note these are the values of its live
-- revision; before that, of its draft.
CREATE TABLE notes (
    id              TEXT        NOT NULL PRIMARY KEY,
    slug            TEXT        NOT NULL,
    status          TEXT        NOT NULL,
    kind            TEXT        NOT NULL,
    title           TEXT        NOT NULL,
    abstract        TEXT        NOT NULL,
    series_id       TEXT        REFERENCES series (id),
    issue_id        TEXT        REFERENCES issues (id),
    position        INTEGER     NOT NULL,
    gate            TEXT        NOT NULL,
    gate_plans      TEXT        NOT NULL,
    cover_id        TEXT,
    cover_alt       TEXT        NOT NULL,
    seo_title       TEXT        NOT NULL,
    seo_description TEXT        NOT NULL,
    behind          TEXT        NOT NULL, -- what the gated text holds, in round numbers
    minutes         INTEGER     NOT NULL,
    published_at    TIMESTAMP,
    changed_at      TIMESTAMP,          -- the last change readers could see
    retracted_at    TIMESTAMP,
    retraction      TEXT        NOT NULL,
    live_revision   TEXT,
    draft_revision  TEXT        NOT NULL,
    version         INTEGER     NOT NULL,
    created_at      TIMESTAMP   NOT NULL,
    updated_at      TIMESTAMP   NOT NULL
);
CREATE UNIQUE INDEX notes_slug ON notes (slug);
CREATE INDEX notes_published ON notes (published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX notes_updated ON notes (updated_at DESC, id DESC);
CREATE INDEX notes_issue ON notes (issue_id, position, published_at);
CREATE INDEX notes_series ON notes (series_id, published_at DESC, id DESC);

CREATE TABLE note_authors (
    note_id   TEXT   NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    author_id TEXT   NOT NULL REFERENCES authors (id),
    position  INTEGER NOT NULL,
    PRIMARY KEY (note_id, author_id)
);
CREATE INDEX note_authors_author ON note_authors (author_id, note_id);

CREATE TABLE note_topics (
    note_id  TEXT   NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    topic_id TEXT   NOT NULL REFERENCES topics (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (note_id, topic_id)
);
CREATE INDEX note_topics_topic ON note_topics (topic_id, note_id);

-- Append-only: one row per saved state of a note.
CREATE TABLE revisions (
    id              TEXT        NOT NULL PRIMARY KEY,
    note_id         TEXT        NOT NULL REFERENCES notes (id),
    number          INTEGER     NOT NULL,
    slug            TEXT        NOT NULL,
    kind            TEXT        NOT NULL,
    title           TEXT        NOT NULL,
    abstract        TEXT        NOT NULL,
    series_id       TEXT,
    issue_id        TEXT,
    position        INTEGER     NOT NULL,
    authors         TEXT        NOT NULL,
    topics          TEXT        NOT NULL,
    gate            TEXT        NOT NULL,
    gate_plans      TEXT        NOT NULL,
    cover_id        TEXT,
    cover_alt       TEXT        NOT NULL,
    seo_title       TEXT        NOT NULL,
    seo_description TEXT        NOT NULL,
    has_paywall     BOOLEAN     NOT NULL,
    teaser_html     TEXT        NOT NULL, -- above the paywall only
    teaser_text     TEXT        NOT NULL,
    teaser_contents TEXT        NOT NULL,
    behind          TEXT        NOT NULL,
    minutes         INTEGER     NOT NULL,
    words           INTEGER     NOT NULL,
    renderer        INTEGER     NOT NULL, -- version of the renderer that made the HTML
    why             TEXT        NOT NULL,
    created_at      TIMESTAMP   NOT NULL,
    created_by      TEXT,
    created_by_name TEXT        NOT NULL
);
CREATE UNIQUE INDEX revisions_note_id_number ON revisions (note_id, number);

-- The whole text of a revision. Readers reach it through one function, which
-- takes an access decision.
CREATE TABLE revision_texts (
    revision_id TEXT  NOT NULL PRIMARY KEY REFERENCES revisions (id),
    body        TEXT  NOT NULL, -- Markdown, as the editor wrote it
    html        TEXT  NOT NULL,
    plain       TEXT  NOT NULL,
    contents    TEXT  NOT NULL
);

-- Former addresses of notes, which redirect.
CREATE TABLE slugs (
    slug       TEXT        NOT NULL PRIMARY KEY,
    note_id    TEXT        NOT NULL REFERENCES notes (id),
    retired_at TIMESTAMP   NOT NULL
);
CREATE INDEX slugs_note ON slugs (note_id);
