package media

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media/picture"
	"lighttrends/internal/platform/fault"
)

// Focus is the point of a picture that no crop may lose, in per cent of its
// width and height from the top left. A crop puts the same point of its frame
// upon it, as CSS does with object-position.
type Focus struct{ X, Y int }

var centre = Focus{50, 50}

// Validate lists every broken rule.
func (f Focus) Validate() error {
	var bad fault.Fields
	bad.Check(f.X >= 0 && f.X <= 100, "/x", "out_of_range", "From 0 to 100.")
	bad.Check(f.Y >= 0 && f.Y <= 100, "/y", "out_of_range", "From 0 to 100.")
	return bad.Err()
}

// Size of the card that other sites show for a page.
const (
	cardWidth  = 1200
	cardHeight = 630
	cardLeast  = 600 // below this width sites show no large card
)

// wantsCard tells whether a card can be cut from the picture.
func (i *Item) wantsCard() bool {
	return i.format() != picture.GIF && i.Width >= cardLeast && i.Height >= cardLeast*cardHeight/cardWidth
}

// cardMark says which edition and focus a card is of. It is part of its
// address and of the name of its file.
func (i *Item) cardMark() string { return fmt.Sprintf("%d-%d-%d", i.Edition, i.Focus.X, i.Focus.Y) }

// CardAddress is where the picture cut for a card is, or its largest print when
// none is cut. Like Address it never names anything else.
func (i *Item) CardAddress() string {
	if !i.wantsCard() {
		return i.Address(0)
	}
	return Address(i.ID, card, i.format()) + "?v=" + i.cardMark()
}

func (i *Item) cardKey() string {
	return keyFolder + i.Prints.String() + "/card-" + i.cardMark() + "." + string(i.format())
}

// FocusOn sets the point that crops keep. The card is cut anew by a job.
func (s *Shelf) FocusOn(ctx context.Context, id uuid.UUID, f Focus) (*Item, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	return s.change(ctx, id, "media.focused", func(ctx context.Context, i *Item) error {
		if i.Focus = f; !i.wantsCard() || i.Card == i.cardMark() {
			return nil
		}
		return s.DB.Enqueue(ctx, CardArgs{i.ID}, nil)
	})
}

// cutCard makes the card of a picture as it is now. It may run twice.
func (s *Shelf) cutCard(ctx context.Context, id uuid.UUID) error {
	item, err := s.store.byID(ctx, id)
	if isGone(err) {
		return nil
	}
	if err != nil || !item.wantsCard() || item.Card == item.cardMark() {
		return err
	}
	raw, err := s.largest(ctx, item)
	if err != nil {
		return err
	}
	if err := s.printCard(ctx, item, raw); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		now, err := s.store.forUpdate(ctx, id)
		if isGone(err) {
			return nil
		}
		if err != nil || now.cardMark() != item.cardMark() {
			return err // another change has asked for another card
		}
		now.Card = now.cardMark()
		if err := s.store.update(ctx, now); err != nil {
			return err
		}
		return s.shows(ctx)
	})
}

func (s *Shelf) printCard(ctx context.Context, i *Item, raw []byte) error {
	p, err := s.darkroom.Cut(ctx, raw, cardWidth, cardHeight, i.Focus.X, i.Focus.Y)
	if err != nil {
		return err
	}
	return s.keep(ctx, i.cardKey(), p)
}
