package billing

import (
	"context"
	"sync"
	"time"

	"lighttrends/internal/platform/journal"
)

// Refused calls are counted in the database, by the hour and the reason, so
// that a restart forgets none and every node sees those of all. Anybody can
// send calls that are refused, so they make at most one write a second and one
// journal row an hour on each node.
const (
	refusalWriteEvery   = time.Second
	refusalJournalEvery = time.Hour
)

// refusalRow counts the calls of one hour that were refused for one reason.
type refusalRow struct {
	Hour   time.Time `gorm:"primaryKey"`
	Reason string    `gorm:"primaryKey"`
	Calls  int64
	LastAt time.Time
}

// TableName implements gorm's Tabler.
func (refusalRow) TableName() string { return "webhook_refusals" }

// refusals holds what this process has yet to write down.
type refusals struct {
	mu        sync.Mutex
	pending   map[refusalKey]refusalRow
	written   time.Time
	untold    int64 // calls the journal has not heard of
	journaled time.Time
}

type refusalKey struct {
	hour   time.Time
	reason string
}

// add counts a call. It says whether it is time to write, and how many calls
// the journal should hear of now; 0 is none.
func (r *refusals) add(now time.Time, reason string) (write bool, untold int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending == nil {
		r.pending = map[refusalKey]refusalRow{}
	}
	k := refusalKey{now.Truncate(time.Hour), reason}
	row := r.pending[k]
	r.pending[k] = refusalRow{Hour: k.hour, Reason: reason, Calls: row.Calls + 1, LastAt: now}
	r.untold++
	if r.journaled.IsZero() || now.Sub(r.journaled) >= refusalJournalEvery {
		untold, r.untold, r.journaled = r.untold, 0, now
	}
	return r.written.IsZero() || now.Sub(r.written) >= refusalWriteEvery, untold
}

// take gives what is to be written, and forgets it.
func (r *refusals) take(now time.Time) []refusalRow {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows := make([]refusalRow, 0, len(r.pending))
	for _, row := range r.pending {
		rows = append(rows, row)
	}
	clear(r.pending)
	r.written = now
	return rows
}

// refuse counts a call that was not signed by Stripe. A wrong secret in the
// configuration looks like this too.
func (o *Office) refuse(ctx context.Context, now time.Time, reason string) {
	write, untold := o.refusals.add(now, reason)
	if write {
		if err := o.writeRefusals(ctx); err != nil {
			o.Log.ErrorContext(ctx, "refused calls could not be counted", "error", err)
		}
	}
	if untold == 0 {
		return
	}
	o.Log.WarnContext(ctx, "a call to the Stripe webhook was refused; is the secret right?", "reason", reason, "calls", untold)
	err := o.DB.Tx(ctx, func(ctx context.Context) error {
		return o.Journal.Record(ctx, journal.Event{Verb: verbRefused, Subject: "stripe", ID: "webhook", Payload: map[string]int64{"calls": untold}})
	})
	if err != nil {
		o.Log.ErrorContext(ctx, "refused calls could not be journalled", "error", err)
	}
}

func (o *Office) writeRefusals(ctx context.Context) error {
	rows := o.refusals.take(o.Clock.Now())
	if len(rows) == 0 {
		return nil
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		for _, row := range rows {
			if err := o.store.addRefusals(ctx, &row); err != nil {
				return err
			}
		}
		return nil
	})
}
