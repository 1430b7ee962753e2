package content

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

// listRow is a note of the list with its place in the word index, where the
// list was read from there.
type listRow struct {
	Note  `gorm:"embedded"`
	Place int64
}

// deskList is one page of the desk's list and one row more, if there is one.
// Each way to read it goes along an index that has the list's order, or sorts
// only what is rare.
func (s store) deskList(ctx context.Context, f Filter, at places, after *listCursor) ([]*listRow, error) {
	postgres := s.db.Engine() == db.Postgres
	searched := f.Words != "" || f.Title != ""
	switch {
	case f.placed():
		return s.placed(ctx, f, at, after)
	case searched && postgres:
		return s.windowed(ctx, f, at, after)
	case f.Sort == ByChange && (at.topic != uuid.Nil || at.author != uuid.Nil) && !searched:
		return s.linked(ctx, f, at, after)
	case after != nil && f.Sort != ByChange && !postgres:
		return s.inTwo(ctx, f, at, after)
	}
	return s.page(s.ordered(s.narrowed(ctx, f, at), f, after), f.Limit+1)
}

func (s store) page(q *gorm.DB, limit int) (out []*listRow, err error) {
	return out, q.Table("notes").Select("notes.*").Limit(limit).Find(&out).Error
}

func (s store) narrowed(ctx context.Context, f Filter, at places) *gorm.DB {
	return s.inReview(s.byWords(s.filtered(ctx, f, at), f), f)
}

func (s store) filtered(ctx context.Context, f Filter, at places) *gorm.DB {
	q := s.db.Read(ctx)
	for _, w := range []struct {
		asked bool
		text  string
		value any
	}{
		{f.Status != "", "status = ?", f.Status},
		{f.Unarchived, "status <> ?", Archived},
		{f.Kind != "", "kind = ?", f.Kind},
		{f.Gate != "", "gate = ?", f.Gate},
		{at.series != uuid.Nil, "series_id = ?", at.series},
		{at.issue != uuid.Nil, "issue_id = ?", at.issue},
		{at.topic != uuid.Nil, "notes.id IN (SELECT note_id FROM note_topics WHERE topic_id = ?)", at.topic},
		{at.author != uuid.Nil, "notes.id IN (SELECT note_id FROM note_authors WHERE author_id = ?)", at.author},
		{f.Editor != uuid.Nil, "notes.id IN (SELECT note_id FROM revisions WHERE created_by = ?)", f.Editor},
		{!f.ChangedFrom.IsZero(), "updated_at >= ?", f.ChangedFrom},
		{!f.Changed.IsZero(), "updated_at < ?", f.Changed},
	} {
		if w.asked {
			q = q.Where(w.text, w.value)
		}
	}
	return q
}

// linked reads the notes of a topic, or else of an author, along the links:
// they are in the order of the notes' last change.
func (s store) linked(ctx context.Context, f Filter, at places, after *listCursor) ([]*listRow, error) {
	table, column, id := "note_topics", "topic_id", at.topic
	if at.topic == uuid.Nil {
		table, column, id = "note_authors", "author_id", at.author
		at.author = uuid.Nil
	}
	at.topic = uuid.Nil
	way, than := wayOf(f)
	q := s.inReview(s.filtered(ctx, f, at), f).Joins("JOIN "+table+" l ON l.note_id = notes.id").Where("l."+column+" = ?", id)
	if after != nil {
		q = q.Where("(l.note_updated_at, l.note_id) "+than+" (?, ?)", after.at, after.id)
	}
	return s.page(q.Order("l.note_updated_at "+way+", l.note_id "+way), f.Limit+1)
}

// inTwo reads on from a cursor in two steps that SQLite can both take along an
// index made of an expression: what has the cursor's very key, and what comes
// after it. A comparison of pairs would read the index from its beginning.
func (s store) inTwo(ctx context.Context, f Filter, at places, after *listCursor) ([]*listRow, error) {
	key, value := s.sortKey(f.Sort), any(after.at)
	way, than := wayOf(f)
	place := "?"
	if f.Sort == ByTitle {
		place, value = "lower(?)", after.title
	}
	same := s.narrowed(ctx, f, at).Where(key+" = "+place+" AND notes.id "+than+" ?", value, after.id).Order("notes.id " + way)
	out, err := s.page(same, f.Limit+1)
	if err != nil || len(out) > f.Limit {
		return out, err
	}
	rest := s.narrowed(ctx, f, at).Where(key+" "+than+" "+place, value).Order(key + " " + way + ", notes.id " + way)
	more, err := s.page(rest, f.Limit+1-len(out))
	return slices.Concat(out, more), err
}

// sortKey is the expression that an index of the list is made of.
func (s store) sortKey(by Sort) string {
	postgres := s.db.Engine() == db.Postgres
	switch {
	case by == ByTitle && postgres:
		return `(lower(title) COLLATE "C")`
	case by == ByTitle:
		return "lower(title)"
	case by == ByPublication && postgres:
		return "COALESCE(published_at, TIMESTAMPTZ '1970-01-01 00:00:00+00')"
	case by == ByPublication:
		return "COALESCE(published_at, '1970-01-01 00:00:00+00:00')"
	}
	return "updated_at"
}

func wayOf(f Filter) (way, than string) {
	if (f.Sort == ByTitle) != f.Reverse {
		return "ASC", ">"
	}
	return "DESC", "<"
}

// ordered sorts by a key and then the id, and begins after the cursor.
func (s store) ordered(q *gorm.DB, f Filter, after *listCursor) *gorm.DB {
	key := s.sortKey(f.Sort)
	way, than := wayOf(f)
	switch {
	case after == nil:
	case f.Sort == ByTitle:
		q = q.Where("("+key+", notes.id) "+than+" (lower(?), ?)", after.title, after.id)
	default:
		q = q.Where("("+key+", notes.id) "+than+" (?, ?)", after.at, after.id)
	}
	return q.Order(key + " " + way + ", notes.id " + way)
}

// inReview keeps the notes in review, if the filter asks about reviews.
func (s store) inReview(q *gorm.DB, f Filter) *gorm.DB {
	if f.Review != "" {
		q = q.Where("submission_id IN (SELECT id FROM submissions WHERE state = ?)", f.Review)
	}
	if f.Reviewer == uuid.Nil {
		return q
	}
	// The list is short and its shape is ours, so a part of its text will do.
	column := "reviewers"
	if s.db.Engine() == db.Postgres {
		column = "reviewers::text"
	}
	return q.Where("submission_id IN (SELECT id FROM submissions WHERE "+column+" LIKE ? OR "+column+" = '[]')", "%"+f.Reviewer.String()+"%")
}

// selected names the notes of a filter and, if there are more than its limit,
// one more.
func (s store) selected(ctx context.Context, f Filter, at places) (out []*Selected, err error) {
	return out, s.ordered(s.narrowed(ctx, f, at).Model(&Note{}), f, nil).Limit(f.Limit + 1).Find(&out).Error
}
