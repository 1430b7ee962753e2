package media

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

func (s store) insertEdition(ctx context.Context, e *Edition) error {
	return s.db.Write(ctx).Create(e).Error
}

func (s store) edition(ctx context.Context, id uuid.UUID, number int) (*Edition, error) {
	var e Edition
	err := s.db.Read(ctx).Where("media_id = ? AND number = ?", id, number).Take(&e).Error
	if db.IsNotFound(err) {
		return nil, errNoItem
	}
	if err != nil {
		return nil, err
	}
	return &e, nil
}

// editionsListed bounds the history that is shown.
const editionsListed = 100

func (s store) editions(ctx context.Context, id uuid.UUID) (out []*Edition, err error) {
	return out, s.db.Read(ctx).Where("media_id = ?", id).Order("number DESC").Limit(editionsListed).Find(&out).Error
}

// editionsAfter lists the editions that were replaced after a moment, newest
// first.
func (s store) editionsAfter(ctx context.Context, at time.Time, ids []uuid.UUID) (out []*Edition, err error) {
	return out, s.db.Read(ctx).Where("media_id IN ? AND replaced_at > ?", ids, at).Order("number DESC").Find(&out).Error
}

// cardless finds pictures whose card was never cut.
func (s store) cardless(ctx context.Context, before time.Time, limit int) (out []*Item, err error) {
	q := s.db.Read(ctx).Where(alive).Where("card = '' AND state = ? AND edition_at < ? AND width >= ? AND height >= ? AND content_type <> 'image/gif'", Ready, before, cardLeast, cardLeast*cardHeight/cardWidth)
	return out, q.Order("id").Limit(limit).Find(&out).Error
}
