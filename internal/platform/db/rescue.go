package db

import (
	"context"
	"hash/fnv"
	"time"
)

// A process that dies leaves its jobs in the state "running". On SQLite one
// process owns the jobs, so the next start takes them up. On Postgres every
// process holds an advisory lock under its name for as long as it lives, on the
// connection it listens on; jobs of a name whose lock is free go to somebody
// else. (The queue's own rescue needs minutes and stays as a second line.)
const (
	rescueEvery = 10 * time.Second
	// youngest keeps away from a process that has just taken a job and not yet
	// its lock, or lost its connection for a moment.
	youngest = 5 * time.Second
)

// lockOf is the advisory lock of a process, by its name.
func lockOf(name string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("lighttrends worker " + name))
	return int64(h.Sum64()) //nolint:gosec // a bit pattern
}

// watchTheDead looks for jobs of processes that are gone, at once and then
// every few seconds, until ctx ends.
func (d *DB) watchTheDead(ctx context.Context) {
	for ctx.Err() == nil {
		if n, err := d.rescue(ctx); err != nil && ctx.Err() == nil {
			d.log.Warn("cannot look for jobs of dead processes", "error", err)
		} else if n > 0 {
			d.log.Info("took up jobs of a process that died", "jobs", n)
		}
		pause(ctx, rescueEvery)
	}
}

func (d *DB) rescue(ctx context.Context) (int64, error) {
	const owners = `SELECT DISTINCT attempted_by[array_upper(attempted_by, 1)] FROM river_job
		WHERE state = 'running' AND attempted_at < now() - make_interval(secs => $1)`
	rows, err := d.pool.Query(ctx, owners, youngest.Seconds())
	if err != nil {
		return 0, err
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			rows.Close()
			return 0, err
		}
		names = append(names, name)
	}
	if rows.Close(); rows.Err() != nil {
		return 0, rows.Err()
	}
	var total int64
	for _, name := range names {
		if name == d.news.origin {
			continue
		}
		n, err := d.takeUp(ctx, name)
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

// takeUp frees the jobs of one process, if its lock can be had.
func (d *DB) takeUp(ctx context.Context, name string) (int64, error) {
	tx, err := d.pool.Begin(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	var dead bool
	if err := tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock($1)", lockOf(name)).Scan(&dead); err != nil || !dead {
		return 0, err
	}
	const free = `UPDATE river_job SET state = 'available', scheduled_at = now()
		WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1 AND attempted_at < now() - make_interval(secs => $2)`
	tag, err := tx.Exec(ctx, free, name, youngest.Seconds())
	if err != nil {
		return 0, err
	}
	return tag.RowsAffected(), tx.Commit(ctx)
}
