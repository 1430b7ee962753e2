package webhook

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/mail"
)

// DeliverArgs asks for one attempt of a delivery.
type DeliverArgs struct {
	Delivery uuid.UUID `json:"delivery"`
	Round    int64     `json:"round"`
	Attempt  int64     `json:"attempt"` // made before
}

// Kind names the job.
func (DeliverArgs) Kind() string { return "webhook.deliver" }

// InsertOpts puts the job into the queue of calls to others.
func (DeliverArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: db.Outward} }

// later puts the next attempt of a delivery into the queue.
func (o *Outlet) later(ctx context.Context, d *Delivery) error {
	return o.DB.Enqueue(ctx, DeliverArgs{d.ID, d.Round, d.Attempts}, &river.InsertOpts{ScheduledAt: *d.NextAt})
}

type deliverWorker struct {
	river.WorkerDefaults[DeliverArgs]
	outlet *Outlet
}

// Work makes the attempt, or puts it off while the endpoint is busy. An endpoint
// that is gone took its deliveries along.
func (w *deliverWorker) Work(ctx context.Context, job *river.Job[DeliverArgs]) error {
	err := w.outlet.deliver(ctx, job.Args)
	var busy *crowded
	if errors.As(err, &busy) {
		return river.JobSnooze(busy.again)
	}
	if errors.Is(err, errNoEndpoint()) { // deleted meanwhile, and its deliveries with it
		return nil
	}
	return err
}

// PausedLetterArgs asks for the mail about a pause.
type PausedLetterArgs struct {
	Endpoint uuid.UUID `json:"endpoint"`
	Key      uuid.UUID `json:"key"` // of this pause
}

// Kind names the job.
func (PausedLetterArgs) Kind() string { return "webhook.paused_letter" }

// InsertOpts keeps trying for about a day.
func (PausedLetterArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

type pausedLetterWorker struct {
	river.WorkerDefaults[PausedLetterArgs]
	outlet *Outlet
}

// Work writes to all who may do something about it. A letter that went out
// already has the same Message-ID when the job is repeated.
func (w *pausedLetterWorker) Work(ctx context.Context, job *river.Job[PausedLetterArgs]) error {
	o := w.outlet
	e, err := o.getEndpoint(ctx, job.Args.Endpoint)
	if errors.Is(err, errNoEndpoint()) || err == nil && e.State != Paused {
		return nil
	}
	if err != nil {
		return err
	}
	to, err := o.Keepers(ctx)
	if err != nil {
		return err
	}
	var all error
	for _, a := range to {
		if err := o.Mail.Send(ctx, o.pausedLetter(a, e, job.Args.Key)); err != nil && !mail.Permanent(err) {
			all = errors.Join(all, err)
		}
	}
	return all
}

func (o *Outlet) pausedLetter(to Keeper, e *Endpoint, key uuid.UUID) mail.Letter {
	return mail.Letter{
		To: to.Address, Subject: "Paused: the webhook “" + e.Name + "”", Category: "webhook-paused",
		Preheader:    "It is not called any more until you switch it on.",
		MessageIDKey: "webhook-paused-" + key.String() + "-" + to.ID.String(),
		Blocks: []mail.Block{
			mail.Heading("A webhook was paused"),
			mail.Paragraph("“" + e.Name + "” is not called any more. " + e.Why),
			mail.Paragraph("Nothing is lost: events are kept for 30 days. Switch it on again at the desk when the receiver works, and send what it missed once more."),
			mail.Button("Open the webhooks", o.DeskURL),
		},
	}
}

// PruneArgs asks for old events to be dropped.
type PruneArgs struct{}

// Kind names the job.
func (PruneArgs) Kind() string { return "webhook.prune" }

// InsertOpts keeps it to one at a time.
func (PruneArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: db.Unfinished()}, Priority: 4}
}

type pruneWorker struct {
	river.WorkerDefaults[PruneArgs]
	outlet *Outlet
}

// Work drops what is older than Kept.
func (w *pruneWorker) Work(ctx context.Context, _ *river.Job[PruneArgs]) error {
	return w.outlet.DB.Tx(ctx, func(ctx context.Context) error { return w.outlet.dropBefore(ctx, w.outlet.Clock.Now().Add(-Kept)) })
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, o *Outlet) {
	river.AddWorker(workers, &deliverWorker{outlet: o})
	river.AddWorker(workers, &pausedLetterWorker{outlet: o})
	river.AddWorker(workers, &pruneWorker{outlet: o})
}

// Periodic lists what this room does by the clock.
func Periodic() []*river.PeriodicJob {
	prune := func() (river.JobArgs, *river.InsertOpts) { return PruneArgs{}, nil }
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(6*time.Hour), prune, nil)}
}
