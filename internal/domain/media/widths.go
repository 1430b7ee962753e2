package media

import (
	"context"
	"io"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media/picture"
	"lighttrends/internal/platform/fault"
)

// makeWidths makes the smaller prints of a picture. It may run again after a
// crash, or twice at the same time: the files get the same names and the same
// bytes, and the row is changed once they are all there.
func (s *Shelf) makeWidths(ctx context.Context, id uuid.UUID) error {
	item, err := s.store.byID(ctx, id)
	if isGone(err) {
		return nil // deleted in the meantime
	}
	if err != nil || item.State == Ready {
		return err
	}
	raw, err := s.largest(ctx, item)
	if err != nil {
		return err
	}
	prints, err := s.darkroom.Reduce(ctx, raw, item.planned())
	if err != nil {
		return err
	}
	made := []Variant{}
	for _, p := range worthKeeping(prints, item.Bytes) {
		if err := s.keep(ctx, item.key(p.Width), p); err != nil {
			return err
		}
		made = append(made, Variant{p.Width, p.Height, int64(len(p.Bytes))})
	}
	if item.wantsCard() {
		if err := s.printCard(ctx, item, raw); err != nil {
			return err
		}
	}
	return s.settle(ctx, item, func(i *Item) { i.finish(made, item.cardMark()) })
}

// worthKeeping drops a smaller print that takes more bytes than the next
// larger one, as happens to drawings with few colours: the larger one is
// better and arrives sooner.
func worthKeeping(prints []*picture.Print, above int64) []*picture.Print {
	var out []*picture.Print
	for n := len(prints) - 1; n >= 0; n-- {
		if size := int64(len(prints[n].Bytes)); size < above {
			out = append([]*picture.Print{prints[n]}, out...)
			above = size
		}
	}
	return out
}

func (s *Shelf) largest(ctx context.Context, i *Item) ([]byte, error) {
	f, _, err := s.Files.Get(ctx, i.key(0))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(f)
}

// giveUp leaves a picture without smaller prints.
func (s *Shelf) giveUp(ctx context.Context, id uuid.UUID) error {
	item, err := s.store.byID(ctx, id)
	if isGone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.settle(ctx, item, func(i *Item) { i.State = Failed })
}

// settle ends the processing of a picture, unless it has ended already or its
// file was replaced in the meantime: then another job works on it.
func (s *Shelf) settle(ctx context.Context, began *Item, change func(*Item)) error {
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		item, err := s.store.forUpdate(ctx, began.ID)
		if isGone(err) {
			return nil
		}
		if err != nil || item.State == Ready || item.Prints != began.Prints {
			return err
		}
		change(item)
		if err := s.store.update(ctx, item); err != nil {
			return err
		}
		return s.shows(ctx)
	})
}

func isGone(err error) bool { return fault.HasCode(err, errNoItem.Code) }

// hopeless tells whether trying again is of no use: the print is lost or
// cannot be read. Nothing that went well is.
func hopeless(err error) bool {
	if err == nil {
		return false
	}
	switch fault.Of(err).Kind {
	case fault.NotFound, fault.Invalid, fault.Unsupported:
		return true
	}
	return false
}
