package media

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// A file may wait for its row this long; a row may be deleted this long before
// its files go.
const graceForFiles = 24 * time.Hour

// sweepBatch is how many pictures are looked up at once.
const sweepBatch = 500

// sweep removes old files that no picture owns. An upload puts its file a
// moment before its row, so the young ones stay.
func (s *Shelf) sweep(ctx context.Context) (removed int, err error) {
	pictures, err := s.sweepFolder(ctx, keyFolder, s.store.owners)
	if err != nil {
		return pictures, err
	}
	attached, err := s.sweepFolder(ctx, attachmentFolder, s.store.attachmentOwners)
	return pictures + attached, err
}

// cardsPerDay bounds how many missing cards one sweep asks for.
const cardsPerDay = 1000

// cutMissing asks for the cards that were never cut, such as those of pictures
// from before there were cards.
func (s *Shelf) cutMissing(ctx context.Context) error {
	items, err := s.store.cardless(ctx, s.Clock.Now().Add(-graceForFiles), cardsPerDay)
	if err != nil {
		return err
	}
	for _, i := range items {
		if err := s.DB.Enqueue(ctx, CardArgs{i.ID}, nil); err != nil {
			return err
		}
	}
	return nil
}

// owners finds out which ids still have their files.
type owners func(ctx context.Context, ids []uuid.UUID, before time.Time) (map[uuid.UUID]bool, error)

func (s *Shelf) sweepFolder(ctx context.Context, folder string, find owners) (removed int, err error) {
	before := s.Clock.Now().Add(-graceForFiles)
	batch := map[uuid.UUID][]string{}
	flush := func() error {
		n, err := s.sweepFiles(ctx, batch, before, find)
		removed += n
		clear(batch)
		return err
	}
	for info, err := range s.Files.List(ctx, folder) {
		if err != nil {
			return removed, err
		}
		id, ours := ownerOf(folder, info.Key)
		if !ours || !info.Modified.Before(before) {
			continue
		}
		batch[id] = append(batch[id], info.Key)
		if len(batch) == sweepBatch {
			if err := flush(); err != nil {
				return removed, err
			}
		}
	}
	return removed, flush()
}

func (s *Shelf) sweepFiles(ctx context.Context, files map[uuid.UUID][]string, before time.Time, find owners) (removed int, err error) {
	ids := make([]uuid.UUID, 0, len(files))
	for id := range files {
		ids = append(ids, id)
	}
	owned, err := find(ctx, ids, before)
	if err != nil {
		return 0, err
	}
	for id, keys := range files {
		if owned[id] {
			continue
		}
		for _, key := range keys {
			if err := s.Files.Delete(ctx, key); err != nil {
				return removed, err
			}
			removed++
		}
	}
	return removed, nil
}
