package media

import (
	"context"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// What the jobs do, for tests that do not want to wait for a worker.

func (s *Shelf) MakeWidths(ctx context.Context, id uuid.UUID) error { return s.makeWidths(ctx, id) }

// TryWidths is one attempt of the job, the last if it is the twelfth.
func (s *Shelf) TryWidths(ctx context.Context, id uuid.UUID, attempt int) error {
	job := &river.Job[WidthsArgs]{JobRow: &rivertype.JobRow{Attempt: attempt, MaxAttempts: WidthsArgs{}.InsertOpts().MaxAttempts}, Args: WidthsArgs{id}}
	return (&widthsWorker{shelf: s}).Work(ctx, job)
}

func (s *Shelf) Sweep(ctx context.Context) (int, error) { return s.sweep(ctx) }

func (s *Shelf) CutCard(ctx context.Context, id uuid.UUID) error { return s.cutCard(ctx, id) }
