package content

import (
	"context"

	"lighttrends/internal/platform/markdown"
)

// rerenderBatch bounds a transaction.
const rerenderBatch = 50

// Rerender draws again what an older renderer drew: the live and the working
// revisions. It is safe to stop and to repeat, and says how many it drew.
func (s *Desk) Rerender(ctx context.Context) (int, error) {
	done := 0
	for {
		n, err := s.rerenderSome(ctx)
		done += n
		if err != nil || n == 0 {
			return done, err
		}
	}
}

func (s *Desk) rerenderSome(ctx context.Context) (n int, err error) {
	old, err := s.store.outdated(ctx, markdown.Version, rerenderBatch)
	if err != nil || len(old) == 0 {
		return 0, err
	}
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		for _, r := range old {
			t, err := s.store.text(ctx, r.ID)
			if err != nil {
				return err
			}
			drawn := render(t.Body)
			r.apply(drawn.public)
			if err := s.store.saveRendering(ctx, r, drawn.text); err != nil {
				return err
			}
			if err := s.reindexNote(ctx, r.NoteID); err != nil {
				return err
			}
		}
		return s.DB.Announce(ctx, topicNews, "")
	})
	return len(old), err
}
