package content

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/markdown"
)

// rerenderLook is how many revisions are looked up at a time.
const rerenderLook = 50

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

// rerenderSome takes one note a transaction, so that none is locked while
// another is waited for.
func (s *Desk) rerenderSome(ctx context.Context) (n int, err error) {
	old, err := s.store.outdated(ctx, markdown.Version, rerenderLook)
	slices.SortStableFunc(old, func(a, b *Revision) int { return slices.Compare(a.NoteID[:], b.NoteID[:]) })
	for len(old) > 0 && err == nil {
		note := old[0].NoteID
		next := slices.IndexFunc(old, func(r *Revision) bool { return r.NoteID != note })
		if next < 0 {
			next = len(old)
		}
		err = s.DB.Tx(ctx, func(ctx context.Context) error { return s.rerenderNote(ctx, note, old[:next]) })
		if err == nil {
			n += next
		}
		old = old[next:]
	}
	return n, err
}

// rerenderNote locks the note before its revisions, as those who save it do.
func (s *Desk) rerenderNote(ctx context.Context, note uuid.UUID, old []*Revision) error {
	if _, err := s.store.noteForUpdate(ctx, note); err != nil {
		return err
	}
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
	}
	if err := s.reindexNote(ctx, note); err != nil {
		return err
	}
	return s.DB.Announce(ctx, topicNews, "")
}
