package porter

import (
	"context"
	"io"
	"iter"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

const perPage = 50

// Transfers lists imports or exports, newest first, from behind one on.
func (b *Book) Transfers(ctx context.Context, k Kind, before uuid.UUID, limit int) (page []*Transfer, more bool, err error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, false, err
	}
	if limit <= 0 || limit > 200 {
		limit = perPage
	}
	page, err = b.listTransfers(ctx, k, before, limit+1)
	if len(page) > limit {
		return page[:limit], true, err
	}
	return page, false, err
}

// Transfer gives one.
func (b *Book) Transfer(ctx context.Context, k Kind, id uuid.UUID) (*Transfer, error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, err
	}
	return b.getTransfer(ctx, k, id)
}

// Lines gives a page of the report, from behind a number on. outcome and said
// narrow it: to one outcome, to the lines that say something.
func (b *Book) Lines(ctx context.Context, id uuid.UUID, after int64, outcome Outcome, said bool, limit int) (page []*Line, more bool, err error) {
	if _, err := b.Transfer(ctx, Import, id); err != nil {
		return nil, false, err
	}
	if limit <= 0 || limit > 500 {
		limit = 100
	}
	page, err = b.listLines(ctx, id, after, outcome, said, limit+1)
	if len(page) > limit {
		return page[:limit], true, err
	}
	return page, false, err
}

// Report gives the whole report, page by page.
func (b *Book) Report(ctx context.Context, id uuid.UUID) (iter.Seq2[*Line, error], error) {
	if _, err := b.Transfer(ctx, Import, id); err != nil {
		return nil, err
	}
	return func(yield func(*Line, error) bool) {
		for after := int64(0); ; {
			page, more, err := b.Lines(ctx, id, after, "", false, 500)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, l := range page {
				if !yield(l, nil) {
					return
				}
				after = l.Number
			}
			if !more {
				return
			}
		}
	}, nil
}

// Download opens what an export made. Who takes it may read what is in it.
func (b *Book) Download(ctx context.Context, id uuid.UUID) (*Transfer, io.ReadSeekCloser, error) {
	t, err := b.Transfer(ctx, Export, id)
	if err != nil {
		return nil, nil, err
	}
	if err := may(ctx, Export, t.Source); err != nil {
		return nil, nil, err
	}
	if t.ResultKey == "" || t.ExpiresAt != nil && !b.Clock.Now().Before(*t.ExpiresAt) {
		return nil, nil, fault.New(fault.Gone, "download_expired", "The file is not kept any more, or was never made. Start another export.")
	}
	f, _, err := b.Files.Get(ctx, t.ResultKey)
	if err != nil {
		return nil, nil, err
	}
	return t, f, b.DB.Tx(ctx, func(ctx context.Context) error { return b.record(ctx, "downloaded", t) })
}

// open opens a kept file.
func open(ctx context.Context, files blob.Store, key string) (io.ReadSeekCloser, error) {
	if key == "" {
		return nil, fault.New(fault.NotFound, "file_not_found", "The file is not kept any more.")
	}
	f, _, err := files.Get(ctx, key)
	return f, err
}
