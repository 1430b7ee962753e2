package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media/picture"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Edition is what a picture was before its file was replaced. It never changes.
type Edition struct {
	MediaID    uuid.UUID `gorm:"type:uuid;primaryKey"`
	Number     int       `gorm:"primaryKey;autoIncrement:false"`
	Prints     uuid.UUID `gorm:"type:uuid"`
	Bytes      int64
	Width      int
	Height     int
	Variants   []Variant `gorm:"type:jsonb;serializer:json"`
	MadeAt     time.Time
	MadeByName string
	ReplacedAt time.Time
}

// TableName implements gorm's Tabler.
func (Edition) TableName() string { return "media_editions" }

// past writes down what the picture is, before it becomes something else.
func (i *Item) past(now time.Time) *Edition {
	return &Edition{
		MediaID: i.ID, Number: i.Edition, Prints: i.Prints, Bytes: i.Bytes, Width: i.Width, Height: i.Height,
		Variants: i.Variants, MadeAt: i.EditionAt, MadeByName: i.EditionByName, ReplacedAt: now,
	}
}

// in gives the picture as it was in an edition.
func (i *Item) in(e *Edition) *Item {
	was := *i
	was.Edition, was.Prints, was.Bytes, was.Width, was.Height = e.Number, e.Prints, e.Bytes, e.Width, e.Height
	was.Variants, was.State, was.EditionAt, was.EditionByName, was.Card = e.Variants, Ready, e.MadeAt, e.MadeByName, ""
	return &was
}

// Faults of replacing.
var (
	errOtherType = fault.New(fault.Conflict, "media_other_type", "The new file would become another type of file. The address of the picture names its type, so please send the same one, or upload it as a new picture.")
	errElsewhere = fault.New(fault.Conflict, "media_is_another", "This very file is another picture of the library already.")
	errLiveFile  = fault.New(fault.Forbidden, "media_is_live", "Readers see this picture. Replacing it takes the right to publish.")
	errLiveEyes  = fault.New(fault.Conflict, "media_four_eyes", "Readers see this picture, and here two people look at everything before readers do. Please upload the new one and put it into the draft.")
)

// Replace gives a picture another file: a new edition under the same id and
// address. Every text that shows it shows the new one at once; versions of a
// note that were published before keep the old one, which stays for them.
// It must become the same type of file. The same file again changes nothing.
func (s *Shelf) Replace(ctx context.Context, id uuid.UUID, in Upload) (*Item, error) {
	item, made, sum, err := s.receiveEdition(ctx, id, in)
	if err != nil || made == nil {
		return item, err
	}
	prints, by := db.NewID(), actor.From(ctx).Name
	fresh := *item
	fresh.Prints = prints
	if err := s.keep(ctx, fresh.key(0), made); err != nil {
		return nil, err
	}
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		if item, err = s.store.forUpdate(ctx, id); err != nil || bytes.Equal(item.SHA256, sum) {
			return err
		}
		// Asked again here: it may have been published while the file came in.
		if err := s.mayReplace(ctx, item); err != nil {
			return err
		}
		now := s.Clock.Now()
		if err := s.store.insertEdition(ctx, item.past(now)); err != nil {
			return err
		}
		item.take(made, sum, prints, now, by)
		item.Card = ""
		return s.saveEdition(ctx, item)
	})
	if db.IsDuplicate(err) {
		return nil, errElsewhere
	}
	if err != nil {
		return nil, err
	}
	return item, nil
}

func (s *Shelf) saveEdition(ctx context.Context, i *Item) error {
	if err := s.store.update(ctx, i); err != nil {
		return err
	}
	if i.State == Processing {
		if err := s.DB.Enqueue(ctx, WidthsArgs{i.ID}, nil); err != nil {
			return err
		}
	}
	err := s.Journal.Record(ctx, journal.Event{
		Verb: "media.replaced", Subject: "media", ID: i.ID.String(), Payload: map[string]any{"filename": i.Filename, "edition": i.Edition},
	})
	if err != nil {
		return err
	}
	return s.shows(ctx)
}

// Pin gives the pictures in a text the addresses of what they were at a moment.
func (s *Shelf) Pin(ctx context.Context, html string, at time.Time) (string, error) {
	var ids []uuid.UUID
	for _, m := range named.FindAllStringSubmatch(html, -1) {
		if id, err := uuid.Parse(m[1]); err == nil {
			ids = append(ids, id)
		}
	}
	items, err := s.ItemsAt(ctx, at, ids...)
	if err != nil {
		return "", err
	}
	for _, i := range items {
		html = strings.ReplaceAll(html, `"`+i.Path()+`"`, `"`+i.Address(0)+`"`)
	}
	return html, nil
}

// receiveEdition reads and develops the new file. It gives no print when it is
// the file that is there.
func (s *Shelf) receiveEdition(ctx context.Context, id uuid.UUID, in Upload) (*Item, *picture.Print, []byte, error) {
	if err := actor.Require(ctx, actor.MediaWrite); err != nil {
		return nil, nil, nil, err
	}
	if err := in.Validate(); err != nil {
		return nil, nil, nil, err
	}
	item, err := s.store.byID(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := s.mayReplace(ctx, item); err != nil {
		return nil, nil, nil, err
	}
	raw, err := in.read(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	sum := sha256.Sum256(raw)
	if bytes.Equal(item.SHA256, sum[:]) {
		return item, nil, nil, nil
	}
	made, err := s.darkroom.Develop(ctx, raw)
	if err != nil {
		return nil, nil, nil, err
	}
	if made.Format != item.format() {
		return nil, nil, nil, errOtherType
	}
	return item, made, sum[:], nil
}

// mayReplace holds replacing to the rules of publishing where readers see the
// picture: what they see of it changes at once, and nobody looks at it again.
func (s *Shelf) mayReplace(ctx context.Context, i *Item) error {
	places, err := s.places(ctx, i.ID)
	if err != nil {
		return err
	}
	live := false
	for _, p := range places {
		live = live || p.Live
	}
	if !live {
		return nil
	}
	if !actor.From(ctx).Can(actor.NotesPublish) {
		return errLiveFile
	}
	if s.FourEyes == nil {
		return nil
	}
	four, err := s.FourEyes(ctx)
	if err == nil && four {
		err = errLiveEyes
	}
	return err
}

// Editions lists what a picture was before, newest first, for staff.
func (s *Shelf) Editions(ctx context.Context, id uuid.UUID) ([]*Item, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	item, err := s.Item(ctx, id)
	if err != nil || item.Edition == 1 {
		return nil, err
	}
	past, err := s.store.editions(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]*Item, len(past))
	for i, e := range past {
		out[i] = item.in(e)
	}
	return out, nil
}

// ItemsAt gives pictures as they were at a moment, for what was published
// then. A picture that came later is given as it came.
func (s *Shelf) ItemsAt(ctx context.Context, at time.Time, ids ...uuid.UUID) (map[uuid.UUID]*Item, error) {
	items, err := s.Items(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var replaced []uuid.UUID
	for id, i := range items {
		if i.EditionAt.After(at) && i.Edition > 1 {
			replaced = append(replaced, id)
		}
	}
	if len(replaced) == 0 {
		return items, nil
	}
	past, err := s.store.editionsAfter(ctx, at, replaced)
	for _, e := range past { // the oldest comes last
		items[e.MediaID] = items[e.MediaID].in(e)
	}
	return items, err
}
