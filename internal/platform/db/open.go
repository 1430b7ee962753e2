package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	_ "modernc.org/sqlite" // the pure Go SQLite driver, registered as "sqlite"

	"lighttrends/internal/platform/clock"
)

// Engine names the database in use.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options says where the data lives.
type Options struct {
	URL        string // postgres:// URL; empty selects SQLite
	Dir        string // the data folder, for SQLite
	Migrations fs.FS  // holds the folders "sqlite" and "postgres"
	Clock      clock.Clock
	Log        *slog.Logger
	MaxConns   int // Postgres connections; 0 means 16
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine      Engine
	write, read *gorm.DB
	writeSQL    *sql.DB
	readSQL     *sql.DB
	pool        *pgxpool.Pool // Postgres only
	migrations  fs.FS
	clock       clock.Clock
	log         *slog.Logger
	queue       inserter
	news        *news
	changes     *changes // SQLite only
}

// Open connects. It does not migrate.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &DB{migrations: o.Migrations, clock: o.Clock, log: o.Log, news: newNews()}
	var err error
	if o.URL == "" {
		err = d.openSQLite(ctx, o)
	} else {
		err = d.openPostgres(ctx, o)
	}
	if err == nil {
		err = d.openQueue()
	}
	if err != nil {
		_ = d.Close()
		return nil, err
	}
	return d, nil
}

func (d *DB) openSQLite(_ context.Context, o Options) (err error) {
	d.engine = SQLite
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	path := filepath.Join(o.Dir, "lighttrends.db")
	d.changes = &changes{}
	if d.writeSQL, err = openFile(path, d.changes); err != nil {
		return err
	}
	if d.write, err = d.gorm(sqliteDialector(d.writeSQL)); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if d.readSQL, err = sql.Open("sqlite", sqliteDSN(path, "_pragma=query_only(1)", "_pragma=cache_size(-512)")); err != nil {
		return err
	}
	// Caches of half a MiB: the pages lie in the system's cache anyway. More readers
	// than processors would only take turns. One more connection looks whether
	// somebody else has written.
	readers := max(4, runtime.GOMAXPROCS(0))
	d.readSQL.SetMaxOpenConns(readers + 1)
	d.readSQL.SetMaxIdleConns(readers + 1)
	d.read, err = d.gorm(sqliteDialector(d.readSQL))
	return err
}

// OpenFile opens a SQLite file the way the writer does: one connection,
// write-ahead log, every commit on disk before it is acknowledged. The local
// Stripe stand-in keeps its state in such a file of its own. A new file is for
// its owner only, and SQLite gives the files beside it the same rights.
func OpenFile(path string) (*sql.DB, error) { return openFile(path, &changes{}) }

func openFile(path string, c *changes) (*sql.DB, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	w := openKeeping(sqliteDSN(path, "_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)"), c)
	w.SetMaxOpenConns(1)
	return w, nil
}

func sqliteDSN(path string, more ...string) string {
	params := append([]string{
		"_pragma=busy_timeout(10000)", "_pragma=foreign_keys(1)", "_pragma=temp_store(memory)",
		"_time_format=sqlite", "_timezone=UTC",
	}, more...)
	// A path may hold characters that mean something in a URL.
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(params, "&")
}

func (d *DB) openPostgres(ctx context.Context, o Options) (err error) {
	d.engine = Postgres
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		// The library's message may repeat the URL with its password.
		return errors.New("DATABASE_URL is not a valid postgres:// URL")
	}
	cfg.MaxConns = int32(max(o.MaxConns, 0)) //nolint:gosec // a small number from the configuration
	if cfg.MaxConns == 0 {
		cfg.MaxConns = 16
	}
	cfg.MaxConnIdleTime = 5 * time.Minute
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.AfterConnect = func(_ context.Context, c *pgx.Conn) error {
		c.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID,
			Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		return nil
	}
	if d.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return err
	}
	d.writeSQL = stdlib.OpenDBFromPool(d.pool)
	d.readSQL = d.writeSQL
	if d.write, err = d.gorm(postgres.New(postgres.Config{Conn: d.writeSQL})); err != nil {
		return errors.New("the database does not answer: " + hidePassword(err, cfg.ConnConfig.Password))
	}
	d.read = d.write
	return nil
}

func hidePassword(err error, password string) string {
	if password == "" {
		return err.Error()
	}
	return strings.ReplaceAll(err.Error(), password, "•••")
}

// gorm opens GORM on a connection. PrepareStmt stays off: it hides the
// *sql.Tx that the job queue needs. The default transaction per write is off
// too, because every write here already stands in one.
func (d *DB) gorm(dial gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dial, &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NowFunc:                d.clock.Now,
		Logger:                 sqlLog{d.log},
	})
}

// Engine says which database this is.
func (d *DB) Engine() Engine { return d.engine }

// SQL gives the pool for reading. The few hottest reads are prepared on it by
// hand; on SQLite it cannot write.
func (d *DB) SQL() *sql.DB { return d.readSQL }

// Close lets go of every connection.
func (d *DB) Close() error {
	d.news.stop()
	if d.changes != nil {
		d.changes.close()
	}
	var errs []error
	if d.readSQL != nil && d.readSQL != d.writeSQL {
		errs = append(errs, d.readSQL.Close())
	}
	if d.writeSQL != nil {
		errs = append(errs, d.writeSQL.Close())
	}
	if d.pool != nil {
		d.pool.Close()
	}
	return errors.Join(errs...)
}
