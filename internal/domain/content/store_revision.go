package content

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lighttrends/internal/domain/search"
)

func (s store) nextRevision(ctx context.Context, note uuid.UUID) (int, error) {
	var last int
	err := s.db.Read(ctx).Model(&Revision{}).Where("note_id = ?", note).Select("COALESCE(MAX(number), 0)").Scan(&last).Error
	return last + 1, err
}

// revisionHead reads a revision without its text.
func (s store) revisionHead(ctx context.Context, id uuid.UUID) (*Revision, error) {
	return one[Revision](s.db.Read(ctx).Where("id = ?", id))
}

// revision reads a revision with its text. It is for the desk only; readers
// come through Library.Text.
func (s store) revision(ctx context.Context, id uuid.UUID) (*Revision, revisionText, error) {
	row, err := one[struct {
		Revision `gorm:"embedded"`
		Text     revisionText `gorm:"embedded"`
	}](s.db.Read(ctx).Table("revisions").Select("revisions.*, t.*").Joins("JOIN revision_texts t ON t.revision_id = revisions.id").Where("revisions.id = ?", id))
	if err != nil {
		return nil, revisionText{}, err
	}
	return &row.Revision, row.Text, nil
}

func (s store) text(ctx context.Context, revision uuid.UUID) (*revisionText, error) {
	return one[revisionText](s.db.Read(ctx).Where("revision_id = ?", revision))
}

// plainTexts and teaserTexts are for Library.readable, which asks for a
// decision first. They read as much of a text as an excerpt is made from, and a
// letter more, which tells that it goes on.
func (s store) plainTexts(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	return s.texts(ctx, "SELECT revision_id AS id, SUBSTR(plain, 1, ?) AS text FROM revision_texts WHERE revision_id IN ?", ids)
}

func (s store) teaserTexts(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	return s.texts(ctx, "SELECT id, SUBSTR(teaser_text, 1, ?) AS text FROM revisions WHERE id IN ?", ids)
}

func (s store) texts(ctx context.Context, query string, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	out := make(map[uuid.UUID]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		ID   uuid.UUID
		Text string
	}
	err := s.db.Read(ctx).Raw(query, search.ExcerptReads+1, ids).Scan(&rows).Error
	for _, r := range rows {
		out[r.ID] = r.Text
	}
	return out, err
}

func (s store) revisions(ctx context.Context, note uuid.UUID) (out []*Revision, err error) {
	q := s.db.Read(ctx).Omit("teaser_html", "teaser_text", "teaser_contents").Where("note_id = ?", note)
	return out, q.Order("number DESC").Limit(500).Find(&out).Error
}

func (s store) revisionID(ctx context.Context, note uuid.UUID, number int) (uuid.UUID, error) {
	r, err := one[Revision](s.db.Read(ctx).Select("id").Where("note_id = ? AND number = ?", note, number))
	if err != nil {
		return uuid.Nil, err
	}
	return r.ID, nil
}

// outdated finds revisions on show or in work whose HTML an older renderer made.
func (s store) outdated(ctx context.Context, renderer, limit int) (out []*Revision, err error) {
	const query = `renderer < ? AND id IN (SELECT live_revision FROM notes WHERE live_revision IS NOT NULL UNION SELECT draft_revision FROM notes UNION SELECT revision_id FROM note_versions)`
	return out, s.db.Read(ctx).Where(query, renderer).Order("id").Limit(limit).Find(&out).Error
}

// saveRendering replaces what a renderer made of a revision. What its author
// wrote is never touched.
func (s store) saveRendering(ctx context.Context, r *Revision, t revisionText) error {
	write := s.db.Write(ctx)
	cols := []string{"has_paywall", "teaser_html", "teaser_text", "teaser_contents", "behind", "minutes", "words", "renderer"}
	if err := write.Model(r).Select(cols).Where("id = ?", r.ID).Updates(r).Error; err != nil {
		return err
	}
	t.RevisionID = r.ID
	return write.Model(&t).Select("html", "plain", "contents").Where("revision_id = ?", r.ID).Updates(&t).Error
}

// saveFolded writes a further state of a revision that nothing refers to yet.
func (s store) saveFolded(ctx context.Context, n *Note, r *Revision, t revisionText) error {
	if err := s.slugFree(ctx, r.Slug, n.ID); err != nil {
		return err
	}
	if err := s.saveNote(ctx, n); err != nil {
		return err
	}
	write := s.db.Write(ctx)
	res := write.Model(r).Select("*").Where("id = ? AND sealed = ?", r.ID, false).Updates(r)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return fmt.Errorf("content: revision %s is sealed", r.ID)
	}
	t.RevisionID = r.ID
	if err := write.Model(&t).Select("*").Where("revision_id = ?", r.ID).Updates(&t).Error; err != nil {
		return err
	}
	if n.LiveRevision != nil {
		return nil
	}
	return s.saveLinks(ctx, n.ID, r)
}

func (s store) nameRevision(ctx context.Context, r *Revision, name string) error {
	r.Name, r.Sealed = name, true
	return s.db.Write(ctx).Model(r).Select("name", "sealed").Where("id = ?", r.ID).Updates(r).Error
}
