-- +goose Up
CREATE TABLE series (
    id          uuid        PRIMARY KEY,
    slug        text        NOT NULL,
    name        text        NOT NULL,
    description text        NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX series_slug ON series (slug);
CREATE UNIQUE INDEX series_name ON series (name);

CREATE TABLE issues (
    id             uuid        PRIMARY KEY,
    series_id      uuid        NOT NULL REFERENCES series (id),
    slug           text        NOT NULL, -- "2021-07"
    label          text        NOT NULL, -- "July 2021"
    month          timestamptz NOT NULL, -- its first moment, UTC
    number         bigint      NOT NULL, -- counted by the firm; 0 when it does not count
    title          text        NOT NULL,
    editorial      text        NOT NULL, -- Markdown
    editorial_html text        NOT NULL,
    published_at   timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);
CREATE UNIQUE INDEX issues_series_id_slug ON issues (series_id, slug);
CREATE INDEX issues_month ON issues (month DESC, id DESC);

CREATE TABLE topics (
    id          uuid        PRIMARY KEY,
    slug        text        NOT NULL,
    name        text        NOT NULL,
    description text        NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX topics_slug ON topics (slug);
CREATE UNIQUE INDEX topics_name ON topics (name);

CREATE TABLE authors (
    id         uuid        PRIMARY KEY,
    slug       text        NOT NULL,
    name       text        NOT NULL,
    role       text        NOT NULL,
    bio        text        NOT NULL,
    staff_id   uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX authors_slug ON authors (slug);

-- What lists show. For a published note these are the values of its live
-- revision; before that, of its draft.
CREATE TABLE notes (
    id              uuid        PRIMARY KEY,
    slug            text        NOT NULL,
    status          text        NOT NULL,
    kind            text        NOT NULL,
    title           text        NOT NULL,
    abstract        text        NOT NULL,
    series_id       uuid        REFERENCES series (id),
    issue_id        uuid        REFERENCES issues (id),
    position        bigint      NOT NULL,
    gate            text        NOT NULL,
    gate_plans      jsonb       NOT NULL,
    cover_id        uuid,
    cover_alt       text        NOT NULL,
    seo_title       text        NOT NULL,
    seo_description text        NOT NULL,
    behind          jsonb       NOT NULL, -- what the gated text holds, in round numbers
    minutes         bigint      NOT NULL,
    published_at    timestamptz,
    changed_at      timestamptz,          -- the last change readers could see
    retracted_at    timestamptz,
    retraction      text        NOT NULL,
    live_revision   uuid,
    draft_revision  uuid        NOT NULL,
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX notes_slug ON notes (slug);
CREATE INDEX notes_published ON notes (published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX notes_updated ON notes (updated_at DESC, id DESC);
CREATE INDEX notes_issue ON notes (issue_id, position, published_at);
CREATE INDEX notes_series ON notes (series_id, published_at DESC, id DESC);

CREATE TABLE note_authors (
    note_id   uuid   NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    author_id uuid   NOT NULL REFERENCES authors (id),
    position  bigint NOT NULL,
    PRIMARY KEY (note_id, author_id)
);
CREATE INDEX note_authors_author ON note_authors (author_id, note_id);

CREATE TABLE note_topics (
    note_id  uuid   NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    topic_id uuid   NOT NULL REFERENCES topics (id),
    position bigint NOT NULL,
    PRIMARY KEY (note_id, topic_id)
);
CREATE INDEX note_topics_topic ON note_topics (topic_id, note_id);

-- Append-only: one row per saved state of a note.
CREATE TABLE revisions (
    id              uuid        PRIMARY KEY,
    note_id         uuid        NOT NULL REFERENCES notes (id),
    number          bigint      NOT NULL,
    slug            text        NOT NULL,
    kind            text        NOT NULL,
    title           text        NOT NULL,
    abstract        text        NOT NULL,
    series_id       uuid,
    issue_id        uuid,
    position        bigint      NOT NULL,
    authors         jsonb       NOT NULL,
    topics          jsonb       NOT NULL,
    gate            text        NOT NULL,
    gate_plans      jsonb       NOT NULL,
    cover_id        uuid,
    cover_alt       text        NOT NULL,
    seo_title       text        NOT NULL,
    seo_description text        NOT NULL,
    has_paywall     boolean     NOT NULL,
    teaser_html     text        NOT NULL, -- above the paywall only
    teaser_text     text        NOT NULL,
    teaser_contents jsonb       NOT NULL,
    behind          jsonb       NOT NULL,
    minutes         bigint      NOT NULL,
    words           bigint      NOT NULL,
    renderer        bigint      NOT NULL, -- version of the renderer that made the HTML
    why             text        NOT NULL,
    created_at      timestamptz NOT NULL,
    created_by      uuid,
    created_by_name text        NOT NULL
);
CREATE UNIQUE INDEX revisions_note_id_number ON revisions (note_id, number);

-- The whole text of a revision. Readers reach it through one function, which
-- takes an access decision.
CREATE TABLE revision_texts (
    revision_id uuid  PRIMARY KEY REFERENCES revisions (id),
    body        text  NOT NULL, -- Markdown, as the editor wrote it
    html        text  NOT NULL,
    plain       text  NOT NULL,
    contents    jsonb NOT NULL
);

-- Former addresses of notes, which redirect.
CREATE TABLE slugs (
    slug       text        PRIMARY KEY,
    note_id    uuid        NOT NULL REFERENCES notes (id),
    retired_at timestamptz NOT NULL
);
CREATE INDEX slugs_note ON slugs (note_id);
