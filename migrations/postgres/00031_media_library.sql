-- +goose Up
-- Folders of the media library. They order pictures for staff; no address and
-- no right depends on them.
CREATE TABLE media_folders (
    id         uuid        PRIMARY KEY,
    parent_id  uuid        REFERENCES media_folders (id),
    name       text        NOT NULL,
    name_key   text        NOT NULL, -- the name as it is compared
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX media_folders_name ON media_folders (parent_id, name_key) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX media_folders_top ON media_folders (name_key) WHERE parent_id IS NULL;

ALTER TABLE media ADD COLUMN folder_id uuid REFERENCES media_folders (id);
ALTER TABLE media ADD COLUMN edition bigint NOT NULL DEFAULT 1; -- how often the file was given, counted from 1
ALTER TABLE media ADD COLUMN prints uuid; -- names the files of this edition
ALTER TABLE media ADD COLUMN edition_at timestamptz;
ALTER TABLE media ADD COLUMN edition_by_name text NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN created_by_name text NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN focus_x bigint NOT NULL DEFAULT 50; -- per cent of the width
ALTER TABLE media ADD COLUMN focus_y bigint NOT NULL DEFAULT 50;
ALTER TABLE media ADD COLUMN card text NOT NULL DEFAULT ''; -- of which edition and focus the card was cut
ALTER TABLE media ADD COLUMN words text NOT NULL DEFAULT ''; -- name, alt and caption as they are searched
ALTER TABLE media ADD COLUMN name_key text COLLATE "C" NOT NULL DEFAULT ''; -- the name as it is sorted
UPDATE media SET prints = id, edition_at = created_at, words = lower(filename || ' ' || alt || ' ' || caption), name_key = lower(filename);
UPDATE media SET created_by_name = s.name, edition_by_name = s.name FROM staff s WHERE s.id = media.created_by;
ALTER TABLE media ALTER COLUMN prints SET NOT NULL;
ALTER TABLE media ALTER COLUMN edition_at SET NOT NULL;
ALTER TABLE media ALTER COLUMN edition DROP DEFAULT;
ALTER TABLE media ALTER COLUMN edition_by_name DROP DEFAULT;
ALTER TABLE media ALTER COLUMN created_by_name DROP DEFAULT;
ALTER TABLE media ALTER COLUMN focus_x DROP DEFAULT;
ALTER TABLE media ALTER COLUMN focus_y DROP DEFAULT;
ALTER TABLE media ALTER COLUMN card DROP DEFAULT;
ALTER TABLE media ALTER COLUMN words DROP DEFAULT;
ALTER TABLE media ALTER COLUMN name_key DROP DEFAULT;
CREATE INDEX media_folder ON media (folder_id) WHERE deleted_at IS NULL;
CREATE INDEX media_name ON media (name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX media_bytes ON media (bytes, id) WHERE deleted_at IS NULL;

-- What a picture was before its file was replaced. Versions of notes that
-- readers saw then go on showing it.
CREATE TABLE media_editions (
    media_id     uuid        NOT NULL REFERENCES media (id),
    number       bigint      NOT NULL,
    prints       uuid        NOT NULL,
    bytes        bigint      NOT NULL,
    width        bigint      NOT NULL,
    height       bigint      NOT NULL,
    variants     jsonb       NOT NULL,
    made_at      timestamptz NOT NULL,
    made_by_name text        NOT NULL,
    replaced_at  timestamptz NOT NULL,
    PRIMARY KEY (media_id, number)
);
CREATE INDEX media_editions_prints ON media_editions (prints);

-- Where pictures are shown: in a revision of a note, by an issue, by the
-- publication itself.
CREATE TABLE media_uses (
    media_id uuid NOT NULL REFERENCES media (id),
    place    text NOT NULL,
    place_id uuid NOT NULL,
    PRIMARY KEY (media_id, place, place_id)
);
CREATE INDEX media_uses_place ON media_uses (place, place_id);
INSERT INTO media_uses
SELECT m.id, x.place, x.place_id FROM (
    SELECT 'revision' AS place, t.revision_id AS place_id, (regexp_matches(t.body, '/media/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/', 'g'))[1] AS named FROM revision_texts t
    UNION SELECT 'revision', r.id, r.cover_id::text FROM revisions r WHERE r.cover_id IS NOT NULL
    UNION SELECT 'issue', i.id, (regexp_matches(i.editorial, '/media/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/', 'g'))[1] FROM issues i
    UNION SELECT 'issue', i.id, i.cover_id::text FROM issues i WHERE i.cover_id IS NOT NULL
    UNION SELECT 'publication', '00000000-0000-0000-0000-000000000000'::uuid, (regexp_matches(s.value::text, '/media/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/', 'g'))[1] FROM settings s WHERE s.name = 'profile'
    UNION SELECT 'publication', '00000000-0000-0000-0000-000000000000'::uuid, s.value ->> 'logo' FROM settings s WHERE s.name = 'profile'
) x JOIN media m ON m.id::text = x.named WHERE m.deleted_at IS NULL
ON CONFLICT DO NOTHING;

ALTER TABLE attachments ADD COLUMN stored uuid; -- names the file in the store
ALTER TABLE attachments ADD COLUMN created_by_name text NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN name_key text COLLATE "C" NOT NULL DEFAULT '';
UPDATE attachments SET stored = id, words = lower(filename || ' ' || title), name_key = lower(filename);
UPDATE attachments SET created_by_name = s.name FROM staff s WHERE s.id = attachments.created_by;
ALTER TABLE attachments ALTER COLUMN stored SET NOT NULL;
ALTER TABLE attachments ALTER COLUMN created_by_name DROP DEFAULT;
ALTER TABLE attachments ALTER COLUMN words DROP DEFAULT;
ALTER TABLE attachments ALTER COLUMN name_key DROP DEFAULT;
CREATE INDEX attachments_stored ON attachments (stored);
CREATE INDEX attachments_created_at ON attachments (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX attachments_name ON attachments (name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX attachments_bytes ON attachments (bytes, id) WHERE deleted_at IS NULL;
