package publication

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

func (h *House) listLeads(ctx context.Context, state LeadState, l listing) (out []Lead, err error) {
	q := h.DB.Read(ctx).Order("id DESC").Limit(l.limit + 1)
	switch state {
	case LeadNew:
		q = q.Where("read_at IS NULL")
	case LeadOpen:
		q = q.Where("done_at IS NULL")
	case LeadDone:
		q = q.Where("done_at IS NOT NULL")
	}
	if l.after != uuid.Nil {
		q = q.Where("id < ?", l.after)
	}
	if l.search != "" {
		part := l.part()
		q = q.Where(`(LOWER(name) LIKE ? ESCAPE '\' OR LOWER(email) LIKE ? ESCAPE '\' OR LOWER(company) LIKE ? ESCAPE '\' OR LOWER(subject) LIKE ? ESCAPE '\')`,
			part, part, part, part)
	}
	return out, q.Find(&out).Error
}

func (h *House) readLead(ctx context.Context, id uuid.UUID) (Lead, error) {
	return oneLead(h.DB.Read(ctx), id)
}

func (h *House) lockLead(ctx context.Context, id uuid.UUID) (Lead, error) {
	return oneLead(h.DB.Write(ctx).Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func oneLead(q *gorm.DB, id uuid.UUID) (l Lead, err error) {
	err = q.Where("id = ?", id).Take(&l).Error
	if db.IsNotFound(err) {
		return l, errNoLead()
	}
	return l, err
}

// wroteFrom is the page of the newest letter from an address; "" for none.
func (h *House) wroteFrom(ctx context.Context, email string) (page string, err error) {
	var pages []string
	err = h.DB.Read(ctx).Model(&Lead{}).Where("LOWER(email) = LOWER(?)", email).Order("id DESC").Limit(1).Pluck("page", &pages).Error
	for _, one := range pages {
		page = one
	}
	return page, err
}

func (h *House) saveLead(ctx context.Context, l Lead) error {
	return h.DB.Write(ctx).Model(&Lead{}).Where("id = ?", l.ID).Select("read_at", "done_at", "remark").Updates(&l).Error
}
