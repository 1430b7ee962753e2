package media

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
)

// WidthsArgs asks for the smaller prints of a picture.
type WidthsArgs struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (WidthsArgs) Kind() string { return "media.widths" }

// widthTrials spread over eleven hours, which a file store should not be down.
const widthTrials = 12

// InsertOpts bounds the trials. The job is not unique: one that has just given
// up may still count as running when the next is asked for, and two at once do
// no harm.
func (WidthsArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: widthTrials} }

type widthsWorker struct {
	river.WorkerDefaults[WidthsArgs]
	shelf *Shelf
}

// Work gives up when trying again is of no use; the picture stays as it is.
func (w *widthsWorker) Work(ctx context.Context, job *river.Job[WidthsArgs]) error {
	err := w.shelf.makeWidths(ctx, job.Args.ID)
	if err == nil || !hopeless(err) && job.Attempt < job.MaxAttempts {
		return err
	}
	err = errors.Join(err, w.shelf.giveUp(context.WithoutCancel(ctx), job.Args.ID))
	return river.JobCancel(err)
}

// CardArgs asks for the card of a picture.
type CardArgs struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (CardArgs) Kind() string { return "media.card" }

// InsertOpts bounds the trials. Without its card a picture is shown whole.
func (CardArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: widthTrials} }

type cardWorker struct {
	river.WorkerDefaults[CardArgs]
	shelf *Shelf
}

// Work gives up when trying again is of no use.
func (w *cardWorker) Work(ctx context.Context, job *river.Job[CardArgs]) error {
	err := w.shelf.cutCard(ctx, job.Args.ID)
	if hopeless(err) {
		return river.JobCancel(err)
	}
	return err
}

// SweepArgs asks for the removal of files that no picture owns.
type SweepArgs struct{}

// Kind names the job.
func (SweepArgs) Kind() string { return "media.sweep" }

// InsertOpts makes it one a day.
func (SweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: 24 * time.Hour}}
}

type sweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	shelf *Shelf
}

func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[SweepArgs]) error {
	if _, err := w.shelf.sweep(ctx); err != nil {
		return err
	}
	return w.shelf.cutMissing(ctx)
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, shelf *Shelf) {
	river.AddWorker(workers, &widthsWorker{shelf: shelf})
	river.AddWorker(workers, &cardWorker{shelf: shelf})
	river.AddWorker(workers, &sweepWorker{shelf: shelf})
}

// Periodic lists what this room does by the clock. The sweep is asked for
// often, so that a restart does not put it off, and happens once a day.
func Periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{river.NewPeriodicJob(
		river.PeriodicInterval(time.Hour),
		func() (river.JobArgs, *river.InsertOpts) { return SweepArgs{}, nil },
		&river.PeriodicJobOpts{RunOnStart: true},
	)}
}
