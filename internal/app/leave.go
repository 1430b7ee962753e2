package app

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// StopChargesArgs asks for nothing more to be charged to a member who wants
// their account deleted.
type StopChargesArgs struct {
	Member uuid.UUID `json:"member"`
}

// Kind names the job.
func (StopChargesArgs) Kind() string { return "app.stop_charges" }

type stopChargesWorker struct {
	river.WorkerDefaults[StopChargesArgs]
	rooms *rooms
}

// Work lets what the member subscribes to run out. Who has changed their mind
// before it came to that keeps everything as it is.
func (w *stopChargesWorker) Work(ctx context.Context, job *river.Job[StopChargesArgs]) error {
	leaving, err := w.rooms.identity.Leaving(ctx, job.Args.Member)
	if err != nil || leaving == nil {
		return err
	}
	return w.rooms.billing.CloseAccount(ctx, job.Args.Member, billing.EndAfterPeriod)
}

// LeaveArgs asks for the accounts to be deleted whose day has come.
type LeaveArgs struct{}

// Kind names the job.
func (LeaveArgs) Kind() string { return "app.leave" }

// InsertOpts keeps it to one at a time.
func (LeaveArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: db.Unfinished()}}
}

// leaveEvery is how late an account may go.
const leaveEvery = time.Hour

type leaveWorker struct {
	river.WorkerDefaults[LeaveArgs]
	rooms *rooms
}

// Work ends first and erases then, as the desk does: a failure or a crash in
// between leaves a member who is looked at again, never a charge to nobody. One
// whose subscription cannot be ended, as while Stripe is away, holds up nobody
// else.
func (w *leaveWorker) Work(ctx context.Context, _ *river.Job[LeaveArgs]) error {
	due, err := w.rooms.identity.DueLeavings(ctx)
	if err != nil {
		return err
	}
	for _, l := range due {
		if e := w.rooms.billing.CloseAccount(ctx, l.MemberID, billing.Ending(l.Ending)); e != nil {
			w.rooms.log.WarnContext(ctx, "an account cannot be deleted yet", "member", l.MemberID, "code", fault.Of(e).Code)
			err = errors.Join(err, e)
			continue
		}
		err = errors.Join(err, w.rooms.identity.Leave(ctx, l.MemberID))
	}
	return err
}

// NextRetry comes back after an hour: there is one such job at a time, and the
// longer waits of the queue would hold up whoever else's day has come.
func (w *leaveWorker) NextRetry(*river.Job[LeaveArgs]) time.Time {
	return clock.System{}.Now().Add(leaveEvery)
}

// IntroduceArgs asks for Stripe to be told a member's new address.
type IntroduceArgs struct {
	Member uuid.UUID `json:"member"`
}

// Kind names the job.
func (IntroduceArgs) Kind() string { return "app.introduce" }

type introduceWorker struct {
	river.WorkerDefaults[IntroduceArgs]
	rooms *rooms
}

func (w *introduceWorker) Work(ctx context.Context, job *river.Job[IntroduceArgs]) error {
	return w.rooms.billing.Introduce(ctx, job.Args.Member)
}

// aboutMember enqueues a job about the member of an event.
func (r *rooms) aboutMember(ctx context.Context, subject string, args func(uuid.UUID) river.JobArgs) error {
	id, err := uuid.Parse(subject)
	if err != nil {
		return err
	}
	return r.db.Enqueue(ctx, args(id), nil)
}
