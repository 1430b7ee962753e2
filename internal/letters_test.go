package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// drawnBy names, for each function that writes a letter, one file of how it is
// drawn. A letter nobody has looked at is not sent to anybody.
var drawnBy = map[string]string{
	"app.deskLetter": "desk_published", "app.giftLetter": "gift", "app.leadLetter": "lead", "app.quoteLetter": "quote", "app.termEnding": "term_ending", "app.welcome": "welcome",
	"billing.compose":            "receipt",
	"webhook.pausedLetter":       "paused",
	"identity.confirmLetter":     "confirm",
	"identity.emailChangeLetter": "email_change", "identity.emailChangedLetter": "email_changed", "identity.leavingLetter": "leaving",
	"identity.invitationLetter": "invitation", "identity.resetLetter": "password_reset", "identity.noticeLetter": "staff_password",
	"identity.memberNotice": "member_password_set", "identity.sharingLetter": "sharing", "identity.signInLetter": "sign_in",
}

// kindsOf are the types whose constants are kinds of letters, with what the
// names of their files begin with.
var kindsOf = map[string]string{"LetterKind": "", "MemberNotice": "member_", "Notice": "staff_"}

// TestEveryLetterIsDrawn reads the source: each function that writes a letter,
// and each kind of letter, has a text and an HTML file to be compared with.
func TestEveryLetterIsDrawn(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "platform") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.Join(filepath.Dir(path), "testdata", "letters")
		for _, writer := range writers(file) {
			found[writer] = true
			if drawnBy[writer] == "" {
				t.Errorf("%s: %s writes a letter; compare it with how it is drawn and name that here", path, writer)
			} else {
				drawn(t, dir, drawnBy[writer])
			}
		}
		for _, kind := range kinds(file) {
			drawn(t, dir, kind)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for writer := range drawnBy {
		if !found[writer] {
			t.Errorf("%s writes no letter any more", writer)
		}
	}
}

// toStaff are letters to who works here. They speak English, as the desk does;
// readers are written to in their language.
var toStaff = regexp.MustCompile(`^(staff_|desk_|(lead|sharing|invitation|password_reset)$)`)

func drawn(t *testing.T, dir, name string) {
	t.Helper()
	exts := []string{".txt", ".html"}
	if !toStaff.MatchString(name) && !strings.Contains(dir, "webhook") {
		exts = append(exts, ".de.txt", ".de.html")
	}
	for _, ext := range exts {
		if _, err := os.Stat(filepath.Join(dir, name+ext)); err != nil {
			t.Errorf("a letter is not drawn: %v", err)
		}
	}
}

// writers lists the functions that make a letter with something in it.
func writers(file *ast.File) (out []string) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		writes := false
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && len(lit.Elts) > 0 {
				if s, ok := lit.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Letter" {
					pkg, named := s.X.(*ast.Ident)
					writes = writes || named && pkg.Name == "mail"
				}
			}
			return true
		})
		if writes {
			out = append(out, file.Name.Name+"."+f.Name.Name)
		}
	}
	return out
}

// kinds lists the files that the constants of kinds of letters want.
func kinds(file *ast.File) (out []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		kind, ok := v.Type.(*ast.Ident)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if before, ok := kindsOf[kind.Name]; ok {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok {
				value, _ := strconv.Unquote(lit.Value) // the compiler has read it
				out = append(out, before+value)
			}
		}
		return true
	})
	return out
}
