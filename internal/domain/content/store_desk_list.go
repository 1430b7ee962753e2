package content

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

// deskList is one page of the desk's list and one row more, if there is one.
func (s store) deskList(ctx context.Context, f Filter, at places, after *listCursor) (out []*Note, err error) {
	q := s.inReview(s.byWords(s.filtered(ctx, f, at), f), f)
	return out, s.ordered(q, f, after).Limit(f.Limit + 1).Find(&out).Error
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
		{at.topic != uuid.Nil, "id IN (SELECT note_id FROM note_topics WHERE topic_id = ?)", at.topic},
		{at.author != uuid.Nil, "id IN (SELECT note_id FROM note_authors WHERE author_id = ?)", at.author},
		{f.Editor != uuid.Nil, "id IN (SELECT note_id FROM revisions WHERE created_by = ?)", f.Editor},
		{!f.ChangedFrom.IsZero(), "updated_at >= ?", f.ChangedFrom},
		{!f.Changed.IsZero(), "updated_at < ?", f.Changed},
	} {
		if w.asked {
			q = q.Where(w.text, w.value)
		}
	}
	return q
}

// byWords finds words by their beginnings, and a part of a title. On Postgres
// the found ids are an array: with a plain condition the planner, which cannot
// know how rare a word is, would rather read the whole table in order.
func (s store) byWords(q *gorm.DB, f Filter) *gorm.DB {
	postgres := s.db.Engine() == db.Postgres
	if f.Title != "" {
		like := "LIKE"
		if postgres {
			like = "ILIKE"
		}
		q = q.Where("title "+like+` ? ESCAPE '\'`, "%"+escapeLike(f.Title)+"%")
	}
	terms := words(f.Words)
	switch {
	case f.Words == "":
		return q
	case len(terms) == 0:
		return q.Where("1 = 0") // nothing but signs: no word is like that
	case postgres:
		const found = `id = ANY(ARRAY(SELECT w.id FROM notes w WHERE to_tsvector('simple', translate(w.title || ' ' || w.abstract, '.-/&@:_+=', '         ')) @@ to_tsquery('simple', ?)))`
		return q.Where(found, "'"+strings.Join(terms, "':* & '")+"':*")
	}
	const found = "id IN (SELECT t.note_id FROM note_words JOIN note_titles t ON t.id = note_words.rowid WHERE note_words MATCH ?)"
	return q.Where(found, `"`+strings.Join(terms, `"* "`)+`"*`)
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

// ordered sorts by a key and then the id, and begins after the cursor.
func (s store) ordered(q *gorm.DB, f Filter, after *listCursor) *gorm.DB {
	key := s.sortKey(f.Sort)
	way, than := "DESC", "<"
	if (f.Sort == ByTitle) != f.Reverse {
		way, than = "ASC", ">"
	}
	if after == nil {
		return q.Order(key + " " + way + ", id " + way)
	}
	if f.Sort == ByTitle {
		q = q.Where("("+key+", id) "+than+" (lower(?), ?)", after.title, after.id)
	} else {
		q = q.Where("("+key+", id) "+than+" (?, ?)", after.at, after.id)
	}
	return q.Order(key + " " + way + ", id " + way)
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
	q := s.inReview(s.byWords(s.filtered(ctx, f, at), f), f)
	return out, s.ordered(q.Model(&Note{}), f, nil).Limit(f.Limit + 1).Find(&out).Error
}
