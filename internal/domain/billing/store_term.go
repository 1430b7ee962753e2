package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// termTables are the models of dated rights and of what leads to them.
func termTables() []any {
	return []any{&Term{}, &meteredRead{}, &sale{}, &Present{}, &NotePrice{}, &Order{}}
}

// insertTerm writes a term unless one from the same source is there.
func (s store) insertTerm(ctx context.Context, t *Term) (fresh bool, err error) {
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(t)
	return res.RowsAffected == 1, res.Error
}

func (s store) saveTerm(ctx context.Context, t *Term) error {
	return s.db.Write(ctx).Model(&Term{}).Where("id = ?", t.ID).Select("*").Omit("id", "owner_kind", "owner_id", "created_at").Updates(t).Error
}

func (s store) term(ctx context.Context, id uuid.UUID) (*Term, error) {
	return one[Term](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) termForUpdate(ctx context.Context, id uuid.UUID) (*Term, error) {
	return one[Term](s.locked(ctx).Where("id = ?", id))
}

// termFrom finds the term that came from something, or nil.
func (s store) termFrom(ctx context.Context, source TermSource, id string) (*Term, error) {
	return one[Term](s.db.Read(ctx).Where("source = ? AND source_id = ? AND source_id <> ''", source, id))
}

func (s store) termFromForUpdate(ctx context.Context, source TermSource, id string) (*Term, error) {
	return one[Term](s.locked(ctx).Where("source = ? AND source_id = ? AND source_id <> ''", source, id))
}

func (s store) termsOf(ctx context.Context, o Owner) (out []*Term, err error) {
	return out, s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("ends_at DESC, id DESC").Find(&out).Error
}

// termStanding is a row of the query behind TermStandings.
type termStanding struct {
	Plan             string
	Source           TermSource
	StartsAt, EndsAt time.Time
	OpenUntil        *time.Time
}

// termStandings is asked for every gated page, so it is one statement on one
// index.
func (s store) termStandings(ctx context.Context, o Owner) (out []termStanding, err error) {
	const query = `SELECT COALESCE(p.slug, '') AS plan, t.source, t.starts_at, t.ends_at, t.open_until
		FROM terms t LEFT JOIN plans p ON p.id = t.plan_id
		WHERE t.owner_kind = ? AND t.owner_id = ? AND t.revoked_at IS NULL ORDER BY t.ends_at DESC, t.id DESC`
	return out, s.db.Read(ctx).Raw(query, o.Kind, o.ID).Scan(&out).Error
}

// termsEnding lists open terms that end before a moment and whose owner has
// not been told of that end.
func (s store) termsEnding(ctx context.Context, now, before time.Time, limit int) (out []*Term, err error) {
	const due = `revoked_at IS NULL AND open_until IS NULL AND owner_kind = 'member' AND starts_at <= ? AND ends_at > ? AND ends_at <= ?
		AND (reminded_for IS NULL OR reminded_for <> ends_at)`
	return out, s.db.Read(ctx).Where(due, now, now, before).Order("ends_at, id").Limit(limit).Find(&out).Error
}

// remindTerm notes that the owner is told of this end. It tells false when
// somebody else noted it, or the end was moved meanwhile.
func (s store) remindTerm(ctx context.Context, t *Term) (bool, error) {
	res := s.db.Write(ctx).Model(&Term{}).
		Where("id = ? AND version = ? AND revoked_at IS NULL AND (reminded_for IS NULL OR reminded_for <> ends_at)", t.ID, t.Version).
		UpdateColumn("reminded_for", t.EndsAt)
	return res.RowsAffected == 1, res.Error
}
