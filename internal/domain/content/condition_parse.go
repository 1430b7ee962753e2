package content

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
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
//
// Words are made of letters, digits and - _ : / + . and may not hold two dots
// in a row. Small and capital letters are the same in "and", "or", "not", "in"
// and "null"; a value that is one of these is quoted.

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

// tokens of a filter, by what they are.
type tokenKind int

const (
	atEnd tokenKind = iota
	aWord
	aText // quoted
	aSign // an operator, a parenthesis, a comma, two dots
)

type token struct {
	kind tokenKind
	text string
	at   int // characters before it
}

// is tells whether the token is a sign, or a word that means something.
func (t token) is(text string) bool {
	return t.kind == aSign && t.text == text || t.kind == aWord && strings.EqualFold(t.text, text)
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

// lex takes a filter apart.
func lex(text string) (out []token, err error) {
	if !utf8.ValidString(text) {
		return nil, badFilter(0, "bad_characters", "A filter is a text in UTF-8.")
	}
	runes := []rune(text)
	for at := 0; at < len(runes); {
		var t token
		switch r := runes[at]; {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			at++
			continue
		case r == '"':
			if t, err = quoted(runes, at); err != nil {
				return nil, err
			}
			at = t.at
		case wordAt(runes, at) > 0:
			n := wordAt(runes, at)
			t = token{aWord, string(runes[at : at+n]), at}
			at += n
		default:
			sign := signAt(runes[at:])
			if sign == "" {
				return nil, badFilter(at, "bad_characters", "This character means nothing here. Values with other characters are quoted.")
			}
			t = token{aSign, sign, at}
			at += len(sign)
		}
		if t.kind == aText {
			t.at -= utf8.RuneCountInString(t.text) + 2
		}
		out = append(out, t)
	}
	return append(out, token{at: len(runes)}), nil
}

// quoted reads a text in quotation marks; its place is where it ends.
func quoted(runes []rune, at int) (token, error) {
	var text strings.Builder
	for i := at + 1; i < len(runes); i++ {
		switch {
		case runes[i] == '"':
			return token{aText, text.String(), i + 1}, nil
		case runes[i] == '\\' && i+1 < len(runes):
			i++
			text.WriteRune(runes[i])
		case runes[i] == 0:
			return token{}, badFilter(i, "bad_characters", "A value has no zero byte.")
		default:
			text.WriteRune(runes[i])
		}
	}
	return token{}, badFilter(at, "unexpected", "A quotation mark is missing at the end.")
}

// wordAt says how long the word is that begins here; 0 for none.
func wordAt(runes []rune, at int) (n int) {
	for ; at+n < len(runes); n++ {
		r := runes[at+n]
		if r == '.' && (n == 0 || at+n+1 < len(runes) && runes[at+n+1] == '.') {
			return n
		}
		if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_:/+.", r)) {
			return n
		}
	}
	return n
}

func signAt(runes []rune) string {
	begin := string(runes[:min(2, len(runes))])
	for _, sign := range []string{"..", "!=", "<=", ">=", "=", "<", ">", "(", ")", ","} {
		if strings.HasPrefix(begin, sign) {
			return sign
		}
	}
	return ""
}
