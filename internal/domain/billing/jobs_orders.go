package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
)

// OrderArgs asks for the bill of an order to be written, or voided.
type OrderArgs struct {
	Order uuid.UUID `json:"order"`
}

// Kind names the job.
func (OrderArgs) Kind() string { return "billing.bill_order" }

// InsertOpts gives it the patience for an outage of days.
func (OrderArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: patientAttempts} }

type orderWorker struct {
	river.WorkerDefaults[OrderArgs]
	office *Office
}

func (w *orderWorker) Work(ctx context.Context, job *river.Job[OrderArgs]) error {
	return w.office.BillOrder(machine(ctx), job.Args.Order)
}

func (w *orderWorker) NextRetry(job *river.Job[OrderArgs]) time.Time { return nextTry(job.Attempt) }
