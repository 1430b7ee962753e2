package content_test

import (
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestPublicListsGoAlongIndexes asks SQLite how it would read the first page of
// each order, and one behind a cursor: neither looks at all notes or sorts them,
// so a deep page costs what the first does.
func TestPublicListsGoAlongIndexes(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for i := range 12 {
		v := must(b.desk.Create(b.staff, content.Input{Title: fmt.Sprint("Note ", i), Abstract: "A.", Body: "Open.", Gate: access.Public}))
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{}))
	}
	var asked []statement
	err := b.db.Read(b.staff).Callback().Query().After("gorm:query").Register("test:plan", func(tx *gorm.DB) {
		if sql := tx.Statement.SQL.String(); strings.Contains(sql, "ORDER BY") && strings.Contains(sql, "status = 'published'") {
			asked = append(asked, statement{sql, tx.Statement.Vars})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range content.Orders() {
		asked = nil
		q := content.Query{Order: o, Limit: 5}
		for range 2 {
			page := must(b.library.List(b.staff, q))
			if len(page.Notes) != 5 || page.Next == "" {
				t.Fatalf("%s: %d notes", o, len(page.Notes))
			}
			q.After = page.Next
		}
		if len(asked) != 2 {
			t.Fatalf("%s: %d statements", o, len(asked))
		}
		for i, s := range asked {
			plan := strings.Join(s.plan(t, b.db), "\n")
			if !strings.HasPrefix(plan, "SEARCH notes USING INDEX") || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%s, page %d: %s\n%s", o, i+1, plan, s.sql)
			}
		}
	}
}
