package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// queueVersion is the migration that creates the job queue's tables. Later
// releases of the queue get a migration of their own with its target version.
const (
	queueVersion = 1
	queueTarget  = 7 // River's schema version
)

// Migrate brings the schema up to date and says how many steps it took. Many
// nodes may call it at once: on Postgres they wait for each other.
func (d *DB) Migrate(ctx context.Context) (int, error) {
	p, err := d.provider()
	if err != nil {
		return 0, err
	}
	results, err := p.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("migrate: %w", err)
	}
	if len(results) > 0 && d.engine == SQLite {
		// A new connection has no pages of tables that were being made.
		d.writeSQL.SetMaxIdleConns(0)
		d.writeSQL.SetMaxIdleConns(1)
		GiveBack()
	}
	return len(results), nil
}

// Migrated tells whether the schema is exactly the one this program expects:
// every step of its own was taken, and none that it does not know came after.
func (d *DB) Migrated(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	pending, err := p.HasPending(ctx)
	if err != nil {
		return err
	}
	if pending || current > target {
		return fmt.Errorf("the database is at schema version %d, this program needs %d", current, target)
	}
	return nil
}

func (d *DB) provider() (*goose.Provider, error) {
	dir, err := fs.Sub(d.migrations, string(d.engine))
	if err != nil {
		return nil, err
	}
	opts := []goose.ProviderOption{
		goose.WithDisableGlobalRegistry(true),
		// Steps made side by side arrive in any order: one with a lower number
		// than the newest taken is taken late, not refused.
		goose.WithAllowOutofOrder(true),
		goose.WithGoMigrations(goose.NewGoMigration(queueVersion, d.queueTables(), nil)),
	}
	dialect := goose.DialectSQLite3
	if d.engine == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.writeSQL, dir, opts...)
}

// queueTables creates River's tables. On SQLite that happens in goose's
// transaction, because there is one connection; on Postgres each of River's
// steps has a transaction of its own, because an enum value cannot be used in
// the transaction that adds it.
func (d *DB) queueTables() *goose.GoFunc {
	opts := &rivermigrate.MigrateOpts{TargetVersion: queueTarget}
	if d.engine == SQLite {
		return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			m, err := rivermigrate.New(riversqlite.New(d.writeSQL), &rivermigrate.Config{Logger: quiet(d.log)})
			if err != nil {
				return err
			}
			_, err = m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, opts) //nolint:staticcheck // deprecated for Postgres enums; SQLite has none, and one connection
			return err
		}}
	}
	return &goose.GoFunc{RunDB: func(ctx context.Context, _ *sql.DB) error {
		m, err := rivermigrate.New(riverpgxv5.New(d.pool), &rivermigrate.Config{Logger: quiet(d.log)})
		if err != nil {
			return err
		}
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, opts)
		return err
	}}
}

// Ready tells whether the database answers and has the expected schema.
func (d *DB) Ready(ctx context.Context) error {
	if d.readSQL == nil {
		return errors.New("the database is closed")
	}
	if err := d.readSQL.PingContext(ctx); err != nil {
		return err
	}
	return d.Migrated(ctx)
}
