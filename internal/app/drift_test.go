package app

import (
	"context"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/letters"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/domain/readership"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/once"
)

func models() (all []any) {
	for _, list := range [][]any{
		content.Tables(), identity.Tables(), billing.Tables(), media.Tables(), letters.Tables(), library.Tables(), readership.Tables(), copies.Tables(), publication.Tables(), once.Tables(), webhook.Tables(), porter.Tables(), {&journal.Entry{}},
	} {
		all = append(all, list...)
	}
	return all
}

// recorder keeps the statements that would change the schema.
type recorder struct {
	logger.Interface
	ddl []string
}

func (r *recorder) LogMode(logger.LogLevel) logger.Interface { return r }

func (r *recorder) Trace(_ context.Context, _ time.Time, fc func() (string, int64), _ error) {
	sql, _ := fc()
	head := strings.ToUpper(strings.TrimSpace(sql))
	for _, verb := range []string{"CREATE", "ALTER", "DROP", "COMMENT"} {
		if strings.HasPrefix(head, verb) {
			r.ddl = append(r.ddl, sql)
		}
	}
}

// TestModelsAndMigrationsAgree asks GORM what it would change about migrated
// Postgres to fit the models: nothing. Whether a column may be NULL is not
// asked here, because GORM knows that from tags only; the test below knows it
// from the fields' types.
func TestModelsAndMigrationsAgree(t *testing.T) {
	t.Parallel()
	o := dbtest.Engine{Name: db.Postgres}.Options(t)
	rec := &recorder{Interface: logger.Discard}
	g, err := gorm.Open(postgres.Open(o.URL), &gorm.Config{Logger: rec, DisableForeignKeyConstraintWhenMigrating: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.AutoMigrate(models()...); err != nil {
		t.Fatal(err)
	}
	for _, s := range rec.ddl {
		if strings.HasSuffix(s, "DROP NOT NULL") {
			continue
		}
		t.Errorf("models and migrations differ: %s", s)
	}
	if sql, err := g.DB(); err == nil {
		_ = sql.Close()
	}
}

// TestFieldsCanHoldWhatColumnsMay: a column that may be NULL needs a field that
// can be nil, and only such a column has one.
func TestFieldsCanHoldWhatColumnsMay(t *testing.T) {
	t.Parallel()
	tables := schemaOf(t, dbtest.Engine{Name: db.SQLite}.Open(t, nil))
	for _, m := range models() {
		s, err := schema.Parse(m, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		byName := map[string]column{}
		for _, c := range tables[s.Table] {
			byName[c.Name] = c
		}
		for _, f := range s.Fields {
			c, ok := byName[f.DBName]
			if f.DBName == "" {
				continue
			}
			if !ok {
				t.Errorf("%s.%s has no column", s.Table, f.DBName)
			}
			if canBeNil := f.FieldType.Kind() == reflect.Pointer || strings.HasPrefix(f.FieldType.Name(), "Null"); canBeNil != c.Nullable {
				t.Errorf("%s.%s: the column may be NULL: %v, the field can be nil: %v", s.Table, f.DBName, c.Nullable, canBeNil)
			}
			delete(byName, f.DBName)
		}
		for name := range byName {
			t.Errorf("%s.%s has no field", s.Table, name)
		}
	}
}

// column is what both engines must agree on.
type column struct {
	Name     string
	Kind     string // of value, in one word for both engines
	Nullable bool
}

// TestBothEnginesHaveTheSameTables compares tables, columns, nullability and
// kinds of value.
func TestBothEnginesHaveTheSameTables(t *testing.T) {
	t.Parallel()
	lite := schemaOf(t, dbtest.Engine{Name: db.SQLite}.Open(t, nil))
	post := schemaOf(t, dbtest.Engine{Name: db.Postgres}.Open(t, nil))
	delete(lite, "bulletins")   // Postgres has NOTIFY
	delete(lite, "note_titles") // what the words of note_words belong to; Postgres has an index
	if len(post) < 20 {
		t.Fatalf("only %d tables were read", len(post))
	}
	if diff := cmp.Diff(post, lite); diff != "" {
		t.Errorf("Postgres (-) and SQLite (+) differ:\n%s", diff)
	}
}

// schemaOf reads the tables of this house: not those of the queue, of the
// migrations, and of the search, which is built differently on purpose.
func schemaOf(t *testing.T, d *db.DB) map[string][]column {
	t.Helper()
	query := `SELECT table_name, column_name, data_type, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public'`
	if d.Engine() == db.SQLite {
		query = `SELECT m.name, c.name, c.type, c."notnull" = 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`
	}
	rows, err := d.SQL().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string][]column{}
	for rows.Next() {
		var table, kind string
		var c column
		if err := rows.Scan(&table, &c.Name, &kind, &c.Nullable); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(table, "river_") || strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "sqlite_") || strings.HasPrefix(table, "search_") || strings.HasPrefix(table, "note_words") {
			continue
		}
		c.Kind = kindOf(t, kind)
		out[table] = append(out[table], c)
	}
	for _, cols := range out {
		sort.Slice(cols, func(i, j int) bool { return cols[i].Name < cols[j].Name })
	}
	return out
}

func kindOf(t *testing.T, kind string) string {
	t.Helper()
	switch strings.ToLower(kind) {
	case "uuid", "text", "jsonb":
		return "text" // SQLite has one type for all three
	case "timestamp with time zone", "timestamp":
		return "time"
	case "bigint", "integer", "smallint":
		return "integer"
	case "boolean":
		return "boolean"
	case "bytea", "blob":
		return "bytes"
	default:
		t.Fatalf("a type this test does not know: %s", kind)
		return ""
	}
}
