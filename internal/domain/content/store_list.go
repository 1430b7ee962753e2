package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

// published begins every read of notes for readers: nothing that is not
// published, and nothing before its moment.
func (s store) published(ctx context.Context, now time.Time) *gorm.DB {
	return s.db.Read(ctx).Model(&Note{}).Where("status = 'published' AND published_at <= ?", now)
}

// until bounds notes by date from above, where something else says from where an
// index is read. SQLite would begin at one such bound, whichever comes first, and
// walk from there to the other: a plus keeps it from that.
func (s store) until() string {
	if s.db.Engine() == db.SQLite {
		return "+published_at"
	}
	return "published_at"
}

// narrow keeps the notes that a query asks for, behind a place or all.
func (s store) narrow(ctx context.Context, q Query, after *place, now time.Time) *gorm.DB {
	dates := "published_at"
	if by, reverse := q.Order.column(); by != orders[0] || reverse && after != nil {
		dates = s.until()
	}
	notes := s.db.Read(ctx).Model(&Note{}).Where("status = 'published' AND "+dates+" <= ?", now)
	for column, id := range map[string]uuid.UUID{"series_id": q.Series, "issue_id": q.Issue} {
		if id != uuid.Nil {
			notes = notes.Where(column+" = ?", id)
		}
	}
	if q.Topic != uuid.Nil {
		notes = notes.Where("id IN (SELECT note_id FROM note_topics WHERE topic_id = ?)", q.Topic)
	}
	if q.Author != uuid.Nil {
		notes = notes.Where("id IN (SELECT note_id FROM note_authors WHERE author_id = ?)", q.Author)
	}
	if q.Kind != "" {
		notes = notes.Where("kind = ?", q.Kind)
	}
	if !q.From.IsZero() {
		notes = notes.Where("published_at >= ?", q.From)
	}
	if !q.To.IsZero() {
		notes = notes.Where(dates+" < ?", q.To)
	}
	if q.Where != nil {
		where, args := s.where(q.Where)
		notes = notes.Where(where, args...)
	}
	return notes
}

func (s store) publishedList(ctx context.Context, q Query, after *place, now time.Time) (out []*Note, err error) {
	return out, s.inOrder(s.narrow(ctx, q, after, now), q.Order, after).Limit(q.Limit + 1).Find(&out).Error
}

func (s store) publishedCount(ctx context.Context, q Query, now time.Time) (n int64, err error) {
	return n, s.narrow(ctx, q, nil, now).Count(&n).Error
}

// inOrder goes along the index of an order, from behind a place in it. Pairs
// are compared only behind an equal key: SQLite would read an index made of an
// expression from its beginning.
func (s store) inOrder(q *gorm.DB, o Order, after *place) *gorm.DB {
	name, reverse := o.column()
	key, value := name, "?"
	if name == byTitle {
		key, value = s.sortKey(ByTitle), "lower(?)"
	}
	way, than := "", ">"
	if reverse {
		way, than = " DESC", "<"
	}
	if after != nil {
		q = q.Where(key+" "+than+"= "+value+" AND ("+key+", notes.id) "+than+" ("+value+", ?)", after.key, after.key, after.id)
	}
	return q.Order(key + way + ", notes.id" + way)
}

func (s store) publishedByID(ctx context.Context, ids []uuid.UUID, now time.Time) (out []*Note, err error) {
	return out, s.published(ctx, now).Where("id IN ?", ids).Find(&out).Error
}

// fitting says which of some notes a condition fits.
func (s store) fitting(ctx context.Context, ids []uuid.UUID, c *Condition) (map[uuid.UUID]bool, error) {
	fit := map[uuid.UUID]bool{}
	if len(ids) == 0 {
		return fit, nil
	}
	where, args := s.where(c)
	var notes []*Note
	err := s.db.Read(ctx).Select("id").Where("id IN ?", ids).Where(where, args...).Find(&notes).Error
	for _, n := range notes {
		fit[n.ID] = true
	}
	return fit, err
}

// publishedFrom lists published notes after one, newest first.
func (s store) publishedFrom(ctx context.Context, after cursor, limit int) (out []*Note, err error) {
	q := s.db.Read(ctx).Select("id", "published_at").Where("status = 'published' AND (published_at, id) < (?, ?)", after.at, after.id)
	return out, q.Order("published_at DESC, id DESC").Limit(limit).Find(&out).Error
}

// neighbour finds the published note of a series next to a place in it; nil at
// the end.
func (s store) neighbour(ctx context.Context, series uuid.UUID, at cursor, before bool, now time.Time) (*Note, error) {
	where, order := "(published_at, id) > (?, ?)", "published_at, id"
	if before {
		where, order = "(published_at, id) < (?, ?)", "published_at DESC, id DESC"
	}
	var out []*Note
	err := s.db.Read(ctx).Where("status = 'published' AND "+s.until()+" <= ?", now).Where("series_id = ?", series).Where(where, at.at, at.id).Order(order).Limit(1).Find(&out).Error
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return out[0], nil
}

// links reads the authors and topics of notes, in the order shown.
func (s store) links(ctx context.Context, notes []uuid.UUID) (authors, topics map[uuid.UUID][]uuid.UUID, err error) {
	var a []noteAuthor
	var t []noteTopic
	if len(notes) > 0 {
		if err := s.db.Read(ctx).Where("note_id IN ?", notes).Order("position").Find(&a).Error; err != nil {
			return nil, nil, err
		}
		if err := s.db.Read(ctx).Where("note_id IN ?", notes).Order("position").Find(&t).Error; err != nil {
			return nil, nil, err
		}
	}
	authors, topics = map[uuid.UUID][]uuid.UUID{}, map[uuid.UUID][]uuid.UUID{}
	for _, x := range a {
		authors[x.NoteID] = append(authors[x.NoteID], x.AuthorID)
	}
	for _, x := range t {
		topics[x.NoteID] = append(topics[x.NoteID], x.TopicID)
	}
	return authors, topics, nil
}

func (s store) monthCounts(ctx context.Context, now time.Time) ([]Month, error) {
	month := "to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM')"
	if s.db.Engine() == db.SQLite {
		month = "substr(published_at, 1, 7)"
	}
	var rows []struct {
		Month string
		Notes int
	}
	err := s.published(ctx, now).Select(month + " AS month, COUNT(*) AS notes").Group(month).Order("month DESC").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]Month, 0, len(rows))
	for _, r := range rows {
		first, err := time.Parse("2006-01", r.Month)
		if err != nil {
			return nil, err
		}
		out = append(out, Month{first, r.Notes})
	}
	return out, nil
}
