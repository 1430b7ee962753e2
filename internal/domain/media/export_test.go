package media

import (
	"context"

	"github.com/google/uuid"
)

// What the jobs do, for tests that do not want to wait for a worker.

func (s *Shelf) MakeWidths(ctx context.Context, id uuid.UUID) error { return s.makeWidths(ctx, id) }

func (s *Shelf) Sweep(ctx context.Context) (int, error) { return s.sweep(ctx) }
