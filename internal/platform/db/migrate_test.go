package db_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/migrations"
)

// steps is the house's migrations and some more.
func steps(t *testing.T, more ...string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(migrations.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(migrations.FS, path)
		out[path] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range more {
		for _, engine := range []string{"sqlite", "postgres"} {
			out[engine+"/"+name+".sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE step_" + name + " (id BIGINT NOT NULL PRIMARY KEY);\n")}
		}
	}
	return out
}

func TestStepsComeInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		o := e.Options(t)
		with := func(more ...string) *db.DB {
			o.Migrations = steps(t, more...)
			return e.Reopen(t, o, nil)
		}
		take := func(d *db.DB, want int) {
			t.Helper()
			if want > 0 && d.Migrated(t.Context()) == nil {
				t.Error("steps are missing and nobody says so")
			}
			if n, err := d.Migrate(t.Context()); err != nil || n != want {
				t.Fatalf("%d steps, %v", n, err)
			}
			if err := d.Migrated(t.Context()); err != nil {
				t.Error(err)
			}
		}
		take(with("90000_late"), 1)
		late := with("80000_early", "90000_late", "95000_last")
		take(late, 2)
		take(late, 0)
		if err := with("80000_early").Migrated(t.Context()); err == nil {
			t.Error("a program older than the schema takes it for its own")
		}
	})
}
