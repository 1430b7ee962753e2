package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Mode says whether a comparison with Stripe only looks or also mends.
type Mode string

// The modes.
const (
	DryRun Mode = "dry_run"
	Repair Mode = "repair"
)

// RunState says how far a comparison has come.
type RunState string

// The states of a comparison.
const (
	RunQueued  RunState = "queued"
	RunRunning RunState = "running"
	RunDone    RunState = "done"
	RunFailed  RunState = "failed"
)

// Reconciliation is one comparison with Stripe, asked for, running or over.
type Reconciliation struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	Mode      Mode
	State     RunState
	AskedBy   string
	Checked   int64 // subscriptions so far
	Foreign   int64 `gorm:"column:foreign_n"` // of them, those of somebody else
	Changed   int64 // rows written
	Error     string
	Slot      *int64 // 1 until it is over, so that one runs at a time
	CreatedAt time.Time
	SeenAt    time.Time // last sign of life
	EndedAt   *time.Time

	Findings []FoundRow `gorm:"-"` // only when one is asked for
}

// TableName implements gorm's Tabler.
func (Reconciliation) TableName() string { return "reconciliations" }

// FoundRow is a finding as it is kept.
type FoundRow struct {
	ID               uuid.UUID `gorm:"type:uuid;primaryKey"`
	ReconciliationID uuid.UUID `gorm:"type:uuid"`
	Difference       Difference
	StripeID         string
	OwnerKind        OwnerKind
	OwnerID          uuid.NullUUID `gorm:"type:uuid"`
	Was              string
	IsNow            string
	Repaired         bool
}

// TableName implements gorm's Tabler.
func (FoundRow) TableName() string { return "reconciliation_findings" }

// silence is how long a comparison may give no sign of life before it counts
// as interrupted, as after its process was killed.
const silence = 10 * time.Minute

// runsKept is how many comparisons are remembered.
const runsKept = 100

var (
	errRunning = fault.New(fault.Conflict, "reconciliation_running", "A comparison with Stripe is running already. Its result will be shown here.")
	errNoRun   = fault.New(fault.NotFound, "reconciliation_not_found", "There is no such comparison.")
)

// Reconcile compares the mirror with Stripe and, as a repair, puts it right.
// progress is told how many were checked; it may be nil. On an error the
// report holds what was done until then. One runs at a time; another asked for
// meanwhile is refused with reconciliation_running. It needs operations.write.
func (o *Office) Reconcile(ctx context.Context, mode Mode, progress func(checked int)) (Report, error) {
	if err := o.outside(ctx); err != nil {
		return Report{}, err
	}
	run, err := o.openRun(ctx, mode, RunRunning)
	if err != nil {
		return Report{}, err
	}
	return o.compare(ctx, run, progress)
}

// AskReconcile lets a job compare, and returns at once. It needs
// operations.write.
func (o *Office) AskReconcile(ctx context.Context, mode Mode) (*Reconciliation, error) {
	return o.openRun(ctx, mode, RunQueued)
}

// openRun takes the slot. A run that went silent is closed first.
func (o *Office) openRun(ctx context.Context, mode Mode, state RunState) (*Reconciliation, error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, err
	}
	if mode != DryRun && mode != Repair {
		return nil, fault.New(fault.Invalid, "unknown_mode", "The mode is dry_run or repair.")
	}
	now, slot := o.Clock.Now(), int64(1)
	run := &Reconciliation{ID: db.NewID(), Mode: mode, State: state, AskedBy: actor.From(ctx).Name, Slot: &slot, CreatedAt: now, SeenAt: now}
	return run, o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.closeSilentRuns(ctx, now.Add(-silence), now); err != nil {
			return err
		}
		fresh, err := o.store.insertRun(ctx, run)
		if err != nil {
			return err
		}
		if !fresh {
			return errRunning
		}
		if err := o.store.forgetRuns(ctx, runsKept); err != nil || state != RunQueued {
			return err
		}
		return o.DB.Enqueue(ctx, CompareArgs{Run: run.ID}, nil)
	})
}

// Compare does a comparison that was asked for. Doing it again, as a job may
// after a crash, does nothing once it is over.
func (o *Office) Compare(ctx context.Context, id uuid.UUID) error {
	run, err := o.store.run(ctx, id)
	if err != nil || run == nil || run.Slot == nil {
		return err
	}
	_, err = o.compare(ctx, run, nil)
	return err
}

// compare runs one comparison and keeps its result, whatever it is.
func (o *Office) compare(ctx context.Context, run *Reconciliation, progress func(checked int)) (Report, error) {
	c := o.newComparison(run.Mode, func(checked int) error {
		if progress != nil {
			progress(checked)
		}
		return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.seeRun(ctx, run.ID, checked, o.Clock.Now()) })
	})
	failed := c.run(ctx)
	c.report.Ended = o.Clock.Now()
	// The result is kept also when whoever asked has gone away.
	ctx = context.WithoutCancel(ctx)
	err := o.DB.Tx(ctx, func(ctx context.Context) error { return o.closeRun(ctx, run, c.report, failed) })
	if failed != nil {
		return *c.report, failed
	}
	return *c.report, err
}

func (o *Office) closeRun(ctx context.Context, run *Reconciliation, r *Report, failed error) error {
	run.State, run.Slot, run.EndedAt, run.SeenAt = RunDone, nil, &r.Ended, r.Ended
	run.Checked, run.Foreign, run.Changed = int64(r.Checked), int64(r.Foreign), int64(r.Changed)
	if failed != nil {
		run.State, run.Error = RunFailed, fault.Of(failed).Code
	}
	if err := o.store.closeRun(ctx, run, found(run.ID, r.Findings)); err != nil || failed != nil {
		return err
	}
	payload := map[string]any{
		"mode": r.Mode, "checked": r.Checked, "changed": r.Changed, "foreign": r.Foreign, "differences": r.Counts,
	}
	return o.Journal.Record(ctx, journal.Event{Verb: verbReconciled, Subject: "stripe", ID: "subscriptions", Payload: payload})
}

func found(run uuid.UUID, findings []Finding) []FoundRow {
	rows := make([]FoundRow, len(findings))
	for i, f := range findings {
		rows[i] = FoundRow{
			ID: db.NewID(), ReconciliationID: run, Difference: f.Difference, StripeID: f.StripeID, OwnerKind: f.Owner.Kind,
			OwnerID: uuid.NullUUID{UUID: f.Owner.ID, Valid: f.Owner.ID != uuid.Nil}, Was: f.Was, IsNow: f.Is, Repaired: f.Repaired,
		}
	}
	return rows
}

// Reconciliations lists comparisons, newest first. It needs operations.write.
func (o *Office) Reconciliations(ctx context.Context, limit int) ([]Reconciliation, error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, err
	}
	return o.store.runs(ctx, min(max(limit, 1), runsKept))
}

// Reconciliation is one comparison with what it found. It needs
// operations.write.
func (o *Office) Reconciliation(ctx context.Context, id uuid.UUID) (*Reconciliation, error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, err
	}
	run, err := o.store.run(ctx, id)
	if err != nil {
		return nil, err
	}
	if run == nil {
		return nil, errNoRun
	}
	run.Findings, err = o.store.found(ctx, id)
	return run, err
}
