package media

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Describe changes the texts of a picture.
func (s *Shelf) Describe(ctx context.Context, id uuid.UUID, alt, caption string) (*Item, error) {
	var f fault.Fields
	checkTexts(&f, &alt, &caption)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return s.change(ctx, id, "media.described", func(i *Item) { i.describe(alt, caption) })
}

// Delete takes a picture away. Its addresses are not found from then on, and
// its files are removed within two days; copies in caches may live longer. The
// same bytes may be uploaded again and become another picture.
func (s *Shelf) Delete(ctx context.Context, id uuid.UUID) error {
	now := s.Clock.Now()
	_, err := s.change(ctx, id, "media.deleted", func(i *Item) { i.DeletedAt = &now })
	return err
}

func (s *Shelf) change(ctx context.Context, id uuid.UUID, verb string, change func(*Item)) (item *Item, err error) {
	if err := actor.Require(ctx, actor.MediaWrite); err != nil {
		return nil, err
	}
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		if item, err = s.store.forUpdate(ctx, id); err != nil {
			return err
		}
		change(item)
		if err := s.store.update(ctx, item); err != nil {
			return err
		}
		if err := s.record(ctx, verb, item); err != nil {
			return err
		}
		return s.DB.Announce(ctx, topicNews, "")
	})
	if err != nil {
		return nil, err
	}
	return item, nil
}
