package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media/picture"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
)

// Upload takes a picture and answers once its largest print can be served.
// fresh is false when the same bytes were uploaded before: then the item is
// the one from that time, with its description, and nothing new is kept but
// the name.
func (s *Shelf) Upload(ctx context.Context, in Upload) (item *Item, fresh bool, err error) {
	if err := actor.Require(ctx, actor.MediaWrite); err != nil {
		return nil, false, err
	}
	if err := in.Validate(); err != nil {
		return nil, false, err
	}
	raw, err := in.read(ctx)
	if err != nil {
		return nil, false, err
	}
	sum := sha256.Sum256(raw)
	if item, err := s.again(ctx, sum[:], in.Filename); item != nil || err != nil {
		return item, false, err
	}
	made, err := s.darkroom.Develop(ctx, raw)
	if err != nil {
		return nil, false, err
	}
	if err := s.folderIs(ctx, in.Folder); err != nil {
		return nil, false, err
	}
	item = s.newItem(ctx, in, sum[:], made)
	if err := s.keep(ctx, item.key(0), made); err != nil {
		return nil, false, err
	}
	err = s.add(ctx, item)
	if db.IsDuplicate(err) {
		return s.tooLate(ctx, item)
	}
	// After any other error the commit may have happened, or not: the file
	// stays, and if it has no row the daily job removes it.
	if err != nil {
		return nil, false, err
	}
	return item, true, nil
}

// Import takes a picture that comes with imported notes: an Upload under its
// name, without texts. The importer acts as the system or as a person who may
// write media.
func (s *Shelf) Import(ctx context.Context, name string, r io.Reader) (*Item, error) {
	item, _, err := s.Upload(ctx, Upload{Filename: name, Body: r})
	return item, err
}

func (s *Shelf) newItem(ctx context.Context, in Upload, sum []byte, made *picture.Print) *Item {
	id, now := db.NewID(), s.Clock.Now()
	i := &Item{ID: id, Filename: in.Filename, Alt: in.Alt, Caption: in.Caption, FolderID: in.Folder, Focus: centre, CreatedAt: now}
	i.CreatedBy, i.CreatedByName = me(ctx)
	i.take(made, sum, id, now, i.CreatedByName)
	i.index()
	return i
}

// take makes a print the picture's present edition.
func (i *Item) take(p *picture.Print, sum []byte, prints uuid.UUID, now time.Time, by string) {
	i.ContentType, i.Bytes, i.SHA256 = p.Format.ContentType(), int64(len(p.Bytes)), sum
	i.Width, i.Height, i.Variants, i.State = p.Width, p.Height, []Variant{}, Ready
	i.Edition, i.Prints, i.EditionAt, i.EditionByName = i.Edition+1, prints, now, by
	if len(i.planned()) > 0 {
		i.State = Processing
	}
}

// me is who acts, and how they are called; nil for the system.
func me(ctx context.Context) (*uuid.UUID, string) {
	who := actor.From(ctx)
	if who.ID == uuid.Nil {
		return nil, who.Name
	}
	return &who.ID, who.Name
}

func (s *Shelf) keep(ctx context.Context, key string, p *picture.Print) error {
	return s.Files.Put(ctx, key, bytes.NewReader(p.Bytes), int64(len(p.Bytes)), p.Format.ContentType())
}

// add writes the row, its name, its record and the job for smaller widths.
func (s *Shelf) add(ctx context.Context, i *Item) error {
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		if err := s.store.insert(ctx, i); err != nil {
			return err
		}
		if err := s.store.name(ctx, i, i.Filename, s.Clock.Now()); err != nil {
			return err
		}
		if i.State == Processing {
			if err := s.DB.Enqueue(ctx, WidthsArgs{i.ID}, nil); err != nil {
				return err
			}
		}
		if err := s.record(ctx, "media.uploaded", i); err != nil {
			return err
		}
		return s.DB.Announce(ctx, topicNews, "")
	})
}

// again finds what the same bytes became before and gives it one more name. A
// picture whose smaller widths are missing gets another try at them. It
// returns nil when the bytes are new.
func (s *Shelf) again(ctx context.Context, sum []byte, name string) (item *Item, err error) {
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		if item, err = s.store.bySum(ctx, sum); item == nil || err != nil {
			return err
		}
		if err := s.store.name(ctx, item, name, s.Clock.Now()); err != nil {
			return err
		}
		return s.retry(ctx, item)
	})
	if err != nil {
		return nil, err
	}
	return item, nil
}

// retry gives a picture whose smaller widths could not be made another chance.
func (s *Shelf) retry(ctx context.Context, i *Item) error {
	if !i.stuck(s.Clock.Now()) {
		return nil
	}
	i.State = Processing
	if err := s.store.update(ctx, i); err != nil {
		return err
	}
	if err := s.DB.Enqueue(ctx, WidthsArgs{i.ID}, nil); err != nil {
		return err
	}
	return s.DB.Announce(ctx, topicNews, "")
}

// tooLate is for the second of two uploads of the same bytes at the same time:
// its file goes, and the first one's item is its answer.
func (s *Shelf) tooLate(ctx context.Context, i *Item) (*Item, bool, error) {
	_ = s.Files.Delete(ctx, i.key(0)) // else the daily job does it
	first, err := s.again(ctx, i.SHA256, i.Filename)
	if first == nil && err == nil {
		err = errRace
	}
	return first, false, err
}
