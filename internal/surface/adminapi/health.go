package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/platform/actor"
)

// Health says how the system is.
type Health struct {
	Version  string         `json:"version" doc:"Of the program"`
	Database DatabaseHealth `json:"database"`
	Jobs     JobsHealth     `json:"jobs"`
	Mail     MailHealth     `json:"mail"`
	Stripe   StripeHealth   `json:"stripe"`
	Storage  StorageHealth  `json:"storage"`
}

// DatabaseHealth is about the database.
type DatabaseHealth struct {
	Engine  string `json:"engine" enum:"sqlite,postgres"`
	Version string `json:"version"`
	Bytes   int64  `json:"size_bytes"`
	Schema  int64  `json:"schema" doc:"Number of the newest schema step"`
}

// JobsHealth is about the queue.
type JobsHealth struct {
	Queued         int64        `json:"queued" doc:"Due, and not begun"`
	Scheduled      int64        `json:"scheduled" doc:"Due later"`
	Running        int64        `json:"running"`
	Retrying       int64        `json:"retrying" doc:"Failed, and tried again later"`
	Failed         int64        `json:"failed" doc:"Given up"`
	OldestQueuedAt *time.Time   `json:"oldest_queued_at,omitempty"`
	Failing        []FailingJob `json:"failing" doc:"The newest that failed; why stands in the log"`
}

// FailingJob is a job that failed and is not done.
type FailingJob struct {
	ID          int64     `json:"id"`
	Kind        string    `json:"kind"`
	State       string    `json:"state" enum:"retryable,discarded"`
	Attempt     int64     `json:"attempt"`
	MaxAttempts int64     `json:"max_attempts"`
	At          time.Time `json:"at" doc:"Of the next try, or when it was given up"`
}

// MailHealth is about letters, as far as this process sent them.
type MailHealth struct {
	Mode          string     `json:"mode" enum:"smtp,mailbox"`
	Sent          int64      `json:"sent"`
	Failed        int64      `json:"failed"`
	LastSentAt    *time.Time `json:"last_sent_at,omitempty"`
	LastFailureAt *time.Time `json:"last_failure_at,omitempty"`
	LastFailure   string     `json:"last_failure,omitempty"`
}

// StripeHealth is about the line from Stripe.
type StripeHealth struct {
	Mode            string     `json:"mode" enum:"live,test,stand-in"`
	LastEventAt     *time.Time `json:"last_event_at,omitempty"`
	Waiting         int64      `json:"waiting" doc:"Events that are not worked on yet"`
	OldestWaitingAt *time.Time `json:"oldest_waiting_at,omitempty"`
	SilentSince     *time.Time `json:"silent_since,omitempty" doc:"Since when Stripe should have told something, as a subscription's period began or ended, and did not"`
	Refused         int64      `json:"refused" doc:"Calls to the webhook that were refused in the last day"`
	LastRefusedAt   *time.Time `json:"last_refused_at,omitempty"`
	RefusedFor      string     `json:"refused_for,omitempty" enum:"unsigned,wrong_secret,too_old,no_event" doc:"Why the last one was refused"`
}

// StorageHealth is about files.
type StorageHealth struct {
	Kind       string `json:"kind" enum:"disk,s3"`
	FreeBytes  uint64 `json:"free_bytes,omitempty" doc:"On the disk of the data folder"`
	TotalBytes uint64 `json:"total_bytes,omitempty"`
}

type healthOutput struct{ Body Health }

func (s *service) system() {
	add(s, route{method: http.MethodGet, path: "/health", id: "get-health", tag: "Publication", need: actor.SettingsWrite,
		summary: "How the system is", text: "Jobs, mail, Stripe, storage and database."}, func(ctx context.Context, _ *struct{}) (*healthOutput, error) {
		h, err := s.Health(ctx)
		return &healthOutput{h}, err
	})
}
