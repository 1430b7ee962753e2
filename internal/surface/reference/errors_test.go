package reference

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lighttrends/internal/platform/fault"
)

// statusOf is what kit answers for a kind.
var statusOf = map[string]string{
	"Internal": "500", "BadRequest": "400", "Invalid": "422", "Unauthenticated": "401", "Forbidden": "403", "NotFound": "404", "NotAllowed": "405",
	"NotAcceptable": "406", "Timeout": "408", "Conflict": "409", "Gone": "410", "PreconditionFailed": "412", "TooLarge": "413", "HeadersTooLarge": "431",
	"Unsupported": "415", "PreconditionRequired": "428", "TooMany": "429", "Unavailable": "503",
}

// elsewhere are codes whose kind is worked out when they are made.
var elsewhere = map[string]string{"passkey_refused": "409,422", "card_declined": "409,422", "not_acceptable": "406"}

// TestEveryCodeIsExplained reads the code of this module, finds every code
// that a fault is made with, and holds the catalogue to them in both
// directions, with their statuses.
func TestEveryCodeIsExplained(t *testing.T) {
	t.Parallel()
	used := codesOf(t, "../../..")
	if len(used) < 200 {
		t.Fatalf("only %d codes were found", len(used))
	}
	known := map[string]string{}
	for _, g := range Catalogue() {
		for _, c := range g.Codes {
			if known[c.Code] != "" {
				t.Errorf("%s is explained twice", c.Code)
			}
			known[c.Code] = strings.ReplaceAll(c.Statuses, ", ", ",")
			if len(c.Why) < 15 || len(c.Do) < 10 || !strings.HasSuffix(c.Why, ".") || !strings.HasSuffix(c.Do, ".") {
				t.Errorf("%s: say in a sentence why it comes, and in another what to do", c.Code)
			}
		}
	}
	for code, statuses := range used {
		switch known[code] {
		case "":
			t.Errorf("%s is not explained: add a line to internal/surface/reference/errors.txt (it answers %s)", code, statuses)
		case statuses:
		default:
			if elsewhere[code] == "" {
				t.Errorf("%s answers %s, and is explained as %s", code, statuses, known[code])
			}
		}
	}
	for code := range known {
		if used[code] == "" {
			t.Errorf("%s is explained in errors.txt, but nothing answers with it", code)
		}
	}
}

// codesOf finds the codes below a folder, with their statuses.
func codesOf(t *testing.T, root string) map[string]string {
	t.Helper()
	packages := map[string][]*ast.File{}
	constants := map[string]string{} // by package and name, and by name alone when exported
	for _, dir := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			in := filepath.Dir(path)
			packages[in] = append(packages[in], f)
			note(f, in, constants)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	found := map[string]map[string]bool{}
	for in, files := range packages {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				kind, code := made(n, f.Name.Name)
				if code == nil {
					return true
				}
				names := composedOf(code, in)
				if names == nil {
					names = []string{valueOf(code, in, constants)}
				}
				for _, name := range names {
					if name == "" {
						t.Errorf("%s: a fault is made with a code that cannot be read from the source", in)
						continue
					}
					if found[name] == nil {
						found[name] = map[string]bool{}
					}
					if status := statusOf[kind]; status != "" {
						found[name][status] = true
					}
				}
				return true
			})
		}
	}
	for _, code := range []string{"invalid_input", "unsupported_type", "not_acceptable", "body_too_large", "bad_request"} { // kit.codeOf
		if found[code] == nil {
			found[code] = map[string]bool{}
		}
	}
	out := map[string]string{}
	for code, statuses := range found {
		var list []string
		for s := range statuses {
			list = append(list, s)
		}
		slices.Sort(list)
		out[code] = strings.Join(list, ",")
		if out[code] == "" {
			out[code] = elsewhere[code]
		}
	}
	return out
}

// composed are the words that codes are put together of, by package.
var composed = map[string][]string{"porter": {"import", "export"}, "contentapi": {"series", "topic", "author"}}

func composedOf(code ast.Expr, in string) (all []string) {
	if sum, ok := code.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		for _, word := range composed[filepath.Base(in)] {
			all = append(all, word+literal(sum.Y))
		}
	}
	return all
}

// note keeps the constants of a file that are texts.
func note(f *ast.File, in string, constants map[string]string) {
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range v.Names {
			if i < len(v.Values) {
				if text := literal(v.Values[i]); text != "" {
					constants[in+"."+name.Name] = text
					constants[f.Name.Name+"."+name.Name] = text
				}
			}
		}
		return true
	})
}

// made gives kind and code of a fault that is made here; code is nil
// otherwise.
func made(n ast.Node, pkg string) (kind string, code ast.Expr) {
	switch n := n.(type) {
	case *ast.CallExpr:
		skip := map[string]int{"fault.New": 0, "fault.Wrap": 1}
		at, ok := skip[dotted(n.Fun)]
		if !ok || len(n.Args) < at+3 {
			return "", nil
		}
		return strings.TrimPrefix(dotted(n.Args[at]), "fault."), n.Args[at+1]
	case *ast.CompositeLit:
		if name := dotted(n.Type); name != "fault.Error" && (name != "Error" || pkg != "fault") {
			return "", nil
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				switch dotted(kv.Key) {
				case "Kind":
					kind = strings.TrimPrefix(dotted(kv.Value), "fault.")
				case "Code":
					if _, call := kv.Value.(*ast.CallExpr); !call && dotted(kv.Value) != "code" {
						code = kv.Value
					}
				}
			}
		}
		return kind, code
	}
	return "", nil
}

func dotted(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return dotted(e.X) + "." + e.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		text, err := strconv.Unquote(l.Value)
		if err == nil {
			return text
		}
	}
	return ""
}

func valueOf(e ast.Expr, in string, constants map[string]string) string {
	if text := literal(e); text != "" {
		return text
	}
	name := dotted(e)
	if text := constants[in+"."+name]; text != "" {
		return text
	}
	return constants[name]
}

// TestFaultsNeedNoOtherMaker: a code that is made in a way this test does not
// know would never be missed.
func TestFaultsNeedNoOtherMaker(t *testing.T) {
	t.Parallel()
	if f := fault.New(fault.Gone, "x", ""); f.Code != "x" {
		t.Error(f)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "../../platform/fault/fault.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() && !slices.Contains([]string{"New", "Wrap", "Of", "HasCode"}, fn.Name.Name) {
			t.Errorf("fault.%s makes faults, perhaps: tell codesOf of it", fn.Name.Name)
		}
	}
}
