package content

import (
	"slices"
	"strconv"

	"github.com/google/uuid"
)

// value reads a value of a field.
func (p *conditionParser) value(f *publicField) (c comparison, err error) {
	t := p.take()
	c.field = f
	if t.kind != aWord && t.kind != aText {
		return c, badFilter(t.at, "unexpected", "Here a value was expected.")
	}
	unknown := func(message string) error { return badFilter(t.at, "unknown_value", message) }
	switch f.kind {
	case ofNothing:
		return c, unknown("Ask only whether it is null.")
	case ofName:
		if c.ids = slices.DeleteFunc(f.named(p.cat, t.text), p.secret); len(c.ids) == 0 {
			return c, unknown("Nothing has this slug.")
		}
	case ofID:
		id, err := uuid.Parse(t.text)
		if err != nil {
			return c, unknown("This is not an id.")
		}
		c.ids = []uuid.UUID{id}
	case ofNumber:
		n, err := strconv.ParseInt(t.text, 10, 32)
		if err != nil {
			return c, unknown("A whole number was expected.")
		}
		c.from, c.to = n, n+1
	case ofTime:
		from, to, ok := span(t.text)
		if !ok {
			return c, unknown("A time such as 2021, 2021-07, 2021-07-15 or 2021-07-15T08:00:00Z was expected.")
		}
		c.from, c.to = from, to
	default:
		if c.equal = t.text; f.known != nil && !f.known(t.text) {
			return c, unknown("There is no such " + f.name + ".")
		}
	}
	return c, nil
}

// secret tells whether an id is that of an issue that has not appeared.
func (p *conditionParser) secret(id uuid.UUID) bool {
	i := p.cat.issues[id]
	return i != nil && p.out(i) == nil
}

// held lists the issues that no reader knows of: a note in one of them has no
// issue.
func (p *conditionParser) held(f *publicField) (ids []uuid.UUID) {
	if f.name != "issue" {
		return nil
	}
	for _, i := range p.cat.Issues {
		if p.out(i) == nil {
			ids = append(ids, i.ID)
		}
	}
	return ids
}
