package transfer

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// header is the front matter of a note.
type header struct {
	Title          string   `yaml:"title"`
	Slug           string   `yaml:"slug,omitempty"`
	Kind           string   `yaml:"kind,omitempty"`
	Series         string   `yaml:"series,omitempty"`
	Issue          string   `yaml:"issue,omitempty"`
	Position       int      `yaml:"position,omitempty"`
	Date           string   `yaml:"date,omitempty"`
	Status         string   `yaml:"status,omitempty"`
	Authors        []string `yaml:"authors,flow,omitempty"`
	Topics         []string `yaml:"topics,flow,omitempty"`
	Gate           string   `yaml:"gate,omitempty"`
	Plans          []string `yaml:"plans,flow,omitempty"`
	Abstract       string   `yaml:"abstract,omitempty"`
	Cover          string   `yaml:"cover,omitempty"`
	CoverAlt       string   `yaml:"cover_alt,omitempty"`
	SEOTitle       string   `yaml:"seo_title,omitempty"`
	SEODescription string   `yaml:"seo_description,omitempty"`

	Files []fileHeader `yaml:"files,omitempty"`
}

// issueHeader is the front matter of an issue's editorial.
type issueHeader struct {
	Series string `yaml:"series"`
	Issue  string `yaml:"issue"`
	Number int    `yaml:"number,omitempty"`
	Date   string `yaml:"date,omitempty"`
	Title  string `yaml:"title,omitempty"`
	// Status is "held" for an issue that does not appear with its first note.
	Status   string `yaml:"status,omitempty"`
	Cover    string `yaml:"cover,omitempty"`
	CoverAlt string `yaml:"cover_alt,omitempty"`
}

// fileFault is something wrong at a line of a file.
type fileFault struct {
	line    int
	message string
}

func (f *fileFault) Error() string { return fmt.Sprintf("line %d: %s", f.line, f.message) }

// document is a file taken apart.
type document struct {
	body     string
	bodyLine int            // of the file, 1 is the first
	keyLine  map[string]int // where each key of the front matter stands
}

const fence = "---"

// take splits a file and reads its front matter into head, strictly: a key
// that is not known is a slip of the pen and would be lost otherwise.
func take(src string, head any) (document, error) {
	src = strings.TrimPrefix(strings.ReplaceAll(src, "\r\n", "\n"), "\ufeff")
	first, rest, _ := strings.Cut(src, "\n")
	if strings.TrimRight(first, " \t") != fence {
		return document{}, &fileFault{1, "a file begins with its front matter, between two lines of ---"}
	}
	yamlText, body, ok := cutFence(rest)
	if !ok {
		return document{}, &fileFault{1, "the front matter has no end: a line of --- is missing"}
	}
	d := document{
		body:     strings.TrimLeft(body, "\n"),
		bodyLine: 3 + strings.Count(yamlText, "\n") + len(body) - len(strings.TrimLeft(body, "\n")),
		keyLine:  map[string]int{},
	}
	file, err := parser.ParseBytes([]byte(yamlText), 0)
	if err != nil {
		return d, yamlFault(err)
	}
	for _, doc := range file.Docs {
		if m, ok := doc.Body.(*ast.MappingNode); ok {
			for _, v := range m.Values {
				d.keyLine[v.Key.String()] = v.Key.GetToken().Position.Line + 1
			}
		}
	}
	if err := yaml.UnmarshalWithOptions([]byte(yamlText), head, yaml.Strict()); err != nil {
		return d, yamlFault(err)
	}
	return d, nil
}

// cutFence finds the line that ends the front matter.
func cutFence(s string) (before, after string, ok bool) {
	for at := 0; at < len(s); {
		line, _, _ := strings.Cut(s[at:], "\n")
		if strings.TrimRight(line, " \t") == fence {
			return s[:at], strings.TrimPrefix(s[at+len(line):], "\n"), true
		}
		at += len(line) + 1
	}
	return "", "", false
}

// yamlFault keeps the line and the reason; the library's own message draws a
// picture of the source.
func yamlFault(err error) error {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		return &fileFault{y.GetToken().Position.Line + 1, y.GetMessage()}
	}
	return &fileFault{1, "the front matter is not valid YAML"}
}

// at is the line of a key, or of the beginning.
func (d document) at(key string) int {
	if line, ok := d.keyLine[key]; ok {
		return line
	}
	return 1
}

// compose writes a file: front matter, an empty line, the text.
func compose(head any, body string) ([]byte, error) {
	y, err := yaml.MarshalWithOptions(head, yaml.UseLiteralStyleIfMultiline(true))
	if err != nil {
		return nil, err
	}
	return []byte(fence + "\n" + string(y) + fence + "\n\n" + body), nil
}
