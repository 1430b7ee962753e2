package media

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Texts are what is said of a picture. Alt and caption are what a text gets
// that puts the picture in; what stands in texts already stays.
type Texts struct {
	Filename     string // for downloads; "" leaves it
	Alt, Caption string
}

// Validate tidies the texts and lists every broken rule.
func (t *Texts) Validate() error {
	t.Filename = cleanName(t.Filename)
	var f fault.Fields
	f.MaxRunes("/filename", t.Filename, 200)
	checkTexts(&f, &t.Alt, &t.Caption)
	return f.Err()
}

// Describe changes the texts of a picture. Under a new name it is found, too.
func (s *Shelf) Describe(ctx context.Context, id uuid.UUID, in Texts) (*Item, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	return s.change(ctx, id, "media.described", func(ctx context.Context, i *Item) error {
		if in.Filename != "" && in.Filename != i.Filename {
			if err := s.store.name(ctx, i, in.Filename, s.Clock.Now()); err != nil {
				return err
			}
		}
		i.describe(in)
		return nil
	})
}

// Delete takes a picture away that is shown nowhere. Its addresses are not
// found from then on, and its files are removed within two days; copies in
// caches may live longer. The same bytes may be uploaded again and become
// another picture. A picture that is shown somewhere, be it in an old revision
// that may be cited or restored, stays.
func (s *Shelf) Delete(ctx context.Context, id uuid.UUID) error {
	now := s.Clock.Now()
	_, err := s.change(ctx, id, "media.deleted", func(ctx context.Context, i *Item) error {
		if err := s.unused(ctx, i); err != nil {
			return err
		}
		i.DeletedAt = &now
		return nil
	})
	return err
}

func (s *Shelf) change(ctx context.Context, id uuid.UUID, verb string, change func(context.Context, *Item) error) (item *Item, err error) {
	if err := actor.Require(ctx, actor.MediaWrite); err != nil {
		return nil, err
	}
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		if item, err = s.store.forUpdate(ctx, id); err != nil {
			return err
		}
		if err := change(ctx, item); err != nil {
			return err
		}
		if err := s.store.update(ctx, item); err != nil {
			return err
		}
		if err := s.record(ctx, verb, item); err != nil {
			return err
		}
		return s.shows(ctx)
	})
	if err != nil {
		return nil, err
	}
	return item, nil
}
