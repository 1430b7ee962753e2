package chart

import (
	"errors"
	"math"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const maxDepth = 8 // nothing in a spec is deeper than four

// fromYAML reads the YAML notation. Anchors, aliases, tags and merge keys are
// refused: a chart needs none, and aliases can blow up a small text.
func fromYAML(src []byte) (v value, err error) {
	defer func() {
		if recover() != nil { // the YAML parser may panic on broken input
			err = wrong(1, "this is not readable YAML")
		}
	}()
	if deep(src) {
		return value{}, wrong(1, "this is nested too deeply for a chart")
	}
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return value{}, yamlError(err)
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return value{}, wrong(1, "the chart is empty")
	}
	if len(file.Docs) > 1 {
		return value{}, wrong(1, "write one chart only; a second one needs its own fence")
	}
	return node(file.Docs[0].Body, maxDepth)
}

// deep tells whether brackets open so often that parsing could take long.
func deep(src []byte) bool {
	depth, most := 0, 0
	for _, c := range src {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		most = max(most, depth)
	}
	return most > 32
}

func yamlError(err error) *Error {
	var e yaml.Error
	if !errors.As(err, &e) {
		return wrong(1, "this is not readable YAML")
	}
	line := 1
	if t := e.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	return wrong(line, "this is not readable YAML: %s", clipLong(e.GetMessage()))
}

func clipLong(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

func node(n ast.Node, depth int) (value, error) {
	line := lineOf(n)
	if depth == 0 {
		return value{}, wrong(line, "this is nested too deeply for a chart")
	}
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return value{kind: null, line: line}, nil
	case *ast.IntegerNode:
		return value{kind: number, line: line, text: n.Token.Value}, nil
	case *ast.FloatNode:
		return value{kind: number, line: line, text: n.Token.Value}, nil
	case *ast.BoolNode:
		return value{kind: boolean, line: line, text: n.Token.Value}, nil
	case *ast.InfinityNode, *ast.NanNode:
		return value{}, wrong(line, "infinity and NaN cannot be drawn; write null for a gap")
	case *ast.StringNode:
		if n.Token.Type == token.StringType && plainNumber.MatchString(n.Value) { // 2e9, which the parser takes for text
			return value{kind: number, line: line, text: n.Value}, nil
		}
		return value{kind: word, line: line, text: n.Value}, nil
	case *ast.LiteralNode:
		return value{kind: word, line: line, text: strings.TrimRight(n.Value.Value, "\n")}, nil
	case *ast.SequenceNode:
		return yamlList(n, line, depth)
	case *ast.MappingNode:
		return yamlMapping(n.Values, line, depth)
	case *ast.MappingValueNode:
		return yamlMapping([]*ast.MappingValueNode{n}, line, depth)
	}
	return value{}, wrong(line, "anchors, aliases and tags are not used in charts")
}

func yamlList(n *ast.SequenceNode, line, depth int) (value, error) {
	v := value{kind: list, line: line}
	for _, item := range n.Values {
		child, err := node(item, depth-1)
		if err != nil {
			return v, err
		}
		v.items = append(v.items, child)
	}
	return v, nil
}

func yamlMapping(entries []*ast.MappingValueNode, line, depth int) (value, error) {
	v := value{kind: mapping, line: line}
	for _, entry := range entries {
		key, err := node(entry.Key, depth-1)
		if err != nil {
			return v, err
		}
		if key.kind == list || key.kind == mapping {
			return v, wrong(key.line, "%s cannot be a key", key.noun())
		}
		child, err := node(entry.Value, depth-1)
		if err != nil {
			return v, err
		}
		v.fields = append(v.fields, field{name: key.text, line: key.line, value: child})
	}
	if e := v.duplicate(); e != nil {
		return v, e
	}
	return v, nil
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return min(n.GetToken().Position.Line, math.MaxInt32)
}
