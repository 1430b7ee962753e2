package publication

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func (h *House) listRedirects(ctx context.Context, l listing) (out []Redirect, err error) {
	q := h.DB.Read(ctx).Order("id DESC").Limit(l.limit + 1)
	if l.after != uuid.Nil {
		q = q.Where("id < ?", l.after)
	}
	if l.search != "" {
		part := l.part()
		q = q.Where(`(LOWER(from_path) LIKE ? ESCAPE '\' OR LOWER(target) LIKE ? ESCAPE '\')`, part, part)
	}
	return out, q.Find(&out).Error
}

func (h *House) findRedirect(ctx context.Context, from string) (Redirect, bool, error) {
	return redirectAt(h.DB.Read(ctx), from)
}

// lockedRedirectAt reads what the running transaction sees, but for one.
func (h *House) lockedRedirectAt(ctx context.Context, from string, but uuid.UUID) (Redirect, bool, error) {
	return redirectAt(h.DB.Write(ctx).Where("id <> ?", but), from)
}

func redirectAt(q *gorm.DB, from string) (r Redirect, found bool, err error) {
	err = q.Where("from_path = ?", from).Take(&r).Error
	if db.IsNotFound(err) {
		return r, false, nil
	}
	return r, err == nil, err
}

func (h *House) readRedirect(ctx context.Context, id uuid.UUID) (Redirect, error) {
	return oneRedirect(h.DB.Read(ctx), id)
}

func (h *House) lockRedirect(ctx context.Context, id uuid.UUID) (Redirect, error) {
	return oneRedirect(h.DB.Write(ctx).Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func oneRedirect(q *gorm.DB, id uuid.UUID) (r Redirect, err error) {
	err = q.Where("id = ?", id).Take(&r).Error
	if db.IsNotFound(err) {
		return r, errNoRedirect()
	}
	return r, err
}

func (h *House) insertRedirect(ctx context.Context, r Redirect) error {
	return redirectTaken(h.DB.Write(ctx).Create(&r).Error)
}

func (h *House) saveRedirect(ctx context.Context, r Redirect) error {
	return redirectTaken(h.DB.Write(ctx).Model(&Redirect{}).Where("id = ?", r.ID).Select("From", "To", "Permanent", "UpdatedAt").Updates(&r).Error)
}

func (h *House) deleteRedirect(ctx context.Context, id uuid.UUID) error {
	return h.DB.Write(ctx).Where("id = ?", id).Delete(&Redirect{}).Error
}

func redirectTaken(err error) error {
	if !db.IsDuplicate(err) {
		return err
	}
	var f fault.Fields
	f.Add("/from", "taken", "There is a redirect from this address already.")
	return f.Err()
}
