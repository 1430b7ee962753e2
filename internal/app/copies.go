package app

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/copies"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
)

// printWidth is how wide pictures on paper are: 1,600 dots over a column of
// six inches.
const printWidth = 1600

func (r *rooms) openCopies() (err error) {
	r.copies, err = copies.New(copies.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, Library: r.library, Imprint: r.imprint, Picture: r.printed, BaseURL: r.cfg.BaseURL,
	})
	return err
}

// imprint is what copies say of the publication.
func (r *rooms) imprint(ctx context.Context) (copies.Imprint, error) {
	p, err := r.publication.Profile(ctx)
	if err != nil {
		return copies.Imprint{}, err
	}
	i := copies.Imprint{Name: p.Name, Accent: p.Accent, Language: p.Language}
	if id, err := uuid.Parse(p.Logo); err == nil {
		i.Logo = r.picture(ctx, id)
	}
	return i, nil
}

// printed gives the file of a picture of ours, as it looked at a moment. What
// lies elsewhere is not fetched, and what is gone is left out.
func (r *rooms) printed(ctx context.Context, address string, at time.Time) ([]byte, error) {
	path, _, _ := strings.Cut(address, "?")
	id, _, _, ours := media.ParseAddress(path)
	if !ours {
		return nil, nil
	}
	if at.IsZero() {
		at = r.clock.Now()
	}
	items, err := r.media.ItemsAt(ctx, at, id)
	if err != nil || items[id] == nil {
		return nil, err
	}
	f, err := r.media.OpenAddress(ctx, items[id].Address(printWidth))
	if x := fault.Of(err); err != nil && x != nil && x.Kind == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(f)
}
