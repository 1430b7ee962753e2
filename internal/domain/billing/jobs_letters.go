package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
)

// LetterArgs asks for a letter to be sent.
type LetterArgs struct {
	Letter uuid.UUID `json:"letter"`
}

// Kind names the job.
func (LetterArgs) Kind() string { return "billing.letter" }

// InsertOpts gives it the patience for an outage of days.
func (LetterArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: patientAttempts}
}

// DunArgs asks for what is due about cards and grace.
type DunArgs struct{}

// Kind names the job.
func (DunArgs) Kind() string { return "billing.dun" }

type letterWorker struct {
	river.WorkerDefaults[LetterArgs]
	office *Office
}

func (w *letterWorker) Work(ctx context.Context, job *river.Job[LetterArgs]) error {
	return w.office.SendLetter(machine(ctx), job.Args.Letter)
}

func (w *letterWorker) NextRetry(job *river.Job[LetterArgs]) time.Time { return nextTry(job.Attempt) }

type dunWorker struct {
	river.WorkerDefaults[DunArgs]
	office *Office
}

func (w *dunWorker) Work(ctx context.Context, _ *river.Job[DunArgs]) error {
	return w.office.Dun(machine(ctx))
}

func addLetterWorkers(workers *river.Workers, o *Office) {
	river.AddWorker(workers, &letterWorker{office: o})
	river.AddWorker(workers, &dunWorker{office: o})
}
