package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
	for {
		var later *river.JobSnoozeError
		if err := work(&job); !errors.As(err, &later) {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// PruneForTest drops what is old.
func PruneForTest(ctx context.Context, o *Outlet) error {
	return (&pruneWorker{outlet: o}).Work(ctx, nil)
}

// LanesEach is how many calls to one endpoint are under way at most.
const LanesEach = lanesEach
