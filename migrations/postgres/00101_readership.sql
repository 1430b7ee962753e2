-- +goose Up
CREATE TABLE readership ( -- how often notes were opened; nobody is named
    day      text    NOT NULL, -- YYYY-MM-DD, of UTC
    note_id  uuid    NOT NULL, -- the note may be gone
    surface  text    NOT NULL,
    audience text    NOT NULL,
    whole    boolean NOT NULL,
    openings bigint  NOT NULL,
    PRIMARY KEY (day, note_id, surface, audience, whole)
);
CREATE INDEX readership_note ON readership (note_id, day);

-- +goose Down
DROP TABLE readership;
