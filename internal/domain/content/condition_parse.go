package content

import (
	"context"
	"fmt"
	"strings"
)

// The grammar, where a bar parts choices and a star repeats:
//
//	filter     = either *( "or" either )
//	either     = single *( "and" single )
//	single     = "not" single | "(" filter ")" | comparison
//	comparison = field ( "=" | "!=" ) ( value | "null" | span )
//	           | field ( "<" | "<=" | ">" | ">=" ) value
//	           | field [ "not" ] "in" "(" value *( "," value ) ")"
//	span       = [ value ] ".." [ value ]
//	value      = word | '"' text '"'

// Condition reads a filter; nil for an empty one. Whatever it does not know is
// a mistake of the asker.
func (l *Library) Condition(ctx context.Context, text string) (*Condition, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil //nolint:nilnil // nothing asked for is no error
	}
	cat, err := l.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	return parseCondition(text, cat, l.out)
}

type conditionParser struct {
	tokens []token
	cat    *Catalogue
	out    func(*Issue) *Issue
	tests  int
	nested int
}

func parseCondition(text string, cat *Catalogue, out func(*Issue) *Issue) (*Condition, error) {
	if len(text) > maxFilter {
		return nil, badFilter(0, "too_long", fmt.Sprintf("A filter has at most %d bytes.", maxFilter))
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &conditionParser{tokens: tokens, cat: cat, out: out}
	c, err := p.either()
	if err != nil {
		return nil, err
	}
	if p.next().kind != atEnd {
		return nil, badFilter(p.next().at, "unexpected", "Here “and”, “or” or the end was expected.")
	}
	c.text = text
	return c, nil
}

func (p *conditionParser) next() token { return p.tokens[0] }

func (p *conditionParser) take() token {
	t := p.tokens[0]
	if t.kind != atEnd {
		p.tokens = p.tokens[1:]
	}
	return t
}

// took takes the next token if it is this one.
func (p *conditionParser) took(text string) bool {
	if p.next().is(text) {
		p.take()
		return true
	}
	return false
}

func (p *conditionParser) either() (*Condition, error) { return p.list(opOr, p.both) }

func (p *conditionParser) both() (*Condition, error) { return p.list(opAnd, p.single) }

func (p *conditionParser) list(op string, part func() (*Condition, error)) (*Condition, error) {
	var sub []*Condition
	for {
		c, err := part()
		if err != nil {
			return nil, err
		}
		if sub = append(sub, c); !p.took(op) {
			return join(op, sub), nil
		}
	}
}

func (p *conditionParser) single() (*Condition, error) {
	at := p.next().at
	deeper := func(part func() (*Condition, error)) (*Condition, error) {
		if p.nested++; p.nested > maxNested {
			return nil, badFilter(at, "too_deep", fmt.Sprintf("At most %d parentheses and “not” within each other.", maxNested))
		}
		defer func() { p.nested-- }()
		return part()
	}
	switch {
	case p.took(opNot):
		c, err := deeper(p.single)
		return not(c), err
	case p.took("("):
		c, err := deeper(p.either)
		if err == nil && !p.took(")") {
			err = badFilter(p.next().at, "unexpected", "A closing parenthesis is missing.")
		}
		return c, err
	default:
		return p.comparison()
	}
}

func (p *conditionParser) comparison() (*Condition, error) {
	name := p.take()
	if name.kind != aWord {
		return nil, badFilter(name.at, "unexpected", "Here the name of a field was expected.")
	}
	f := fieldNamed(name.text)
	if f == nil {
		return nil, badFilter(name.at, "unknown_field", "There is no such field to filter by. There are "+fieldNames()+".")
	}
	sign := p.take()
	switch {
	case sign.is("="), sign.is("!="):
		c, err := p.equal(f)
		if sign.text == "!=" {
			c = not(c)
		}
		return c, err
	case sign.is("<"), sign.is("<="), sign.is(">"), sign.is(">="):
		return p.ordered(f, sign)
	case sign.is("in"):
		return p.among(f)
	case sign.is(opNot) && p.took("in"):
		c, err := p.among(f)
		return not(c), err
	}
	return nil, badFilter(sign.at, "unexpected", "Here one of = != < <= > >= in, not in was expected.")
}

func fieldNames() string {
	names := make([]string, len(publicFields))
	for i, f := range publicFields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// equal reads what stands after "=": a value, null or a span.
func (p *conditionParser) equal(f *publicField) (*Condition, error) {
	at := p.next().at
	if p.next().kind == aWord && p.took("null") {
		if !f.absent {
			return nil, badFilter(at, "never_null", "Every note has a value there.")
		}
		return p.test(at, comparison{field: f, null: true, ids: p.held(f)})
	}
	if p.took("..") {
		return p.spanned(f, at, comparison{field: f})
	}
	c, err := p.value(f)
	if err != nil {
		return nil, err
	}
	if p.took("..") {
		return p.spanned(f, at, comparison{field: f, from: c.from})
	}
	return p.test(at, c)
}

// spanned reads the end of a span, which both its values belong to.
func (p *conditionParser) spanned(f *publicField, at int, c comparison) (*Condition, error) {
	if !f.kind.ordered() {
		return nil, badFilter(at, "not_ordered", "Only numbers and times have a span.")
	}
	if k := p.next().kind; k == aText || k == aWord && !p.next().is(opAnd) && !p.next().is(opOr) {
		end, err := p.value(f)
		if err != nil {
			return nil, err
		}
		c.to = end.to
	}
	if c.from == nil && c.to == nil {
		return nil, badFilter(at, "unexpected", "A span has a beginning or an end.")
	}
	return p.test(at, c)
}

func (p *conditionParser) ordered(f *publicField, sign token) (*Condition, error) {
	if !f.kind.ordered() {
		return nil, badFilter(sign.at, "not_ordered", "Only numbers and times can be compared in this way.")
	}
	v, err := p.value(f)
	if err != nil {
		return nil, err
	}
	c := comparison{field: f}
	switch sign.text {
	case "<":
		c.to = v.from
	case "<=":
		c.to = v.to
	case ">":
		c.from = v.to
	default:
		c.from = v.from
	}
	return p.test(sign.at, c)
}

// among reads a list of values.
func (p *conditionParser) among(f *publicField) (*Condition, error) {
	if !p.took("(") {
		return nil, badFilter(p.next().at, "unexpected", "Here a list in parentheses was expected.")
	}
	var sub []*Condition
	for {
		at := p.next().at
		v, err := p.value(f)
		if err != nil {
			return nil, err
		}
		c, err := p.test(at, v)
		if err != nil {
			return nil, err
		}
		sub = append(sub, c)
		switch {
		case p.took(","):
		case p.took(")"):
			return join(opOr, sub), nil
		default:
			return nil, badFilter(p.next().at, "unexpected", "Here a comma or a closing parenthesis was expected.")
		}
	}
}

// test counts a comparison.
func (p *conditionParser) test(at int, c comparison) (*Condition, error) {
	if p.tests++; p.tests > maxTests {
		return nil, badFilter(at, "too_many", fmt.Sprintf("A filter makes at most %d comparisons.", maxTests))
	}
	return &Condition{test: c}, nil
}
