package media

import (
	"context"

	"lighttrends/internal/domain/media/picture"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/memo"
)

// Recorder appends to the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// Deps is what the room needs from outside.
type Deps struct {
	DB         *db.DB
	Clock      clock.Clock
	Journal    Recorder
	Files      blob.Store
	Notes      Notes // that files are attached to
	Gates      Gates
	Gatekeeper Gatekeeper
	Atlas      Atlas // nil: places have no names
	// FourEyes tells whether nothing may reach readers that only one person has
	// seen; nil: it may.
	FourEyes func(ctx context.Context) (bool, error)
}

// Shelf keeps the pictures. A process needs one: its darkroom works on one
// picture at a time. It is safe for concurrent use.
type Shelf struct {
	Deps
	store    store
	darkroom *picture.Darkroom
	copies   *memo.Copies[[]*Item]
	attached *memo.Copies[[]*Attachment]
}

// topicNews is the topic under which any change of pictures is announced.
const topicNews = "media"

// TopicShown announces that what readers may see of a picture has changed, after
// the copies here were dropped: its file, its sizes, or what is said of it. A
// picture that comes in is shown by nothing yet.
const TopicShown = "media shown"

// copyWeight bounds the memory for copies of rows, in bytes, and rowWeight is
// what one takes, about.
const (
	copyWeight = 8 << 20
	rowWeight  = 1 << 10
)

// New opens the room.
func New(d Deps) *Shelf {
	s := &Shelf{
		Deps: d, store: store{d.DB}, darkroom: picture.NewDarkroom(),
		copies:   memo.New(copyWeight, func(rows []*Item) uint32 { return rowWeight * uint32(1+len(rows)) }),         //nolint:gosec // short lists
		attached: memo.New(copyWeight, func(rows []*Attachment) uint32 { return 256 + rowWeight*uint32(len(rows)) }), //nolint:gosec // short lists
	}
	d.DB.Subscribe(topicNews, s.copies.Drop)
	d.DB.Subscribe(topicAttached, s.attached.Drop)
	return s
}

func (s *Shelf) shows(ctx context.Context) error {
	if err := s.DB.Announce(ctx, topicNews, ""); err != nil {
		return err
	}
	return s.DB.Announce(ctx, TopicShown, "")
}

// Faults of this room, beside those of the package picture.
var (
	errNoItem = fault.New(fault.NotFound, "media_not_found", "There is no such file.")
	errRace   = fault.New(fault.Conflict, "media_race", "The same file was uploaded and deleted at this very moment. Please try again.")
)

// record journals a change, with the filename and nothing else.
func (s *Shelf) record(ctx context.Context, verb string, i *Item) error {
	return s.Journal.Record(ctx, journal.Event{
		Verb: verb, Subject: "media", ID: i.ID.String(), Payload: map[string]any{"filename": i.Filename},
	})
}
