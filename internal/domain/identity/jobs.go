package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/mail"
)

// SendSignInMail asks for a sign-in mail to be sent. The link and the code are
// computed when it is written; the job holds neither.
type SendSignInMail struct {
	TokenID uuid.UUID `json:"token_id"`
}

// Kind names the job.
func (SendSignInMail) Kind() string { return "identity.send_sign_in_mail" }

// InsertOpts puts a person who waits before what nobody waits for. The tries
// fit into the life of the link.
func (SendSignInMail) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 8} }

// PurgeExpired asks for rows that mean nothing any more to be deleted.
type PurgeExpired struct{}

// Kind names the job.
func (PurgeExpired) Kind() string { return "identity.purge_expired" }

// InsertOpts keeps it to one at a time.
func (PurgeExpired) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}, Priority: 4}
}

type mailWorker struct {
	river.WorkerDefaults[SendSignInMail]
	service *Service
}

// Work gives up on a letter that can never be sent.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[SendSignInMail]) error {
	err := w.service.sendSignInMail(ctx, job.Args.TokenID)
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

// NextRetry waits 5 s, 10 s, 20 s and so on up to two minutes: somebody sits
// in front of the page.
func (w *mailWorker) NextRetry(job *river.Job[SendSignInMail]) time.Time {
	wait := min(5*time.Second<<min(job.Attempt-1, 10), 2*time.Minute)
	return w.service.clock.Now().Add(wait)
}

type purgeWorker struct {
	river.WorkerDefaults[PurgeExpired]
	service *Service
}

func (w *purgeWorker) Work(ctx context.Context, _ *river.Job[PurgeExpired]) error {
	return w.service.purgeExpired(ctx)
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, s *Service) {
	river.AddWorker(workers, &mailWorker{service: s})
	river.AddWorker(workers, &purgeWorker{service: s})
}

// Periodic lists what this room does by the clock.
func Periodic() []*river.PeriodicJob {
	purge := func() (river.JobArgs, *river.InsertOpts) { return PurgeExpired{}, nil }
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(time.Hour), purge, &river.PeriodicJobOpts{RunOnStart: true}),
	}
}
