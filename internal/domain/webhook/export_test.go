package webhook

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/riverqueue/river"
)

// WorkForTest does a job of this room as its worker would.
func WorkForTest(ctx context.Context, o *Outlet, kind string, args []byte) error {
	switch kind {
	case DeliverArgs{}.Kind():
		return do(args, func(j *river.Job[DeliverArgs]) error { return (&deliverWorker{outlet: o}).Work(ctx, j) })
	case PausedLetterArgs{}.Kind():
		return do(args, func(j *river.Job[PausedLetterArgs]) error { return (&pausedLetterWorker{outlet: o}).Work(ctx, j) })
	default:
		return fmt.Errorf("no job %q", kind)
	}
}

func do[A river.JobArgs](raw []byte, work func(*river.Job[A]) error) error {
	var job river.Job[A]
	if err := json.Unmarshal(raw, &job.Args); err != nil {
		return err
	}
	return work(&job)
}

// PruneForTest drops what is old.
func PruneForTest(ctx context.Context, o *Outlet) error {
	return (&pruneWorker{outlet: o}).Work(ctx, nil)
}
