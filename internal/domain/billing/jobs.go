package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
)

// ApplyArgs asks for one event to be looked into.
type ApplyArgs struct {
	Event string `json:"event"`
}

// Kind names the job.
func (ApplyArgs) Kind() string { return "billing.apply" }

// InsertOpts gives it the patience for an outage of days.
func (ApplyArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: patientAttempts} }

// MirrorArgs asks for the plans to be mirrored at Stripe. It is not unique: a
// change made while the job runs needs a run of its own.
type MirrorArgs struct{}

// Kind names the job.
func (MirrorArgs) Kind() string { return "billing.mirror_plans" }

// InsertOpts gives it the patience for an outage of days.
func (MirrorArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: patientAttempts}
}

// ReconcileArgs asks for the nightly comparison with Stripe.
type ReconcileArgs struct{}

// Kind names the job.
func (ReconcileArgs) Kind() string { return "billing.reconcile" }

// InsertOpts keeps it to once a day, counted in UTC, on all nodes together.
func (ReconcileArgs) InsertOpts() river.InsertOpts { return daily() }

// EndArgs asks whether the subscription behind a bill ends, because its money
// went back.
type EndArgs struct {
	Invoice string `json:"invoice"`
}

// Kind names the job.
func (EndArgs) Kind() string { return "billing.end_paid_back" }

// InsertOpts gives it the patience for an outage of days.
func (EndArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: patientAttempts} }

// PurgeArgs asks for events that were done with long ago to be deleted.
type PurgeArgs struct{}

// Kind names the job.
func (PurgeArgs) Kind() string { return "billing.purge_events" }

// InsertOpts keeps it to once a day, counted in UTC, on all nodes together.
func (PurgeArgs) InsertOpts() river.InsertOpts { return daily() }

func daily() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByPeriod: 24 * time.Hour}}
}

// Attempts follow each other after 1, 2, 4 … seconds and at most four hours:
// about six days in all.
const (
	patientAttempts = 50
	longestGap      = 4 * time.Hour
)

// gap is the wait after a failed attempt; attempt counts from 1.
func gap(attempt int) time.Duration {
	return min(time.Second<<min(max(attempt, 1)-1, 20), longestGap)
}

// nextTry says when a job comes again, by the clock of the queue, which is not
// the one that tests move.
func nextTry(attempt int) time.Time { return clock.System{}.Now().Add(gap(attempt)) }

// machine acts for nobody: what jobs do is the system's doing.
func machine(ctx context.Context) context.Context { return actor.With(ctx, actor.Machine("billing")) }

type applyWorker struct {
	river.WorkerDefaults[ApplyArgs]
	office *Office
}

func (w *applyWorker) Work(ctx context.Context, job *river.Job[ApplyArgs]) error {
	return w.office.Apply(machine(ctx), job.Args.Event)
}

func (w *applyWorker) NextRetry(job *river.Job[ApplyArgs]) time.Time { return nextTry(job.Attempt) }

type mirrorWorker struct {
	river.WorkerDefaults[MirrorArgs]
	office *Office
}

func (w *mirrorWorker) Work(ctx context.Context, _ *river.Job[MirrorArgs]) error {
	// Coupons name products, so the plans come first.
	return errors.Join(w.office.MirrorPlans(machine(ctx)), w.office.MirrorOffers(machine(ctx)))
}

func (w *mirrorWorker) NextRetry(job *river.Job[MirrorArgs]) time.Time { return nextTry(job.Attempt) }

type reconcileWorker struct {
	river.WorkerDefaults[ReconcileArgs]
	office *Office
}

func (w *reconcileWorker) Work(ctx context.Context, _ *river.Job[ReconcileArgs]) error {
	_, err := w.office.Reconcile(machine(ctx), Repair, nil)
	return err
}

func (w *reconcileWorker) NextRetry(job *river.Job[ReconcileArgs]) time.Time {
	return nextTry(job.Attempt)
}

// Timeout leaves room for many thousands of subscriptions.
func (w *reconcileWorker) Timeout(*river.Job[ReconcileArgs]) time.Duration { return time.Hour }

// CompareArgs asks for one comparison that somebody wished for.
type CompareArgs struct {
	Run uuid.UUID `json:"run"`
}

// Kind names the job.
func (CompareArgs) Kind() string { return "billing.compare" }

// InsertOpts gives up soon: whoever asked can see what went wrong and ask again.
func (CompareArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 3} }

type compareWorker struct {
	river.WorkerDefaults[CompareArgs]
	office *Office
}

func (w *compareWorker) Work(ctx context.Context, job *river.Job[CompareArgs]) error {
	return w.office.Compare(machine(ctx), job.Args.Run)
}

func (w *compareWorker) Timeout(*river.Job[CompareArgs]) time.Duration { return time.Hour }

type endWorker struct {
	river.WorkerDefaults[EndArgs]
	office *Office
}

func (w *endWorker) Work(ctx context.Context, job *river.Job[EndArgs]) error {
	return w.office.EndPaidBack(machine(ctx), job.Args.Invoice)
}

func (w *endWorker) NextRetry(job *river.Job[EndArgs]) time.Time { return nextTry(job.Attempt) }

type purgeWorker struct {
	river.WorkerDefaults[PurgeArgs]
	office *Office
}

func (w *purgeWorker) Work(ctx context.Context, _ *river.Job[PurgeArgs]) error {
	_, err := w.office.PurgeEvents(machine(ctx))
	_, bills := w.office.PurgeBills(machine(ctx))
	return errors.Join(err, bills, w.office.PurgeMeteredReads(ctx))
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, o *Office) {
	river.AddWorker(workers, &applyWorker{office: o})
	river.AddWorker(workers, &mirrorWorker{office: o})
	river.AddWorker(workers, &reconcileWorker{office: o})
	river.AddWorker(workers, &compareWorker{office: o})
	river.AddWorker(workers, &purgeWorker{office: o})
	river.AddWorker(workers, &settleWorker{office: o})
	river.AddWorker(workers, &giveBackWorker{office: o})
	addTermWorkers(workers, o)
	river.AddWorker(workers, &endWorker{office: o})
	addLetterWorkers(workers, o)
}

// Periodic lists what happens by the clock. The daily jobs are offered at the
// start and each hour, and taken once a day: so a day is not left out because
// no node ran at some hour of the night.
func Periodic() []*river.PeriodicJob {
	every := func(d time.Duration, args river.JobArgs) *river.PeriodicJob {
		job := func() (river.JobArgs, *river.InsertOpts) { return args, nil }
		return river.NewPeriodicJob(river.PeriodicInterval(d), job, &river.PeriodicJobOpts{RunOnStart: true, ID: args.Kind()})
	}
	return []*river.PeriodicJob{
		every(6*time.Hour, MirrorArgs{}), every(time.Hour, ReconcileArgs{}), every(time.Hour, PurgeArgs{}), every(time.Hour, DunArgs{}),
		every(time.Hour, RemindArgs{}), every(10*time.Minute, DeliverGiftsArgs{}),
		every(time.Hour, SettleArgs{}),
	}
}
