package reference

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/web"
)

// Example is a request and what the server answers to it. Names in double
// braces stand for what differs between servers; Book.Values says what the
// document shows in their place.
type Example struct {
	Operation string
	Title     string
	As        string // who asks; "" is the usual one of the API
	Method    string
	Path      string   // below the API's prefix, with its query
	Header    []string // further fields, as name: value
	Body      string   // JSON, or ""
	Form      []string // of a form, as name=value; a value @name is a file
	Settled   bool     // asked once the jobs of what was asked before are done
	Keep      []string // what later requests use, as name=field of the answer
	Status    int
	Answer    string // as the document shows it, or "": JSON, or the lines of a CSV
}

// Book holds the examples of an API, in the order in which they are replayed.
type Book struct {
	Values   [][2]string // name and what is shown
	Examples []*Example
}

// Examples reads the examples of an API.
func Examples(name string) (*Book, error) {
	packed, err := web.Examples.Open("openapi/examples/" + name + ".txt.gz")
	if err != nil {
		return nil, err
	}
	defer func() { _ = packed.Close() }()
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	return ReadBook(string(text))
}

// ReadBook reads the form that Book.String writes:
//
//	{{name}} = value
//	== operation: title
//	@ who
//	METHOD path
//	Field: value
//	request, or lines of a form: form name=value
//	settled
//	keep name=field
//	-- status
//	answer
func ReadBook(text string) (*Book, error) {
	b := &Book{}
	head, rest, _ := strings.Cut(text, "\n== ")
	for line := range strings.Lines(head) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "}} = "); ok {
			b.Values = append(b.Values, [2]string{strings.TrimPrefix(name, "{{"), value})
		}
	}
	for part := range strings.SplitSeq(rest, "\n== ") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		e, err := readExample(part)
		if err != nil {
			return nil, err
		}
		b.Examples = append(b.Examples, e)
	}
	return b, nil
}

func readExample(part string) (e *Example, err error) {
	request, answer, _ := strings.Cut(part, "\n-- ")
	first, rest, _ := strings.Cut(request, "\n")
	e = &Example{}
	e.Operation, e.Title, _ = strings.Cut(first, ": ")
	for line := range strings.Lines(rest) {
		e.read(strings.TrimRight(line, "\n"))
	}
	status, answer, _ := strings.Cut(answer, "\n")
	if e.Status, err = strconv.Atoi(strings.TrimSpace(status)); err != nil {
		return nil, fmt.Errorf("example %s: no status", e.Operation)
	}
	e.Answer = strings.TrimSpace(answer)
	return e, nil
}

// read takes in one line of a request.
func (e *Example) read(line string) {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "":
	case e.Method == "" && word == "@":
		e.As = rest
	case e.Method == "":
		e.Method, e.Path = word, rest
	case word == "form":
		e.Form = append(e.Form, rest)
	case word == "keep":
		e.Keep = append(e.Keep, rest)
	case line == "settled":
		e.Settled = true
	case e.Body == "" && line[0] >= 'A' && line[0] <= 'Z':
		e.Header = append(e.Header, line)
	case e.Body == "":
		e.Body = line
	default:
		e.Body += "\n" + line
	}
}

// String writes the book as it is kept.
func (b *Book) String() string {
	var s strings.Builder
	for _, v := range b.Values {
		fmt.Fprintf(&s, "{{%s}} = %s\n", v[0], v[1])
	}
	for _, e := range b.Examples {
		e.write(&s)
	}
	return s.String()
}

func (e *Example) write(s *strings.Builder) {
	fmt.Fprintf(s, "\n== %s: %s\n", e.Operation, e.Title)
	if e.As != "" {
		fmt.Fprintf(s, "@ %s\n", e.As)
	}
	fmt.Fprintf(s, "%s %s\n", e.Method, e.Path)
	for _, line := range e.Header {
		s.WriteString(line + "\n")
	}
	if e.Body != "" {
		s.WriteString(e.Body + "\n")
	}
	for _, field := range e.Form {
		s.WriteString("form " + field + "\n")
	}
	if e.Settled {
		s.WriteString("settled\n")
	}
	for _, k := range e.Keep {
		s.WriteString("keep " + k + "\n")
	}
	fmt.Fprintf(s, "-- %d\n", e.Status)
	if e.Answer != "" {
		s.WriteString(e.Answer + "\n")
	}
}

// Shown is a text of the book as the document shows it.
func (b *Book) Shown(text string) string {
	for _, v := range b.Values {
		text = strings.ReplaceAll(text, "{{"+v[0]+"}}", v[1])
	}
	return text
}

// InOrder puts operations in the order in which the examples come to them, which
// is that of somebody's work; by their addresses, signing out came before
// signing in. What no example tells of stays behind, as it was.
func (b *Book) InOrder(all []*huma.Operation) []*huma.Operation {
	at := func(o *huma.Operation) int {
		if i := slices.IndexFunc(b.Examples, func(e *Example) bool { return e.Operation == o.OperationID }); i >= 0 {
			return i
		}
		return len(b.Examples)
	}
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(x, y *huma.Operation) int { return cmp.Compare(at(x), at(y)) })
	return out
}
