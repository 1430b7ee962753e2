package porter

import "context"

// Tidy does the job's work.
func (b *Book) Tidy(ctx context.Context) error { return b.tidy(ctx) }
