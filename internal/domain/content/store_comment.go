package content

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

func (s store) addComment(ctx context.Context, c *Comment) error {
	return s.db.Write(ctx).Create(c).Error
}

func (s store) comment(ctx context.Context, note, id uuid.UUID) (*Comment, error) {
	var c Comment
	err := s.db.Read(ctx).Where("note_id = ? AND id = ?", note, id).Take(&c).Error
	if db.IsNotFound(err) {
		return nil, errNoComment
	}
	return &c, err
}

// threadForUpdate reads a thread and keeps others from changing it until the
// transaction ends. As with notes, SQLite needs no lock.
func (s store) threadForUpdate(ctx context.Context, thread uuid.UUID) (out []*Comment, err error) {
	if s.db.Engine() == db.Postgres {
		var head Comment
		if err := s.db.Write(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", thread).Take(&head).Error; err != nil {
			return nil, err
		}
	}
	return out, s.db.Write(ctx).Where("thread_id = ?", thread).Order("at, id").Find(&out).Error
}

// saveComment writes all that may change of a comment but its anchor, which
// moves with the text.
func (s store) saveComment(ctx context.Context, c *Comment) error {
	return s.db.Write(ctx).Model(c).Where("id = ?", c.ID).
		Select("Body", "Mentions", "EditedAt", "DeletedAt", "Hidden", "ResolvedAt", "ResolvedBy", "ResolvedByName", "Version").Updates(c).Error
}

func (s store) threads(ctx context.Context, note uuid.UUID, state ThreadState, after *cursor, limit int) (out []*Comment, err error) {
	q := s.db.Read(ctx).Where("note_id = ? AND id = thread_id AND NOT hidden", note).Order("at, id").Limit(limit)
	switch state {
	case OpenThreads:
		q = q.Where("resolved_at IS NULL")
	case ResolvedThreads:
		q = q.Where("resolved_at IS NOT NULL")
	}
	if after != nil {
		q = q.Where("(at, id) > (?, ?)", after.at, after.id)
	}
	return out, q.Find(&out).Error
}

// withReplies fills in what was replied in threads.
func (s store) withReplies(ctx context.Context, threads []*Comment) error {
	byID := make(map[uuid.UUID]*Comment, len(threads))
	ids := make([]uuid.UUID, len(threads))
	for i, t := range threads {
		ids[i], byID[t.ID] = t.ID, t
	}
	if len(ids) == 0 {
		return nil
	}
	var replies []*Comment
	if err := s.db.Read(ctx).Where("thread_id IN ? AND id <> thread_id", ids).Order("at, id").Find(&replies).Error; err != nil {
		return err
	}
	for _, r := range replies {
		byID[r.ThreadID].Replies = append(byID[r.ThreadID].Replies, r)
	}
	return nil
}

// moveAnchor leaves the version alone: nobody's words changed. A thread about
// the whole note has no place and gets none.
func (s store) moveAnchor(ctx context.Context, note uuid.UUID, m Reanchored) error {
	return s.db.Write(ctx).Model(&Comment{}).Where("note_id = ? AND id = ? AND id = thread_id AND quote <> ''", note, m.Thread).
		Updates(map[string]any{"quote": m.Anchor.Quote, "prefix": m.Anchor.Prefix, "suffix": m.Anchor.Suffix, "block": m.Anchor.Block}).Error
}

// dropNews takes the words of a deleted comment out of what was told of it.
func (s store) dropNews(ctx context.Context, comment uuid.UUID) error {
	return s.db.Write(ctx).Model(&Notification{}).Where("comment_id = ?", comment).Update("text", "").Error
}
