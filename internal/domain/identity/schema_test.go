package identity_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/migrations"
)

// ddl notes statements that would change the schema.
type ddl struct {
	logger.Interface
	seen []string
}

func (d *ddl) LogMode(logger.LogLevel) logger.Interface { return d }

func (d *ddl) Trace(_ context.Context, _ time.Time, fc func() (string, int64), _ error) {
	if sql, _ := fc(); regexp.MustCompile(`(?i)^\s*(create|alter|drop)`).MatchString(sql) {
		d.seen = append(d.seen, sql)
	}
}

func TestTheModelsAreTheTables(t *testing.T) {
	t.Parallel()
	d := dbtest.Engine{Name: db.Postgres}.Open(t, nil)
	notes := &ddl{Interface: logger.Discard}
	err := d.Tx(t.Context(), func(ctx context.Context) error {
		return d.Write(ctx).Session(&gorm.Session{Logger: notes}).AutoMigrate(identity.Tables()...)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range notes.seen {
		t.Errorf("the models want: %s", sql)
	}
}

func TestBothEnginesHaveTheSameColumns(t *testing.T) {
	t.Parallel()
	shape := func(engine string) string {
		b, err := migrations.FS.ReadFile(engine + "/00003_identity.sql")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		column := regexp.MustCompile(`(?i)^ +(\w+) +(uuid|text|timestamptz|timestamp|bytea|blob|jsonb|bigint|integer)\b(.*)$`)
		for line := range strings.Lines(string(b)) {
			line = strings.TrimRight(line, "\n")
			if m := column.FindStringSubmatch(line); m != nil {
				null := "null"
				if strings.Contains(m[3], "NOT NULL") || strings.Contains(m[3], "PRIMARY KEY") {
					null = "not null"
				}
				out = append(out, m[1]+" "+null)
			} else if strings.HasPrefix(line, "CREATE") {
				out = append(out, strings.ReplaceAll(line, " text_pattern_ops", ""))
			}
		}
		return strings.Join(out, "\n")
	}
	if p, s := shape("postgres"), shape("sqlite"); p != s || !strings.Contains(p, "access_epoch not null") {
		t.Errorf("postgres:\n%s\n\nsqlite:\n%s", p, s)
	}
}
