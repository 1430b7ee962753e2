package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lighttrends/internal/platform/phrase"
)

// composed are the beginnings of keys that are put together while a page is drawn.
var composed = regexp.MustCompile(`^(problem|notice|kind|kinds|error|field|holding|reason|bill|gate|closed|mail|every|price|letter|search\.unknown|plans\.saving|around|wait|tokens\.scope|text\.callout)[._]`)

// TestEveryKeyIsAskedFor finds texts that no template and no code asks for.
func TestEveryKeyIsAskedFor(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	for _, dir := range []string{".", "../web/templates"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") && !strings.HasSuffix(path, ".tmpl") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			source.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	text := source.String()
	for _, key := range phrase.In(phrase.Fallback).Keys() {
		if !composed.MatchString(key) && !strings.Contains(text, `"`+key+`"`) {
			t.Errorf("nothing asks for %s", key)
		}
	}
}

// readersMeet are the rooms whose faults readers may see on a page.
var readersMeet = []string{"domain/library", "domain/copies", "surface/portal", "surface/files"}

// TestFaultsAreToldInEveryLanguage finds faults that readers may meet and that
// a language has no words for.
func TestFaultsAreToldInEveryLanguage(t *testing.T) {
	t.Parallel()
	n := 0
	for _, dir := range readersMeet {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			for _, code := range faultCodes(t, path) {
				n++
				for _, l := range phrase.Shipped()[1:] {
					if !l.Has("problem."+code) && !slices.Contains([]string{"not_found"}, code) {
						t.Errorf("%s: %s has no words for the fault %s", path, l.Tag, code)
					}
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d faults were found", n)
	}
}

// faultCodes lists the codes of the faults that a file makes.
func faultCodes(t *testing.T, path string) (out []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 3 {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || f.Sel.Name != "New" && f.Sel.Name != "Wrap" {
			return true
		}
		if pkg, named := f.X.(*ast.Ident); !named || pkg.Name != "fault" {
			return true
		}
		if lit, ok := call.Args[len(call.Args)-2].(*ast.BasicLit); ok {
			if code, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, code)
			}
		}
		return true
	})
	return out
}
