package content

import (
	"strings"

	"lighttrends/internal/platform/db"
)

// where writes a condition as SQL, with its values as parameters. Every
// comparison comes out true or false and never null, so that "not" turns it
// round.
func (s store) where(c *Condition) (sql string, args []any) {
	var b strings.Builder
	s.writeCondition(&b, &args, c)
	return b.String(), args
}

func (s store) writeCondition(b *strings.Builder, args *[]any, c *Condition) {
	switch c.op {
	case "":
		s.writeComparison(b, args, &c.test)
	case opNot:
		b.WriteString("NOT (")
		s.writeCondition(b, args, c.sub[0])
		b.WriteByte(')')
	default:
		b.WriteByte('(')
		for i, sub := range c.sub {
			if i > 0 {
				b.WriteString(" " + c.op + " ")
			}
			s.writeCondition(b, args, sub)
		}
		b.WriteByte(')')
	}
}

// linkTables are where the fields stand of which a note has several.
var linkTables = map[string]string{
	"topic":  "EXISTS (SELECT 1 FROM note_topics x WHERE x.note_id = notes.id",
	"author": "EXISTS (SELECT 1 FROM note_authors x WHERE x.note_id = notes.id",
}

func (s store) writeComparison(b *strings.Builder, args *[]any, c *comparison) {
	link, column := linkTables[c.field.name], s.column(c.field.name)
	switch {
	case c.null && link != "":
		b.WriteString("NOT " + link + ")")
	case c.null:
		b.WriteString("(" + column + " IS NULL")
		if len(c.ids) > 0 {
			b.WriteString(" OR " + column + " IN ?")
			*args = append(*args, c.ids)
		}
		b.WriteByte(')')
	case link != "":
		b.WriteString(link + " AND x." + c.field.name + "_id IN ?)")
		*args = append(*args, c.ids)
	case len(c.ids) > 0:
		b.WriteString("(" + column + " IS NOT NULL AND " + column + " IN ?)")
		*args = append(*args, c.ids)
	case c.field.name == "plan":
		b.WriteString(s.holdsPlan())
		*args = append(*args, c.equal)
	case c.field.kind.ordered():
		s.writeSpan(b, args, column, c)
	default:
		b.WriteString(column + " = ?")
		*args = append(*args, c.equal)
	}
}

func (s store) writeSpan(b *strings.Builder, args *[]any, column string, c *comparison) {
	b.WriteString("(")
	if c.field.absent {
		b.WriteString(column + " IS NOT NULL AND ")
	}
	if c.from != nil {
		b.WriteString(column + " >= ?")
		*args = append(*args, c.from)
	}
	if c.to != nil {
		if c.from != nil {
			b.WriteString(" AND ")
		}
		b.WriteString(column + " < ?")
		*args = append(*args, c.to)
	}
	b.WriteString(")")
}

func (s store) holdsPlan() string {
	if s.db.Engine() == db.SQLite {
		return "EXISTS (SELECT 1 FROM json_each(gate_plans) WHERE value = ?)"
	}
	return "jsonb_exists(gate_plans, ?)"
}

// column is the expression that a field is compared by. What lies behind the
// gate is told of gated notes only.
func (s store) column(name string) string {
	switch name {
	case "series", "issue", "cover":
		return name + "_id"
	case "updated_at":
		return "revised_at"
	case "id":
		return "notes.id"
	case "words", "figures", "tables":
		if s.db.Engine() == db.SQLite {
			return "(CASE WHEN gate = 'public' THEN NULL ELSE CAST(json_extract(behind, '$." + name + "') AS INTEGER) END)"
		}
		return "(CASE WHEN gate = 'public' THEN NULL ELSE (behind->>'" + name + "')::bigint END)"
	default:
		return name
	}
}
