package content_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheDesksListsGoAlongIndexes asks SQLite how it would read each page. A
// list that looks at all notes, or sorts them, is quick with a few and not with
// fifty thousand.
func TestTheDesksListsGoAlongIndexes(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	must(b.desk.PutTopic(b.staff, content.Label{Name: "Zinc"}))
	plant(t, b, rand.New(rand.NewPCG(5, 5)), 420)
	var asked []statement
	watch := b.db.Read(b.staff).Callback().Query().After("gorm:query").Register("test:plan", func(tx *gorm.DB) {
		if sql := tx.Statement.SQL.String(); strings.Contains(sql, "notes.*") {
			asked = append(asked, statement{sql, tx.Statement.Vars})
		}
	})
	if watch != nil {
		t.Fatal(watch)
	}
	for what, f := range map[string]content.Filter{
		"all": {}, "not archived": {Unarchived: true}, "of a status": {Status: content.Draft}, "of a kind": {Kind: content.Data, Unarchived: true},
		"of a topic": {Topic: "zinc", Unarchived: true}, "with a word": {Words: "fi", Unarchived: true}, "with a word in the title": {Title: "fi"},
	} {
		for _, f.Sort = range []content.Sort{content.ByChange, content.ByPublication, content.ByTitle} {
			for _, f.Reverse = range []bool{false, true} {
				asked = nil
				f.Limit, f.After = 5, ""
				if _, f.After, _ = b.desk.List(b.staff, f); f.After == "" {
					t.Fatalf("%s by %s: no second page", what, f.Sort)
				}
				if _, _, err := b.desk.List(b.staff, f); err != nil || len(asked) < 2 {
					t.Fatalf("%s by %s: %d statements, %v", what, f.Sort, len(asked), err)
				}
				for _, s := range asked {
					for _, step := range s.plan(t, b.db) {
						if step == "SCAN notes" {
							t.Errorf("%s by %s looks at all notes: %s", what, f.Sort, s.sql)
						}
						// What is found by words or a topic is little, and sorted
						// where another order is asked for than that of changes.
						sorts := f.Sort != content.ByChange && (f.Topic+f.Words+f.Title != "")
						if strings.Contains(step, "TEMP B-TREE") && !sorts {
							t.Errorf("%s by %s sorts (%s): %s", what, f.Sort, step, s.sql)
						}
					}
				}
			}
		}
	}
}

type statement struct {
	sql  string
	vars []any
}

// plan is what SQLite says it would do, a step a line.
func (s statement) plan(t *testing.T, d *db.DB) (steps []string) {
	t.Helper()
	rows, err := d.SQL().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+s.sql, s.vars...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil || len(steps) == 0 {
		t.Fatalf("no plan: %v", err)
	}
	return steps
}

// TestReadersPagesBeginWhereTheLastOneEnded: of two bounds from above SQLite
// takes one to begin at, and walks from there, past 30,000 notes if it must.
func TestReadersPagesBeginWhereTheLastOneEnded(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for _, title := range []string{"One", "Two", "Three"} {
		b.published(t, content.Input{Title: title, Kind: content.Data, Abstract: "A.", Body: "Words.\n", Gate: access.Public})
	}
	var asked []string
	err := b.db.Read(b.staff).Callback().Query().After("gorm:query").Register("test:bounds", func(tx *gorm.DB) {
		if sql := tx.Statement.SQL.String(); strings.Contains(sql, "LIMIT") && strings.Contains(sql, "status = 'published'") {
			asked = append(asked, sql)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	first := must(b.library.List(t.Context(), content.Query{Limit: 1}))
	asked = nil
	second := must(b.library.List(t.Context(), content.Query{Limit: 1, After: first.Next, To: start.Add(time.Hour)}))
	if len(asked) != 1 || len(second.Notes) != 1 {
		t.Fatal(asked, second)
	}
	if bounds := regexp.MustCompile(`[^+]published_at <=? \?`).FindAllString(asked[0], -1); len(bounds) != 1 {
		t.Errorf("%d bounds to begin at: %s", len(bounds), asked[0])
	}
}
