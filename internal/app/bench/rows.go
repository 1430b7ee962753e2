package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

// row is a row as text, of a table.
type row struct {
	table  string
	values map[string]any // string or nil, by column
}

// copied inserts rows like those that one act left behind.
type copied struct {
	db    *gorm.DB
	steps [][]row // by transaction
	ids   []string
	mark  string
	last  atomic.Int64
}

func (c *copied) rows() (n int) {
	for _, s := range c.steps {
		n += len(s)
	}
	return n
}

// once inserts the rows with new ids, in as many transactions as they came in.
func (c *copied) once(ctx context.Context) error {
	pairs := []string{c.mark, fmt.Sprintf("copied-%07d", c.last.Add(1))}
	for _, id := range c.ids {
		pairs = append(pairs, id, uuid.Must(uuid.NewV7()).String())
	}
	fresh := strings.NewReplacer(pairs...)
	for _, step := range c.steps {
		err := c.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			for _, r := range step {
				values := make(map[string]any, len(r.values))
				for name, v := range r.values {
					if text, ok := v.(string); ok {
						v = fresh.Replace(text)
					}
					values[name] = v
				}
				if err := tx.Table(r.table).Clauses(clause.OnConflict{DoNothing: true}).Create(values).Error; err != nil {
					return fmt.Errorf("%s: %w", r.table, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// copyRows does something once, finds the rows it wrote, and makes empty copies
// of their tables, indexes included, to insert such rows into.
func (b *bench) copyRows(ctx context.Context, database string, act func() error) (*copied, error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(ctx) }()
	var before int64
	if err := conn.QueryRow(ctx, "SELECT pg_current_xact_id()::text::bigint").Scan(&before); err != nil {
		return nil, err
	}
	if err := act(); err != nil {
		return nil, err
	}
	tables, err := texts(ctx, conn, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'bench%' ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	c := &copied{mark: "written-000001"}
	found := map[int64][]row{}
	for _, table := range tables {
		if err := c.find(ctx, conn, table, before, found); err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
	}
	moments := make([]int64, 0, len(found))
	for at := range found {
		moments = append(moments, at)
	}
	slices.Sort(moments)
	for _, at := range moments {
		c.steps = append(c.steps, found[at])
	}
	c.db, err = gorm.Open(postgres.Open(database), &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true})
	if err != nil {
		return nil, err
	}
	pool, err := c.db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(writers)
	pool.SetMaxIdleConns(writers)
	return c, c.once(ctx) // what cannot be inserted is said now
}

var uuidText = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// find adds the rows of a table that were written since a transaction.
func (c *copied) find(ctx context.Context, conn *pgx.Conn, table string, since int64, found map[int64][]row) error {
	columns, err := texts(ctx, conn, `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1
		AND is_identity = 'NO' AND column_default IS DISTINCT FROM 'nextval' AND coalesce(column_default, '') NOT LIKE 'nextval%' AND is_generated = 'NEVER'
		AND column_name <> 'unique_key' ORDER BY ordinal_position`, table)
	if err != nil {
		return err
	}
	quoted := make([]string, len(columns))
	for i, name := range columns {
		quoted[i] = pgx.Identifier{name}.Sanitize() + "::text"
	}
	rows, err := conn.Query(ctx, fmt.Sprintf("SELECT xmin::text::bigint, %s FROM %s WHERE xmin::text::bigint >= $1", strings.Join(quoted, ", "), pgx.Identifier{table}.Sanitize()), since)
	if err != nil {
		return err
	}
	wrote := false
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		wrote = true
		r := row{"bench_" + table, map[string]any{}}
		for i, name := range columns {
			r.values[name] = values[i+1]
			if text, ok := values[i+1].(string); ok && (name == "id" || name == "revision_id" || i == 0) && uuidText.MatchString(text) && !slices.Contains(c.ids, text) {
				c.ids = append(c.ids, text)
			}
		}
		at, _ := values[0].(int64)
		found[at] = append(found[at], r)
	}
	if err := rows.Err(); err != nil || !wrote {
		return err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("CREATE TABLE %s (LIKE %s INCLUDING ALL)", pgx.Identifier{"bench_" + table}.Sanitize(), pgx.Identifier{table}.Sanitize()))
	return err
}

func texts(ctx context.Context, conn *pgx.Conn, query string, args ...any) ([]string, error) {
	rows, err := conn.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
