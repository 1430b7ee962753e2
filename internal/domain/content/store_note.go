package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// store speaks to the tables of this room.
type store struct{ db *db.DB }

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any {
	return []any{
		&Note{}, &Revision{}, &revisionText{}, &slugRow{}, &noteAuthor{}, &noteTopic{}, &Series{}, &Issue{}, &Topic{}, &Author{},
		&Submission{}, &Review{}, &Notification{}, &Comment{}, &Version{}, &Schedule{}, &Presence{}, &PreviewLink{}, &bulkStep{}, &PublicChange{},
	}
}

type slugRow struct {
	Slug      string    `gorm:"primaryKey"`
	NoteID    uuid.UUID `gorm:"type:uuid"`
	RetiredAt time.Time
}

func (slugRow) TableName() string { return "slugs" }

type noteAuthor struct {
	NoteID   uuid.UUID `gorm:"type:uuid;primaryKey"`
	AuthorID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Position int

	NoteUpdatedAt time.Time // a trigger keeps it
}

func (noteAuthor) TableName() string { return "note_authors" }

type noteTopic struct {
	NoteID   uuid.UUID `gorm:"type:uuid;primaryKey"`
	TopicID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	Position int

	NoteUpdatedAt time.Time // a trigger keeps it
}

func (noteTopic) TableName() string { return "note_topics" }

func (s store) note(ctx context.Context, id uuid.UUID) (*Note, error) {
	return one[Note](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) noteBySlug(ctx context.Context, slug string) (*Note, error) {
	return one[Note](s.db.Read(ctx).Where("slug = ?", slug))
}

// noteForUpdate locks the row until the transaction ends. SQLite needs no lock:
// its transactions begin as writers, one at a time.
func (s store) noteForUpdate(ctx context.Context, id uuid.UUID) (*Note, error) {
	q := s.db.Write(ctx).Where("id = ?", id)
	if s.db.Engine() == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return one[Note](q)
}

func one[T any](q *gorm.DB) (*T, error) {
	var row T
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return nil, errNoNote
	}
	return &row, err
}

// saveDraft writes a new revision, its text and the note's row.
func (s store) saveDraft(ctx context.Context, n *Note, r *Revision, t revisionText, fresh bool) error {
	if err := s.slugFree(ctx, r.Slug, n.ID); err != nil {
		return err
	}
	write := s.db.Write(ctx)
	if fresh {
		if err := write.Create(n).Error; err != nil {
			return taken(err)
		}
	} else if err := s.saveNote(ctx, n); err != nil {
		return err
	}
	t.RevisionID = r.ID
	rows := []db.Statement{db.Insert(r), db.Insert(&t)}
	if n.LiveRevision == nil {
		if !fresh {
			if err := s.dropLinks(ctx, n.ID); err != nil {
				return err
			}
		}
		rows = append(rows, s.linksOf(n.ID, r)...)
	}
	return s.db.Together(ctx, rows...)
}

// slugFree refuses an address that another note has or had. Drafts of live
// notes may wish for one; it is checked again when they are published.
func (s store) slugFree(ctx context.Context, slug string, note uuid.UUID) error {
	var n int64
	const others = `SELECT (SELECT COUNT(*) FROM notes WHERE slug = ? AND id <> ?) + (SELECT COUNT(*) FROM slugs WHERE slug = ? AND note_id <> ?)`
	if err := s.db.Read(ctx).Raw(others, slug, note, slug, note).Scan(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return errSlugTaken
	}
	return nil
}

func taken(err error) error {
	if db.IsDuplicate(err) {
		return errSlugTaken
	}
	return err
}

// saveNote writes every column of an existing note.
func (s store) saveNote(ctx context.Context, n *Note) error {
	res := s.db.Write(ctx).Model(n).Select("*").Where("id = ?", n.ID).Updates(n)
	if res.Error != nil {
		return taken(res.Error)
	}
	if res.RowsAffected != 1 {
		return errNoNote
	}
	return nil
}

// savePublication writes the note, its links, and keeps its former address.
func (s store) savePublication(ctx context.Context, n *Note, r *Revision, before string) error {
	if n.LiveVersion == 1 && r.ID == n.DraftRevision {
		// Its address, its authors and its topics were saved with the draft.
		return s.saveNote(ctx, n)
	}
	if err := s.slugFree(ctx, n.Slug, n.ID); err != nil {
		return err
	}
	if err := s.saveNote(ctx, n); err != nil {
		return err
	}
	write := s.db.Write(ctx)
	if err := write.Where("slug = ?", n.Slug).Delete(&slugRow{}).Error; err != nil {
		return err
	}
	if before != n.Slug {
		if err := write.Create(&slugRow{before, n.ID, n.UpdatedAt}).Error; err != nil {
			return taken(err)
		}
	}
	return s.saveLinks(ctx, n.ID, r)
}

func (s store) dropLinks(ctx context.Context, note uuid.UUID) error {
	write := s.db.Write(ctx)
	if err := write.Where("note_id = ?", note).Delete(&noteAuthor{}).Error; err != nil {
		return err
	}
	return write.Where("note_id = ?", note).Delete(&noteTopic{}).Error
}

// saveLinks replaces the authors and topics that lists show.
func (s store) saveLinks(ctx context.Context, note uuid.UUID, r *Revision) error {
	if err := s.dropLinks(ctx, note); err != nil {
		return err
	}
	return s.db.Together(ctx, s.linksOf(note, r)...)
}

// linksOf writes the rows by which lists find the authors and topics of a note.
func (s store) linksOf(note uuid.UUID, r *Revision) (rows []db.Statement) {
	for i, id := range r.Authors {
		rows = append(rows, func(q *gorm.DB) *gorm.DB { return q.Exec(s.link(ofAuthor), note, i, id) })
	}
	for i, id := range r.Topics {
		rows = append(rows, func(q *gorm.DB) *gorm.DB { return q.Exec(s.link(ofTopic), note, i, id) })
	}
	return rows
}

// formerSlug finds where a note lives now, by an address it once had.
func (s store) formerSlug(ctx context.Context, slug string) (string, error) {
	var now string
	const query = `SELECT n.slug FROM slugs s JOIN notes n ON n.id = s.note_id WHERE s.slug = ?`
	err := s.db.Read(ctx).Raw(query, slug).Scan(&now).Error
	if err == nil && now == "" {
		err = errNoNote
	}
	return now, err
}
