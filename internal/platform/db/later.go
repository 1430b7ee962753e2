package db

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
)

// later holds statements that wait for the end of their transaction.
type later struct {
	statements []string
	vars       []any
}

// A statement of many parts is read anew by the database, and its parameters
// are numbered in 16 bits.
const (
	laterParts = 16
	laterVars  = 400
)

// Statement changes rows with the handle it is given.
type Statement func(q *gorm.DB) *gorm.DB

// Insert is the statement that inserts a row, given as a pointer to its model.
func Insert(row any) Statement {
	return func(q *gorm.DB) *gorm.DB { return q.Create(row) }
}

// Later makes a change which nobody reads before the transaction ends, and whose
// outcome nobody asks for. Postgres gets all of them in one statement: that costs
// one exchange with it in place of one for each. So an error may come with a
// later one, or with the commit. No two may change the same row.
func (d *DB) Later(ctx context.Context, do Statement) error {
	t := d.current(ctx)
	if t == nil || d.engine == SQLite {
		return do(d.Write(ctx)).Error
	}
	return t.later.add(d.Write(ctx), do)
}

// Together makes changes at once, in one statement on Postgres. They see what
// was there before all of them, and must be valid once all are there.
func (d *DB) Together(ctx context.Context, all ...Statement) error {
	var list later
	for _, do := range all {
		var err error
		if d.engine == SQLite || !d.InTx(ctx) {
			err = do(d.Write(ctx)).Error
		} else {
			err = list.add(d.Write(ctx), do)
		}
		if err != nil {
			return err
		}
	}
	return list.write(d.Write(ctx), nothing)
}

// nothing ends a statement of parts when no more is to be done.
const nothing = "SELECT 1"

// add takes up what do would say, and writes all when there is enough.
func (l *later) add(q *gorm.DB, do Statement) error {
	made := do(q.Session(&gorm.Session{DryRun: true}))
	if made.Error != nil {
		return made.Error
	}
	l.statements = append(l.statements, renumbered(made.Statement.SQL.String(), len(l.vars)))
	l.vars = append(l.vars, made.Statement.Vars...)
	if len(l.statements) < laterParts && len(l.vars) < laterVars {
		return nil
	}
	return l.write(q, nothing)
}

// write runs all statements as parts of one that ends with last
// (https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING).
func (l *later) write(q *gorm.DB, last string, vars ...any) error {
	if len(l.statements) == 0 && last == nothing {
		return nil
	}
	var b strings.Builder
	for i, s := range l.statements {
		b.WriteString([...]string{"WITH ", ", "}[min(i, 1)])
		b.WriteString("l" + strconv.Itoa(i) + " AS (" + s + ")")
	}
	b.WriteString(" " + renumbered(last, len(l.vars)))
	all := slices.Concat(l.vars, vars)
	*l = later{}
	return q.Exec(b.String(), all...).Error // GORM leaves numbered parameters as they are
}

// renumbered adds to the numbers of a statement's parameters. GORM quotes names
// and takes values as parameters, so there is no other $ in it.
func renumbered(s string, add int) string {
	if add == 0 {
		return s
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "$")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits := 0
		for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
			digits++
		}
		n, _ := strconv.Atoi(rest[:digits]) // GORM wrote it
		b.WriteString("$" + strconv.Itoa(n+add))
		s = rest[digits:]
	}
}
