package billing

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// SettleArgs asks for a look at visits of which no word came.
type SettleArgs struct{}

// Kind names the job.
func (SettleArgs) Kind() string { return "billing.settle_visits" }

// InsertOpts keeps it to once an hour on all nodes together.
func (SettleArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: time.Hour}}
}

type settleWorker struct {
	river.WorkerDefaults[SettleArgs]
	office *Office
}

func (w *settleWorker) Work(ctx context.Context, _ *river.Job[SettleArgs]) error {
	return w.office.SettleVisits(machine(ctx))
}

func (w *settleWorker) NextRetry(job *river.Job[SettleArgs]) time.Time { return nextTry(job.Attempt) }
