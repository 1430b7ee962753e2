package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
)

// GiveBackArgs asks for a second subscription, bought in a visit, to be ended
// and paid back.
type GiveBackArgs struct {
	Visit uuid.UUID `json:"visit" river:"unique"`
}

// Kind names the job.
func (GiveBackArgs) Kind() string { return "billing.give_back" }

// InsertOpts keeps it to one for each visit, with the patience for an outage of
// days.
func (GiveBackArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: patientAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type giveBackWorker struct {
	river.WorkerDefaults[GiveBackArgs]
	office *Office
}

func (w *giveBackWorker) Work(ctx context.Context, job *river.Job[GiveBackArgs]) error {
	return w.office.GiveBack(machine(ctx), job.Args.Visit)
}

func (w *giveBackWorker) NextRetry(job *river.Job[GiveBackArgs]) time.Time {
	return nextTry(job.Attempt)
}

// SettleArgs asks for a look at visits of which no word came, at orders
// that wait for their bill, and at bills that are overdue.
type SettleArgs struct{}

// Kind names the job.
func (SettleArgs) Kind() string { return "billing.settle_visits" }

// InsertOpts keeps it to once an hour on all nodes together. It gives up soon:
// a new one comes each hour.
func (SettleArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 3, UniqueOpts: river.UniqueOpts{ByPeriod: time.Hour}}
}

type settleWorker struct {
	river.WorkerDefaults[SettleArgs]
	office *Office
}

func (w *settleWorker) Work(ctx context.Context, _ *river.Job[SettleArgs]) error {
	ctx = machine(ctx)
	return errors.Join(w.office.SettleVisits(ctx), w.office.BillOrders(ctx), w.office.TellOverdue(ctx))
}

func (w *settleWorker) NextRetry(job *river.Job[SettleArgs]) time.Time { return nextTry(job.Attempt) }
