package db

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"
)

// A job that takes longer than jobTimeout is cancelled and tried again. One
// whose process died is given to another worker after rescueAfter.
const (
	jobTimeout  = time.Minute
	rescueAfter = 2 * time.Minute
)

// maxWorkers leaves some of the 16 connections to Postgres to whoever asks for
// a page. With fetchCooldown it is also what a burst of jobs is bound by: so
// many are taken up each time.
const (
	maxWorkers    = 12
	fetchCooldown = 10 * time.Millisecond
)

// Outward is the queue of calls to servers that somebody else runs: those may
// hang, and mail must not wait behind them.
const Outward = "outward"

// maxOutward is that many because most of these workers wait for a far server,
// without a connection to the database. Who puts jobs here sees to it that no
// one server can keep all of them, and that few are at the database at once.
const maxOutward = 64

// inserter is a queue client that only inserts.
type inserter interface {
	InsertTx(ctx context.Context, tx *sql.Tx, args river.JobArgs, opts *river.InsertOpts) (*rivertype.JobInsertResult, error)
}

func (d *DB) openQueue() (err error) {
	cfg := &river.Config{Logger: quiet(d.log)}
	if d.engine == SQLite {
		d.queue, err = river.NewClient(riversqlite.New(nil), cfg)
	} else {
		d.queue, err = river.NewClient(riverdatabasesql.New(nil), cfg)
	}
	return err
}

// quiet keeps the queue's chatter out of the log; its warnings and errors stay.
func quiet(l *slog.Logger) *slog.Logger { return slog.New(atLeastWarn{l.Handler()}) }

type atLeastWarn struct{ slog.Handler }

func (h atLeastWarn) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

func (h atLeastWarn) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeastWarn{h.Handler.WithAttrs(a)}
}

func (h atLeastWarn) WithGroup(name string) slog.Handler {
	return atLeastWarn{h.Handler.WithGroup(name)}
}

// Enqueue puts a job into the queue, in the transaction of the context: the
// job exists if and only if the change that asked for it does. opts may be nil.
func (d *DB) Enqueue(ctx context.Context, args river.JobArgs, opts *river.InsertOpts) error {
	t := d.current(ctx)
	if t == nil {
		return errOutsideTx
	}
	tx, ok := t.gorm.Statement.ConnPool.(*sql.Tx)
	if !ok {
		return fmt.Errorf("db: the transaction is a %T, not a *sql.Tx", t.gorm.Statement.ConnPool)
	}
	_, err := d.queue.InsertTx(ctx, tx, args, opts)
	return err
}

// Unfinished lists the states of a job that has yet to be done, for jobs of
// which there is to be one at a time: a finished one must not stand in the way
// of the next.
func Unfinished() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// Workers is a running set of job workers.
type Workers interface {
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
}

// WorkerOptions says who works and what happens by the clock.
type WorkerOptions struct {
	Workers  *river.Workers
	Periodic []*river.PeriodicJob
	// Around wraps every job, for instance to put an actor into its context.
	Around func(ctx context.Context, kind string, do func(context.Context) error) error
}

// Work starts the job workers of this node.
func (d *DB) Work(ctx context.Context, o WorkerOptions) (Workers, error) {
	cfg := &river.Config{
		ID:                   d.news.origin,
		Logger:               quiet(d.log),
		Workers:              o.Workers,
		PeriodicJobs:         o.Periodic,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: maxWorkers}, Outward: {MaxWorkers: maxOutward}},
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		FetchCooldown:        fetchCooldown,
		FetchPollInterval:    500 * time.Millisecond,
		ErrorHandler:         jobErrors{d.log},
	}
	if o.Around != nil {
		cfg.Middleware = []rivertype.Middleware{&around{do: o.Around}}
	}
	if d.engine == Postgres {
		w, err := startWorkers(ctx, riverpgxv5.New(d.pool), cfg)
		if err == nil {
			d.news.inBackground(ctx, d.watchTheDead)
		}
		return w, err
	}
	// One process owns a SQLite file's jobs, so whatever was running before it
	// started belongs to a process that died.
	const revive = `UPDATE river_job SET state = 'available' WHERE state = 'running'`
	if _, err := d.writeSQL.ExecContext(ctx, revive); err != nil {
		return nil, err
	}
	return startWorkers(ctx, riversqlite.New(d.writeSQL), cfg)
}

type around struct {
	river.WorkerMiddlewareDefaults
	do func(ctx context.Context, kind string, do func(context.Context) error) error
}

func (a *around) Work(ctx context.Context, job *rivertype.JobRow, inner func(context.Context) error) error {
	return a.do(ctx, job.Kind, inner)
}

// jobErrors logs every failed attempt; the queue itself only records it.
type jobErrors struct{ log *slog.Logger }

func (j jobErrors) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	level := slog.LevelWarn
	if job.Attempt >= job.MaxAttempts {
		level = slog.LevelError
	}
	j.log.Log(ctx, level, "job failed", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "of", job.MaxAttempts, "error", err)
	return nil
}

func (j jobErrors) HandlePanic(ctx context.Context, job *rivertype.JobRow, panicked any, trace string) *river.ErrorHandlerResult {
	j.log.ErrorContext(ctx, "job panicked", "kind", job.Kind, "job", job.ID, "panic", panicked, "trace", trace)
	return nil
}
