package search

import (
	"strings"

	"github.com/google/uuid"
)

// expression is what an index is asked: written once, spoken in two dialects.
// nil stands for no condition.
type expression interface {
	fts5(b *strings.Builder)
	tsquery(b *strings.Builder)
}

type (
	token  string   // one
	run    []string // one after the other
	begins string   // any that begins so
	every  []expression
	some   []expression
	except struct{ with, without expression }
)

// In FTS5 every token is quoted, so that none is an operator:
// https://sqlite.org/fts5.html#full_text_query_syntax. In a tsquery, too:
// https://www.postgresql.org/docs/current/datatype-textsearch.html. Tokens hold
// letters, digits and marks only, so neither has anything to escape.
func (t token) fts5(b *strings.Builder) { b.WriteString(`"` + string(t) + `"`) }
func (t token) tsquery(b *strings.Builder) {
	b.WriteString(`'` + string(t) + `'`)
}

func (r run) fts5(b *strings.Builder) { b.WriteString(`"` + strings.Join(r, " ") + `"`) }
func (r run) tsquery(b *strings.Builder) {
	b.WriteString(`('` + strings.Join(r, `' <-> '`) + `')`)
}

func (p begins) fts5(b *strings.Builder) { b.WriteString(`"` + string(p) + `" *`) }
func (p begins) tsquery(b *strings.Builder) {
	b.WriteString(`'` + string(p) + `':*`)
}

func (e every) fts5(b *strings.Builder)    { joined(b, e, " AND ", expression.fts5) }
func (e every) tsquery(b *strings.Builder) { joined(b, e, " & ", expression.tsquery) }
func (s some) fts5(b *strings.Builder)     { joined(b, s, " OR ", expression.fts5) }
func (s some) tsquery(b *strings.Builder)  { joined(b, s, " | ", expression.tsquery) }

func (e except) fts5(b *strings.Builder) {
	joined(b, []expression{e.with, e.without}, " NOT ", expression.fts5)
}

func (e except) tsquery(b *strings.Builder) {
	joined(b, []expression{e.with, e.without}, " & !", expression.tsquery)
}

func joined(b *strings.Builder, parts []expression, by string, write func(expression, *strings.Builder)) {
	b.WriteByte('(')
	for i, p := range parts {
		if i > 0 {
			b.WriteString(by)
		}
		write(p, b)
	}
	b.WriteByte(')')
}

// classes are the tiers of the best-first order, from the best.
const (
	classTitle = 4
	classHead  = 3
	classText  = 2
	classBegun = 1
)

// classes gives what each class asks for; those that cannot hold anything are
// nil. Each leaves out what the ones before it found.
func (q Query) classes(l side) (out [classTitle + 1]expression) {
	if !q.Words() {
		out[classText] = q.narrowed(nil, l)
		return out
	}
	title, head := q.all(inTitle, true), q.all(inHead, true)
	text := q.all("", false)
	out[classTitle] = q.narrowed(title, l)
	out[classHead] = q.narrowed(except{head, title}, l)
	out[classText] = q.narrowed(except{text, head}, l)
	if q.terms[len(q.terms)-1].begun {
		out[classBegun] = q.narrowed(except{q.all("", true), some{text, head}}, l)
	}
	return out
}

// flat gives everything that any class would.
func (q Query) flat(l side) expression {
	if !q.Words() {
		return q.narrowed(nil, l)
	}
	return q.narrowed(some{q.all("", true), q.all(inHead, true)}, l)
}

// all asks for every word that must be there, in the texts with this mark.
func (q Query) all(mark string, begun bool) expression {
	var out every
	for _, t := range q.terms {
		if !t.not {
			out = append(out, t.ask(mark, begun))
		}
	}
	return out
}

func (t term) ask(mark string, begun bool) expression {
	if len(t.words) == 1 {
		exact := token(mark + t.words[0].stem)
		if begun && t.begun {
			return some{exact, begins(mark + t.words[0].folded)}
		}
		return exact
	}
	out := make(run, len(t.words))
	for i, w := range t.words {
		out[i] = mark + w.stem
	}
	return out
}

// side is which of the two indexes is asked, and what it may answer with.
type side struct {
	open  expression // of the gated index: only these
	apart expression // of the public index: not these, the other one has them
}

// narrowed adds what notes must and must not belong to, and the words that
// must not be there.
func (q Query) narrowed(asked expression, l side) expression {
	var with every
	var without some
	if asked != nil {
		with = append(with, asked)
	}
	for _, f := range q.Fields {
		if f.Not {
			without = append(without, f.ask())
		} else {
			with = append(with, f.ask())
		}
	}
	for _, t := range q.terms {
		if t.not {
			without = append(without, t.ask("", false))
		}
	}
	if l.open != nil {
		with = append(with, l.open)
	}
	if l.apart != nil {
		without = append(without, l.apart)
	}
	if len(without) == 0 {
		return with
	}
	return except{with, without}
}

// nothing is a token that no document has.
const nothing = token(belongs + "none")

func (f Field) ask() expression {
	if len(f.Any) == 0 {
		return nothing
	}
	out := make(some, len(f.Any))
	for i, id := range f.Any {
		out[i] = token(idToken(belongs, id))
	}
	return out
}

// Lens is what a decision has opened to a reader. The zero value is a
// stranger's.
type Lens struct {
	Gates []string
	Notes []uuid.UUID // beside these gates
}

func (l Lens) open() expression {
	var out some
	for _, g := range l.Gates {
		out = append(out, token(gateToken(g)))
	}
	for _, id := range l.Notes {
		out = append(out, token(idToken(isNote, id)))
	}
	if out == nil {
		return nil
	}
	return out
}

func fts5(e expression) string {
	var b strings.Builder
	e.fts5(&b)
	return b.String()
}

func tsquery(e expression) string {
	var b strings.Builder
	e.tsquery(&b)
	return b.String()
}
