-- +goose Up
CREATE TABLE readership ( -- how often notes were opened; nobody is named
    day      TEXT    NOT NULL, -- YYYY-MM-DD, of UTC
    note_id  TEXT    NOT NULL, -- the note may be gone
    surface  TEXT    NOT NULL,
    audience TEXT    NOT NULL,
    whole    BOOLEAN NOT NULL,
    openings INTEGER NOT NULL,
    PRIMARY KEY (day, note_id, surface, audience, whole)
) WITHOUT ROWID;
CREATE INDEX readership_note ON readership (note_id, day);

-- +goose Down
DROP TABLE readership;
