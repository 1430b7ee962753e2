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
	before := s.Clock.Now().Add(-graceForFiles)
	batch := map[uuid.UUID][]string{}
	flush := func() error {
		n, err := s.sweepFiles(ctx, batch, before)
		removed += n
		clear(batch)
		return err
	}
	for info, err := range s.Files.List(ctx, keyFolder) {
		if err != nil {
			return removed, err
		}
		id, ours := ownerOf(info.Key)
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

func (s *Shelf) sweepFiles(ctx context.Context, files map[uuid.UUID][]string, before time.Time) (removed int, err error) {
	ids := make([]uuid.UUID, 0, len(files))
	for id := range files {
		ids = append(ids, id)
	}
	owned, err := s.store.owners(ctx, ids, before)
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
