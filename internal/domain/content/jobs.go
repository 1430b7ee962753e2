package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/db"
)

// RerenderArgs asks for everything an older renderer drew to be drawn again.
type RerenderArgs struct{}

// Kind names the job.
func (RerenderArgs) Kind() string { return "content.rerender" }

// InsertOpts keeps it to one at a time.
func (RerenderArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: db.Unfinished()}}
}

// ReindexArgs asks for what is missing or old in the search to be built. Two at
// once do no harm, and one that is running may have passed what is asked for.
type ReindexArgs struct{}

// Kind names the job.
func (ReindexArgs) Kind() string { return "content.reindex" }

type reindexWorker struct {
	river.WorkerDefaults[ReindexArgs]
	desk *Desk
}

func (w *reindexWorker) Work(ctx context.Context, _ *river.Job[ReindexArgs]) error {
	_, err := w.desk.Reindex(ctx)
	return err
}

// Timeout lets tens of thousands of notes be built.
func (*reindexWorker) Timeout(*river.Job[ReindexArgs]) time.Duration { return time.Hour }

// RunSchedulesArgs asks for everything to be done whose moment has come.
type RunSchedulesArgs struct{}

// Kind names the job.
func (RunSchedulesArgs) Kind() string { return "content.run_schedules" }

// InsertOpts keeps it to one at a time.
func (RunSchedulesArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: db.Unfinished()}}
}

type schedulesWorker struct {
	river.WorkerDefaults[RunSchedulesArgs]
	desk *Desk
}

func (w *schedulesWorker) Work(ctx context.Context, _ *river.Job[RunSchedulesArgs]) error {
	_, err := w.desk.RunDue(ctx)
	return err
}

// NotifyArgs asks for the letter that goes out with a notification. Who works
// on it knows addresses, which this room does not.
type NotifyArgs struct {
	Notification uuid.UUID `json:"notification"`
}

// Kind names the job.
func (NotifyArgs) Kind() string { return "content.notify" }

type rerenderWorker struct {
	river.WorkerDefaults[RerenderArgs]
	desk *Desk
}

func (w *rerenderWorker) Work(ctx context.Context, _ *river.Job[RerenderArgs]) error {
	_, err := w.desk.Rerender(ctx)
	return err
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, desk *Desk) {
	river.AddWorker(workers, &rerenderWorker{desk: desk})
	river.AddWorker(workers, &reindexWorker{desk: desk})
	river.AddWorker(workers, &schedulesWorker{desk: desk})
}

// lookEvery is how late a schedule may be.
const lookEvery = 5 * time.Second

// Periodic lists what this room does by the clock. A failed look is not tried
// again by itself: the next one comes.
func Periodic() []*river.PeriodicJob {
	look := func() (river.JobArgs, *river.InsertOpts) { return RunSchedulesArgs{}, nil }
	build := func() (river.JobArgs, *river.InsertOpts) { return ReindexArgs{}, nil }
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(24*time.Hour), build, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(lookEvery), look, &river.PeriodicJobOpts{RunOnStart: true}),
	}
}
