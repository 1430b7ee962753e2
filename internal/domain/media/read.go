package media

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Item gives a picture.
func (s *Shelf) Item(ctx context.Context, id uuid.UUID) (*Item, error) {
	items, err := s.Items(ctx, id)
	if err != nil {
		return nil, err
	}
	if items[id] == nil {
		return nil, errNoItem
	}
	return items[id], nil
}

// Items gives several pictures at once, such as the covers of a list of notes.
// What is not there is not in the map.
func (s *Shelf) Items(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*Item, error) {
	if len(ids) == 0 {
		return map[uuid.UUID]*Item{}, nil
	}
	var key strings.Builder
	for _, id := range ids {
		key.Write(id[:])
	}
	rows, err := s.copies.Get(ctx, key.String(), func(ctx context.Context) ([]*Item, error) {
		return s.store.byIDs(ctx, ids)
	})
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]*Item, len(rows))
	for _, i := range rows {
		out[i.ID] = i
	}
	return out, nil
}

// Named gives the pictures that were given under this filename, the last one
// first, to staff who may read drafts.
func (s *Shelf) Named(ctx context.Context, filename string) ([]*Item, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.store.named(ctx, cleanName(filename))
}

// OfSize gives pictures whose largest print has this many bytes, the oldest
// first, to staff who may read drafts.
func (s *Shelf) OfSize(ctx context.Context, bytes int64) ([]*Item, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.store.ofSize(ctx, bytes)
}

// ByName gives the picture that was last uploaded under this filename. Who may
// read drafts may ask: names can be guessed.
func (s *Shelf) ByName(ctx context.Context, filename string) (*Item, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.store.byName(ctx, cleanName(filename))
}
