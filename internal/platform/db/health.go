package db

import (
	"context"
	"time"
)

// Health says how the database and its queue are.
type Health struct {
	Version string // of the engine
	Bytes   int64
	Schema  int64 // number of the newest step taken

	Queued, Scheduled, Running, Retrying int64
	Failed                               int64      // given up
	OldestQueued                         *time.Time // since when the job waits that waits longest
	Failing                              []FailingJob
}

// FailingJob is a job that failed at least once and is not done. Its error
// stands in the log: it may hold what is nobody's business.
type FailingJob struct {
	ID          int64
	Kind        string
	State       string
	Attempt     int64
	MaxAttempts int64
	ScheduledAt time.Time // of the next try, or when it was given up
}

// failingShown is how many failing jobs are listed.
const failingShown = 20

// Health looks at the database.
func (d *DB) Health(ctx context.Context) (h Health, err error) {
	version, size := "SELECT sqlite_version()", "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if d.engine == Postgres {
		version, size = "SHOW server_version", "SELECT pg_database_size(current_database())"
	}
	q := d.Read(ctx)
	if err = q.Raw(version).Row().Scan(&h.Version); err != nil {
		return h, err
	}
	if err = q.Raw(size).Row().Scan(&h.Bytes); err != nil {
		return h, err
	}
	p, err := d.provider()
	if err != nil {
		return h, err
	}
	if h.Schema, _, err = p.GetVersions(ctx); err != nil {
		return h, err
	}
	return h, d.queueHealth(ctx, &h)
}

func (d *DB) queueHealth(ctx context.Context, h *Health) error {
	var states []struct {
		State string
		N     int64
	}
	q := d.Read(ctx)
	if err := q.Raw("SELECT state, COUNT(*) AS n FROM river_job WHERE state NOT IN ('completed', 'cancelled') GROUP BY state").Scan(&states).Error; err != nil {
		return err
	}
	for _, s := range states {
		if n, ok := map[string]*int64{
			"available": &h.Queued, "scheduled": &h.Scheduled, "running": &h.Running, "retryable": &h.Retrying, "discarded": &h.Failed,
		}[s.State]; ok {
			*n = s.N
		}
	}
	var oldest []struct{ ScheduledAt time.Time }
	if err := q.Raw("SELECT scheduled_at FROM river_job WHERE state = 'available' ORDER BY scheduled_at, id LIMIT 1").Scan(&oldest).Error; err != nil {
		return err
	}
	if len(oldest) > 0 {
		at := oldest[0].ScheduledAt.UTC()
		h.OldestQueued = &at
	}
	return q.Raw(`SELECT id, kind, state, attempt, max_attempts, scheduled_at FROM river_job
		WHERE state IN ('retryable', 'discarded') ORDER BY id DESC LIMIT ?`, failingShown).Scan(&h.Failing).Error
}
