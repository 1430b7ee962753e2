package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
)

// SendMemberNotice asks for a notice to be sent.
type SendMemberNotice struct {
	ID     uuid.UUID    `json:"id"`
	Member uuid.UUID    `json:"member"`
	Notice MemberNotice `json:"notice"`
	At     time.Time    `json:"at"`
}

// Kind names the job.
func (SendMemberNotice) Kind() string { return "identity.send_member_notice" }

// InsertOpts keeps trying for about a day.
func (SendMemberNotice) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

type memberNoticeWorker struct {
	river.WorkerDefaults[SendMemberNotice]
	service *Service
}

func (w *memberNoticeWorker) Work(ctx context.Context, job *river.Job[SendMemberNotice]) error {
	return orGiveUp(w.service.sendMemberNotice(ctx, job.Args))
}

// SendSharingAlert asks for the owners to be told of an alert.
type SendSharingAlert struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (SendSharingAlert) Kind() string { return "identity.send_sharing_alert" }

// InsertOpts keeps trying for about a day.
func (SendSharingAlert) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

type sharingWorker struct {
	river.WorkerDefaults[SendSharingAlert]
	service *Service
}

func (w *sharingWorker) Work(ctx context.Context, job *river.Job[SendSharingAlert]) error {
	return orGiveUp(w.service.sendSharingAlert(ctx, job.Args.ID))
}
