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
	// Language is that of the page it was asked on, where its address named one.
	Language string `json:"language,omitempty"`
}

// Kind names the job.
func (SendSignInMail) Kind() string { return "identity.send_sign_in_mail" }

// InsertOpts puts a person who waits before what nobody waits for. The tries
// fit into the life of the link.
func (SendSignInMail) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 8} }

// SendInvitationMail asks for an invitation to be sent. The link is computed
// when the letter is written.
type SendInvitationMail struct {
	ID    uuid.UUID `json:"id"`
	Sends int64     `json:"sends"`
}

// Kind names the job.
func (SendInvitationMail) Kind() string { return "identity.send_invitation_mail" }

// InsertOpts keeps trying for about a day.
func (SendInvitationMail) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

// SendResetMail asks for a mail to choose another password, if the address is
// that of somebody who works here.
type SendResetMail struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (SendResetMail) Kind() string { return "identity.send_reset_mail" }

// InsertOpts lets the tries fit into the life of the link.
func (SendResetMail) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 8} }

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

// Work implements river.Worker.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[SendSignInMail]) error {
	return orGiveUp(w.service.sendSignInMail(ctx, job.Args.TokenID, job.Args.Language))
}

// NextRetry implements river.Worker.
func (w *mailWorker) NextRetry(job *river.Job[SendSignInMail]) time.Time {
	return w.service.soon(job.Attempt)
}

// orGiveUp gives up on a letter that can never be sent.
func orGiveUp(err error) error {
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

// soon waits 5 s, 10 s, 20 s and so on up to two minutes: somebody sits in
// front of the page.
func (s *Service) soon(attempt int) time.Time {
	return s.clock.Now().Add(min(5*time.Second<<min(attempt-1, 10), 2*time.Minute))
}

type invitationWorker struct {
	river.WorkerDefaults[SendInvitationMail]
	service *Service
}

func (w *invitationWorker) Work(ctx context.Context, job *river.Job[SendInvitationMail]) error {
	return orGiveUp(w.service.sendInvitationMail(ctx, job.Args.ID, job.Args.Sends))
}

type noticeWorker struct {
	river.WorkerDefaults[SendNotice]
	service *Service
}

func (w *noticeWorker) Work(ctx context.Context, job *river.Job[SendNotice]) error {
	return orGiveUp(w.service.sendNotice(ctx, job.Args))
}

type resetWorker struct {
	river.WorkerDefaults[SendResetMail]
	service *Service
}

func (w *resetWorker) Work(ctx context.Context, job *river.Job[SendResetMail]) error {
	return orGiveUp(w.service.sendResetMail(ctx, job.Args.ID))
}

func (w *resetWorker) NextRetry(job *river.Job[SendResetMail]) time.Time {
	return w.service.soon(job.Attempt)
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
	river.AddWorker(workers, &invitationWorker{service: s})
	river.AddWorker(workers, &resetWorker{service: s})
	river.AddWorker(workers, &noticeWorker{service: s})
	river.AddWorker(workers, &purgeWorker{service: s})
	river.AddWorker(workers, &emailChangeWorker{service: s})
	river.AddWorker(workers, &emailChangedWorker{service: s})
	river.AddWorker(workers, &leavingWorker{service: s})
	river.AddWorker(workers, &memberNoticeWorker{service: s})
	river.AddWorker(workers, &sharingWorker{service: s})
}

// Periodic lists what this room does by the clock.
func Periodic() []*river.PeriodicJob {
	purge := func() (river.JobArgs, *river.InsertOpts) { return PurgeExpired{}, nil }
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(time.Hour), purge, &river.PeriodicJobOpts{RunOnStart: true}),
	}
}
