package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/migrations"
)

// Each runs the test once per engine, as parallel subtests "sqlite" and
// "postgres".
func Each(t *testing.T, test func(t *testing.T, e Engine)) {
	t.Helper()
	for _, e := range []Engine{{Name: db.SQLite}, {Name: db.Postgres}} {
		t.Run(string(e.Name), func(t *testing.T) {
			t.Parallel()
			test(t, e)
		})
	}
}

// Engine makes databases of one kind.
type Engine struct{ Name db.Engine }

// Open makes a fresh, migrated database that goes with the test. c may be nil.
func (e Engine) Open(t testing.TB, c clock.Clock) *db.DB {
	t.Helper()
	return e.Reopen(t, e.Options(t), c)
}

// Options makes a fresh, migrated database and says how to open it, for tests
// that open it twice or hand it to another process.
func (e Engine) Options(t testing.TB) db.Options {
	t.Helper()
	if e.Name == db.SQLite {
		return db.Options{Dir: sqliteCopy(t), Migrations: migrations.FS}
	}
	return db.Options{URL: postgresCopy(t), Migrations: migrations.FS, MaxConns: 6}
}

// Reopen opens what Options described.
func (e Engine) Reopen(t testing.TB, o db.Options, c clock.Clock) *db.DB {
	t.Helper()
	o.Clock = c
	d, err := db.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "lighttrends-sqlite-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := migrate(db.Options{Dir: dir, Migrations: migrations.FS}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "lighttrends.db"))
})

func sqliteCopy(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "lighttrends.db"), template, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func migrate(o db.Options) error {
	ctx := context.Background()
	d, err := db.Open(ctx, o)
	if err != nil {
		return err
	}
	_, err = d.Migrate(ctx)
	if cerr := d.Close(); err == nil {
		err = cerr // closing moves the write-ahead log into the file
	}
	return err
}

// server is the URL of the cluster for this process. A cluster started here
// ends with the process: its supervisor notices.
var server = sync.OnceValues(func() (string, error) {
	if u := os.Getenv("TEST_DATABASE_URL"); u != "" {
		return u, nil
	}
	c, err := StartCluster()
	if err != nil {
		return "", err
	}
	return c.URL, nil
})

var postgresTemplate = sync.OnceValues(func() (string, error) {
	base, err := server()
	if err != nil {
		return "", err
	}
	sum, err := schemaSum()
	if err != nil {
		return "", err
	}
	name := "lighttrends_template_" + sum
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, base)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(ctx) }()
	// Test processes of several packages meet here; the first one migrates.
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(7268423)"); err != nil {
		return "", err
	}
	var exists bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate)", name).Scan(&exists); err != nil || exists {
		return name, err
	}
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name); err != nil {
		return "", err
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	if err := migrate(db.Options{URL: withDatabase(base, name), Migrations: migrations.FS}); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true")
	return name, err
})

// schemaSum names a schema by its content, so that a changed migration never
// meets an old template.
func schemaSum() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations.FS, "postgres", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(migrations.FS, path)
		_, _ = fmt.Fprintf(h, "%s %d\n", path, len(b))
		_, _ = h.Write(b)
		return err
	})
	return hex.EncodeToString(h.Sum(nil))[:16], err
}

func postgresCopy(t testing.TB) string {
	t.Helper()
	template, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	base, _ := server()
	suffix := make([]byte, 8)
	_, _ = rand.Read(suffix)
	name := "lighttrends_test_" + hex.EncodeToString(suffix)
	admin(t, base, "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY "+strategy())
	t.Cleanup(func() { admin(t, base, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return withDatabase(base, name)
}

// strategy is how a database is copied. Copying its files is quicker where no disk
// is waited for.
func strategy() string {
	if strings.HasPrefix(os.TempDir(), "/dev/shm/") {
		return "FILE_COPY"
	}
	return "WAL_LOG"
}

func admin(t testing.TB, base, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, base)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

func withDatabase(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	u.Path = "/" + name
	return u.String()
}
