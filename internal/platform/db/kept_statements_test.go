package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"lighttrends/internal/platform/db"
)

func openFile(t *testing.T) *sql.DB {
	t.Helper()
	file, err := db.OpenFile(filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	for _, s := range []string{"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, at TIMESTAMP)", "CREATE TABLE u (t REFERENCES t (id))"} {
		if _, err := file.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// TestAStatementRunsAgainAndAgain: from the second time on it is a kept one,
// and nobody can tell.
func TestAStatementRunsAgainAndAgain(t *testing.T) {
	t.Parallel()
	file := openFile(t)
	for i := range 5 {
		if _, err := file.Exec("INSERT INTO t (id, name) VALUES (?, ?)", i, fmt.Sprint("n", i)); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := file.QueryRow("SELECT COUNT(*) FROM t WHERE id <= ?", i).Scan(&n); err != nil || n != i+1 {
			t.Fatal(n, err)
		}
	}
	t.Run("also after it failed", func(t *testing.T) {
		for range 3 {
			if _, err := file.Exec("INSERT INTO t (id, name) VALUES (?, ?)", 9, "n1"); err == nil || !strings.Contains(err.Error(), "UNIQUE") {
				t.Fatal(err)
			}
		}
		if _, err := file.Exec("INSERT INTO t (id, name) VALUES (?, ?)", 9, "n9"); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("after the tables changed", func(t *testing.T) {
		const all = "SELECT * FROM t WHERE id = ?"
		columns := func() int {
			rows, err := file.Query(all, 1)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = rows.Close() }()
			names, err := rows.Columns()
			if err != nil || !rows.Next() {
				t.Fatal(err, rows.Err())
			}
			return len(names)
		}
		for range 3 {
			columns()
		}
		if _, err := file.Exec("ALTER TABLE t ADD COLUMN more TEXT"); err != nil {
			t.Fatal(err)
		}
		if n := columns(); n != 4 {
			t.Errorf("%d columns", n)
		}
	})
	t.Run("after its context ended", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := file.ExecContext(ctx, "INSERT INTO t (id, name) VALUES (?, ?)", 10, "n10"); err == nil {
			t.Fatal("done for nobody")
		}
		if _, err := file.Exec("INSERT INTO t (id, name) VALUES (?, ?)", 10, "n10"); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAStatementRunsInsideItself: rows that are still being read keep theirs.
func TestAStatementRunsInsideItself(t *testing.T) {
	t.Parallel()
	file := openFile(t)
	if _, err := file.Exec("INSERT INTO t (id) VALUES (1), (2), (3)"); err != nil {
		t.Fatal(err)
	}
	tx, err := file.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	const query = "SELECT id FROM t ORDER BY id"
	var read func(depth int) string
	read = func(depth int) (out string) {
		if depth == 0 {
			return "."
		}
		rows, err := tx.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id int
			if err := rows.Scan(&id); err != nil {
				t.Fatal(err)
			}
			out += fmt.Sprint(id) + read(depth-1)
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
		return out
	}
	for range 3 {
		if got := read(2); got != "11.2.3.21.2.3.31.2.3." {
			t.Fatal(got)
		}
	}
}

// TestManyStatements: more than are kept, in turns.
func TestManyStatements(t *testing.T) {
	t.Parallel()
	file := openFile(t)
	for range 3 {
		for i := range 500 {
			var n int
			if err := file.QueryRow(fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
				t.Fatal(n, err)
			}
			if err := file.QueryRow(fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
				t.Fatal(n, err)
			}
		}
	}
	if _, err := file.Exec("VACUUM"); err != nil {
		t.Error(err)
	}
}
