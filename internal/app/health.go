package app

import (
	"context"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"lighttrends/internal/surface/adminapi"
)

// Health looks at every part, for the desk's health page.
func (r *rooms) Health(ctx context.Context) (h adminapi.Health, err error) {
	h.Version = programVersion()
	d, err := r.db.Health(ctx)
	if err != nil {
		return h, err
	}
	h.Database = adminapi.DatabaseHealth{Engine: string(r.db.Engine()), Version: d.Version, Bytes: d.Bytes, Schema: d.Schema}
	h.Jobs = adminapi.JobsHealth{
		Queued: d.Queued, Scheduled: d.Scheduled, Running: d.Running, Retrying: d.Retrying, Failed: d.Failed,
		OldestQueuedAt: d.OldestQueued, Failing: []adminapi.FailingJob{},
	}
	for _, j := range d.Failing {
		h.Jobs.Failing = append(h.Jobs.Failing, adminapi.FailingJob{
			ID: j.ID, Kind: j.Kind, State: j.State, Attempt: j.Attempt, MaxAttempts: j.MaxAttempts, At: j.ScheduledAt.UTC(),
		})
	}
	h.Mail, h.Storage = r.mailHealth(), r.storageHealth()
	h.Stripe, err = r.stripeHealth(ctx)
	return h, err
}

func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(len(s.Value), 12)]
		}
	}
	return info.Main.Version
}

func (r *rooms) mailHealth() adminapi.MailHealth {
	p := r.post
	p.mu.Lock()
	defer p.mu.Unlock()
	h := adminapi.MailHealth{Mode: "smtp", Sent: p.sent, Failed: p.failed, LastSentAt: moment(p.lastSent), LastFailureAt: moment(p.lastFailure)}
	if r.mailbox != nil {
		h.Mode = "mailbox"
	}
	if h.LastFailureAt != nil {
		h.LastFailure = "The mail server did not take the letter; it is tried again."
		if p.refused {
			h.LastFailure = "The mail server refused the letter for good."
		}
	}
	return h
}

// moment is nil for a moment that never was.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (r *rooms) stripeHealth(ctx context.Context) (h adminapi.StripeHealth, err error) {
	switch {
	case r.cfg.StripeLocal():
		h.Mode = "stand-in"
	case strings.Contains(r.cfg.StripeSecretKey, "_live_"):
		h.Mode = "live"
	default:
		h.Mode = "test"
	}
	b, err := r.billing.Health(ctx)
	h.LastEventAt, h.OldestWaitingAt, h.LastRefusedAt = moment(b.LastReceived), moment(b.OldestWaits), moment(b.LastRefused)
	h.Waiting, h.Refused = b.Waiting, b.Refused
	h.SilentSince, h.RefusedFor = moment(b.SilentSince), b.RefusedFor
	return h, err
}

func (r *rooms) storageHealth() adminapi.StorageHealth {
	h := adminapi.StorageHealth{Kind: "disk"}
	if r.cfg.S3() {
		h.Kind = "s3"
	}
	// The data folder matters with S3 as well: it holds SQLite and the key.
	var fs syscall.Statfs_t
	if syscall.Statfs(r.cfg.DataDir, &fs) == nil {
		block := uint64(fs.Bsize) //nolint:gosec // a size
		h.FreeBytes, h.TotalBytes = fs.Bavail*block, fs.Blocks*block
	}
	return h
}
