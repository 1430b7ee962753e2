-- +goose Up
-- Folders of the media library. They order pictures for staff; no address and
-- no right depends on them.
CREATE TABLE media_folders (
    id         TEXT      NOT NULL PRIMARY KEY,
    parent_id  TEXT      REFERENCES media_folders (id),
    name       TEXT      NOT NULL,
    name_key   TEXT      NOT NULL, -- the name as it is compared
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX media_folders_name ON media_folders (parent_id, name_key) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX media_folders_top ON media_folders (name_key) WHERE parent_id IS NULL;

ALTER TABLE media ADD COLUMN folder_id TEXT REFERENCES media_folders (id);
ALTER TABLE media ADD COLUMN edition INTEGER NOT NULL DEFAULT 1; -- how often the file was given, counted from 1
ALTER TABLE media ADD COLUMN prints TEXT NOT NULL DEFAULT ''; -- names the files of this edition
ALTER TABLE media ADD COLUMN edition_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
ALTER TABLE media ADD COLUMN edition_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN created_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN focus_x INTEGER NOT NULL DEFAULT 50; -- per cent of the width
ALTER TABLE media ADD COLUMN focus_y INTEGER NOT NULL DEFAULT 50;
ALTER TABLE media ADD COLUMN card TEXT NOT NULL DEFAULT ''; -- of which edition and focus the card was cut
ALTER TABLE media ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- name, alt and caption as they are searched
ALTER TABLE media ADD COLUMN name_key TEXT NOT NULL DEFAULT ''; -- the name as it is sorted
UPDATE media SET prints = id, edition_at = created_at, words = lower(filename || ' ' || alt || ' ' || caption), name_key = lower(filename);
UPDATE media SET created_by_name = COALESCE((SELECT name FROM staff WHERE staff.id = media.created_by), '');
UPDATE media SET edition_by_name = created_by_name;
CREATE INDEX media_folder ON media (folder_id) WHERE deleted_at IS NULL;
CREATE INDEX media_name ON media (name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX media_bytes ON media (bytes, id) WHERE deleted_at IS NULL;

-- What a picture was before its file was replaced. Versions of notes that
-- readers saw then go on showing it.
CREATE TABLE media_editions (
    media_id     TEXT      NOT NULL REFERENCES media (id),
    number       INTEGER   NOT NULL,
    prints       TEXT      NOT NULL,
    bytes        INTEGER   NOT NULL,
    width        INTEGER   NOT NULL,
    height       INTEGER   NOT NULL,
    variants     TEXT      NOT NULL,
    made_at      TIMESTAMP NOT NULL,
    made_by_name TEXT      NOT NULL,
    replaced_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (media_id, number)
);
CREATE INDEX media_editions_prints ON media_editions (prints);

-- Where pictures are shown: in a revision of a note, by an issue, by the
-- publication itself.
CREATE TABLE media_uses (
    media_id TEXT NOT NULL REFERENCES media (id),
    place    TEXT NOT NULL,
    place_id TEXT NOT NULL,
    PRIMARY KEY (media_id, place, place_id)
);
CREATE INDEX media_uses_place ON media_uses (place, place_id);
INSERT OR IGNORE INTO media_uses
WITH RECURSIVE named (place, place_id, rest) AS (
    SELECT 'revision', revision_id, substr(body, instr(body, '/media/') + 7) FROM revision_texts WHERE instr(body, '/media/') > 0
    UNION ALL SELECT 'issue', id, substr(editorial, instr(editorial, '/media/') + 7) FROM issues WHERE instr(editorial, '/media/') > 0
    UNION ALL SELECT 'publication', '00000000-0000-0000-0000-000000000000', substr(value, instr(value, '/media/') + 7) FROM settings WHERE name = 'profile' AND instr(value, '/media/') > 0
    UNION ALL SELECT place, place_id, substr(rest, instr(rest, '/media/') + 7) FROM named WHERE instr(rest, '/media/') > 0
)
SELECT m.id, n.place, n.place_id FROM named n JOIN media m ON m.id = substr(n.rest, 1, 36) WHERE m.deleted_at IS NULL;
INSERT OR IGNORE INTO media_uses SELECT m.id, 'revision', r.id FROM revisions r JOIN media m ON m.id = r.cover_id WHERE m.deleted_at IS NULL;
INSERT OR IGNORE INTO media_uses SELECT m.id, 'issue', i.id FROM issues i JOIN media m ON m.id = i.cover_id WHERE m.deleted_at IS NULL;
INSERT OR IGNORE INTO media_uses SELECT m.id, 'publication', '00000000-0000-0000-0000-000000000000' FROM settings s JOIN media m ON m.id = json_extract(s.value, '$.logo') WHERE s.name = 'profile' AND m.deleted_at IS NULL;

ALTER TABLE attachments ADD COLUMN stored TEXT NOT NULL DEFAULT ''; -- names the file in the store
ALTER TABLE attachments ADD COLUMN created_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE attachments SET stored = id, words = lower(filename || ' ' || title), name_key = lower(filename);
UPDATE attachments SET created_by_name = COALESCE((SELECT name FROM staff WHERE staff.id = attachments.created_by), '');
CREATE INDEX attachments_stored ON attachments (stored);
CREATE INDEX attachments_created_at ON attachments (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX attachments_name ON attachments (name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX attachments_bytes ON attachments (bytes, id) WHERE deleted_at IS NULL;
