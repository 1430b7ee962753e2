package app

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
)

// ForgetArgs asks for kept answers of repeated requests, and old letters, to
// be dropped.
type ForgetArgs struct{}

// Kind names the job.
func (ForgetArgs) Kind() string { return "app.forget_answers" }

// InsertOpts keeps it to one at a time.
func (ForgetArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: db.Unfinished()}}
}

type forgetWorker struct {
	river.WorkerDefaults[ForgetArgs]
	rooms *rooms
}

func (w *forgetWorker) Work(ctx context.Context, _ *river.Job[ForgetArgs]) error {
	return errors.Join(w.rooms.once.Forget(ctx), w.rooms.desk.ForgetSteps(ctx), w.rooms.readership.Forget(ctx))
}

// work starts this node's job workers.
func (r *rooms) work(ctx context.Context, m *metrics) (db.Workers, error) {
	workers := river.NewWorkers()
	identity.AddWorkers(workers, r.identity)
	billing.AddWorkers(workers, r.billing)
	content.AddWorkers(workers, r.desk)
	media.AddWorkers(workers, r.media)
	webhook.AddWorkers(workers, r.webhooks)
	porter.AddWorkers(workers, r.porter)
	river.AddWorker(workers, &welcomeWorker{rooms: r})
	river.AddWorker(workers, &claimedWorker{rooms: r})
	river.AddWorker(workers, &termEndingWorker{rooms: r})
	river.AddWorker(workers, &giftLetterWorker{rooms: r})
	river.AddWorker(workers, &leadLetterWorker{rooms: r})
	river.AddWorker(workers, &quoteLetterWorker{rooms: r})
	river.AddWorker(workers, &stopChargesWorker{rooms: r})
	river.AddWorker(workers, &leaveWorker{rooms: r})
	river.AddWorker(workers, &introduceWorker{rooms: r})
	river.AddWorker(workers, &forgetWorker{rooms: r})
	river.AddWorker(workers, &notifyWorker{rooms: r})
	river.AddWorker(workers, &watchWorker{rooms: r})

	periodic := append(identity.Periodic(), billing.Periodic()...)
	periodic = append(periodic, media.Periodic()...)
	periodic = append(periodic, content.Periodic()...)
	periodic = append(periodic, webhook.Periodic()...)
	periodic = append(periodic, porter.Periodic()...)
	periodic = append(periodic,
		river.NewPeriodicJob(river.PeriodicInterval(time.Hour), func() (river.JobArgs, *river.InsertOpts) { return ForgetArgs{}, nil }, nil),
		river.NewPeriodicJob(river.PeriodicInterval(watchEvery), func() (river.JobArgs, *river.InsertOpts) { return WatchArgs{}, nil }, nil),
		river.NewPeriodicJob(river.PeriodicInterval(leaveEvery), func() (river.JobArgs, *river.InsertOpts) { return LeaveArgs{}, nil },
			&river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(24*time.Hour), func() (river.JobArgs, *river.InsertOpts) { return content.RerenderArgs{}, nil },
			&river.PeriodicJobOpts{RunOnStart: true}),
	)
	return r.db.Work(ctx, db.WorkerOptions{
		Workers: workers, Periodic: periodic,
		Around: func(ctx context.Context, kind string, do func(context.Context) error) error {
			err := do(actor.With(ctx, actor.Machine(kind)))
			if later := (*river.JobSnoozeError)(nil); !errors.As(err, &later) { // put off: nothing was done yet
				m.job(kind, err)
			}
			return err
		},
	})
}
