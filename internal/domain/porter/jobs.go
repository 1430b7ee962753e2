package porter

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/db"
)

// CarryArgs asks for a transfer to be carried.
type CarryArgs struct {
	Transfer uuid.UUID `json:"transfer"`
}

// Kind names the job.
func (CarryArgs) Kind() string { return "porter.carry" }

// InsertOpts leaves enough attempts for restarts; each goes on where the last
// one stopped.
func (CarryArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: 3}
}

const (
	attempts = 20
	// longest is how long one attempt may take.
	longest = 12 * time.Hour
)

// enqueue puts the job into the queue, for later when somebody carries it now.
func (b *Book) enqueue(ctx context.Context, t *Transfer, byHand bool) error {
	var opts *river.InsertOpts
	if byHand {
		opts = &river.InsertOpts{ScheduledAt: t.CreatedAt.Add(longest)}
	}
	return b.DB.Enqueue(ctx, CarryArgs{t.ID}, opts)
}

type carryWorker struct {
	river.WorkerDefaults[CarryArgs]
	book *Book
}

// Timeout lets a large archive take its time.
func (*carryWorker) Timeout(*river.Job[CarryArgs]) time.Duration { return longest }

// NextRetry does not wait for long: what broke off is mostly a restart.
func (w *carryWorker) NextRetry(job *river.Job[CarryArgs]) time.Time {
	return w.book.Clock.Now().Add(time.Duration(job.Attempt*job.Attempt) * time.Second)
}

// Work carries the transfer, or goes on with it. A node that stops leaves it
// to the next one.
func (w *carryWorker) Work(ctx context.Context, job *river.Job[CarryArgs]) error {
	err := w.book.carry(ctx, job.Args.Transfer, job.Attempt >= attempts-1, nil)
	if errors.Is(err, context.Canceled) {
		return river.JobSnooze(time.Second)
	}
	return err
}

// TidyArgs asks for old files and reports to be dropped.
type TidyArgs struct{}

// Kind names the job.
func (TidyArgs) Kind() string { return "porter.tidy" }

// InsertOpts keeps it to one at a time.
func (TidyArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: db.Unfinished()}, Priority: 4}
}

type tidyWorker struct {
	river.WorkerDefaults[TidyArgs]
	book *Book
}

// Work drops what has expired.
func (w *tidyWorker) Work(ctx context.Context, _ *river.Job[TidyArgs]) error { return w.book.tidy(ctx) }

// tidy drops files whose time is over, and reports that are old.
func (b *Book) tidy(ctx context.Context) error {
	now := b.Clock.Now()
	old, err := b.expired(ctx, now)
	if err != nil {
		return err
	}
	for _, t := range old {
		if err := b.drop(ctx, t, true); err != nil {
			return err
		}
	}
	return b.DB.Tx(ctx, func(ctx context.Context) error { return b.dropReports(ctx, now.Add(-keptReports)) })
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, b *Book) {
	river.AddWorker(workers, &carryWorker{book: b})
	river.AddWorker(workers, &tidyWorker{book: b})
}

// Periodic lists what this room does by the clock.
func Periodic() []*river.PeriodicJob {
	tidy := func() (river.JobArgs, *river.InsertOpts) { return TidyArgs{}, nil }
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(time.Hour), tidy, nil)}
}
