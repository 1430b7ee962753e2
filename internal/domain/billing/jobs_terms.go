package billing

import (
	"context"

	"github.com/riverqueue/river"

	"lighttrends/internal/platform/db"
)

// RemindArgs asks for the owners of terms that are about to end to be told.
type RemindArgs struct{}

// Kind names the job.
func (RemindArgs) Kind() string { return "billing.remind_of_ends" }

// InsertOpts keeps it to one at a time. Each end is told once in any case.
func (RemindArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: db.Unfinished()}}
}

type remindWorker struct {
	river.WorkerDefaults[RemindArgs]
	office *Office
}

func (w *remindWorker) Work(ctx context.Context, _ *river.Job[RemindArgs]) error {
	return w.office.RemindOfEnds(machine(ctx))
}

// DeliverGiftsArgs asks for presents whose day has come to be delivered.
type DeliverGiftsArgs struct{}

// Kind names the job.
func (DeliverGiftsArgs) Kind() string { return "billing.deliver_gifts" }

type deliverWorker struct {
	river.WorkerDefaults[DeliverGiftsArgs]
	office *Office
}

func (w *deliverWorker) Work(ctx context.Context, _ *river.Job[DeliverGiftsArgs]) error {
	return w.office.DeliverGifts(machine(ctx))
}

// addTermWorkers registers the jobs of dated terms.
func addTermWorkers(workers *river.Workers, o *Office) {
	river.AddWorker(workers, &remindWorker{office: o})
	river.AddWorker(workers, &deliverWorker{office: o})
	river.AddWorker(workers, &orderWorker{office: o})
}
