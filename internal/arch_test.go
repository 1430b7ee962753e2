package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "lighttrends/"

// may lists what each floor or room may import of this module; the longest
// prefix that fits a file is its rule. Imports go downward only. A new arrow
// between rooms is a new row here, argued in the commit that adds it; two
// arrows against each other want a lower room or a reaction instead.
var may = map[string][]string{
	"internal/platform/fault":          {},
	"internal/platform/config":         {"internal/platform/outward"}, // checks what may be called
	"internal/platform/clock":          {},
	"internal/platform/memo":           {},
	"internal/platform/phrase":         {},
	"internal/platform/frontend":       {},
	"internal/platform/actor":          {"internal/platform/fault"},
	"internal/platform/db":             {"internal/platform/clock"},
	"internal/platform/db/dbtest":      {"internal/platform/clock", "internal/platform/db", "migrations"},
	"internal/platform/journal":        {"internal/platform/actor", "internal/platform/clock", "internal/platform/db"},
	"internal/platform/known":          {"internal/platform/db", "internal/platform/memo"},
	"internal/platform/once":           {"internal/platform/clock", "internal/platform/db", "internal/platform/fault"},
	"internal/platform/markdown":       {"internal/platform/fault", "internal/platform/markdown/chart", "internal/platform/phrase"},
	"internal/platform/markdown/chart": {"internal/platform/fault"},
	"internal/platform/mail":           {"internal/platform/clock", "internal/platform/fault", "internal/platform/phrase"},
	"internal/platform/mail/mailbox":   {"internal/platform/clock", "internal/platform/db", "internal/platform/fault", "internal/platform/mail"},
	"internal/platform/typeset":        {},
	"internal/platform/leftout":        {},                                                     // modules of their own, in place of what the binary does without
	"internal/platform/blob":           {"internal/platform/clock", "internal/platform/fault"}, // a signature says when it was made
	"internal/platform/outward":        {},
	"internal/platform/stripeapi":      {"internal/platform/fault", "internal/platform/clock"},
	"internal/platform/stripelocal":    {"internal/platform/fault", "internal/platform/clock"},

	"internal/domain/access":      ground,
	"internal/domain/search":      ground,
	"internal/domain/identity":    and(ground, "internal/platform/frontend"), // links and payment pages
	"internal/domain/billing":     and(ground, "internal/platform/frontend"), // lead back to other front ends
	"internal/domain/letters":     ground,
	"internal/domain/webhook":     and(ground, "internal/platform/outward"),
	"internal/domain/library":     ground,
	"internal/domain/readership":  ground,
	"internal/domain/porter":      ground,
	"internal/domain/publication": ground,
	"internal/domain/media":       and(ground, "internal/domain/access"), // attachments leave for a decision only
	"internal/domain/content":     and(ground, "internal/domain/access", "internal/domain/search"),
	"internal/domain/copies":      and(ground, "internal/domain/access", "internal/domain/content", "internal/platform/typeset"), // made of a text that a decision opened

	"internal/surface/kit": {"internal/platform/fault", "internal/platform/actor"},
	"internal/surface":     {"internal/surface/kit", "internal/domain/", "internal/platform/fault", "internal/platform/actor", "internal/platform/phrase", "web"},

	"internal/app": {"internal/", "web", "migrations"},
	"cmd":          {"internal/app", "internal/platform/config"},
	"web":          {},
	"migrations":   {},
}

// ground is what every room may stand on. Configuration is not in it: rooms
// are told what they need.
var ground = []string{
	"internal/platform/actor", "internal/platform/blob", "internal/platform/clock", "internal/platform/db",
	"internal/platform/fault", "internal/platform/journal", "internal/platform/known", "internal/platform/mail", "internal/platform/markdown",
	"internal/platform/memo", "internal/platform/once", "internal/platform/phrase", "internal/platform/stripeapi",
}

func and(list []string, more ...string) []string { return append(append([]string{}, list...), more...) }

// only lists vendors that few places may name. A star stands for one room.
var only = map[string][]string{
	"gorm.io/":                        {"internal/app/bench/", "internal/platform/db/", "internal/domain/*/store"},
	"modernc.org/sqlite":              {"internal/platform/db/"},
	"github.com/jackc/pgx":            {"internal/platform/db/", "internal/app/bench/"}, // what it measures against
	"github.com/gofiber/":             {"internal/surface/", "internal/app/bench/"},
	"github.com/valyala/":             {"internal/surface/kit/"},
	"github.com/danielgtaylor/huma":   {"internal/surface/"},
	"github.com/stripe/stripe-go":     {"internal/platform/stripeapi/"},
	"github.com/riverqueue/river":     {"internal/platform/db/", "internal/domain/*/jobs", "internal/app/"},
	"github.com/minio/":               {"internal/platform/blob/"},
	"github.com/wneessen/":            {"internal/platform/mail/"},
	"github.com/yuin/goldmark":        {"internal/platform/markdown/"},
	"github.com/caarlos0/env":         {"internal/platform/config/"},
	"github.com/alecthomas/kong":      {"cmd/"},
	"github.com/prometheus/":          {"internal/app/"},
	"github.com/alexedwards/argon2":   {"internal/domain/identity/"},
	"github.com/sergi/go-diff":        {"internal/domain/content/compare/"},
	"github.com/schollz/progressbar":  {"internal/app/"},
	"github.com/JohannesKaufmann/":    {"internal/surface/transfer/markup/"},
	"github.com/modelcontextprotocol": {"internal/surface/mcp/"},
}

// TestWhoMayImportWhom reads every Go file that is not a test.
func TestWhoMayImportWhom(t *testing.T) {
	t.Parallel()
	files := 0
	for _, root := range []string{"../internal", "../cmd", "../web", "../migrations"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && d.Name() == "node_modules" {
				return orSkip(err)
			}
			if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			files++
			return checkFile(t, path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 50 {
		t.Fatalf("only %d files were found", files)
	}
}

func orSkip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}

func checkFile(t *testing.T, path string) error {
	t.Helper()
	file := strings.TrimPrefix(filepath.ToSlash(path), "../")
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	rule, list := ruleFor(file)
	if rule == "" {
		t.Errorf("%s stands in no room of the table", file)
	}
	for _, spec := range f.Imports {
		imp, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if room, ours := strings.CutPrefix(imp, module); ours {
			if !within(room, list) && !within(room, []string{roomOf(file, rule)}) {
				t.Errorf("%s imports %s: %q may import only %v", file, imp, rule, list)
			}
			continue
		}
		for vendor, places := range only {
			if strings.HasPrefix(imp, vendor) && !inPlaces(file, places) {
				t.Errorf("%s imports %s: that is allowed only in %v", file, imp, places)
			}
		}
	}
	return nil
}

// roomOf is the room a file stands in: a room may be made of several packages
// that know each other. The faces share a rule, but each is its own room.
func roomOf(file, rule string) string {
	if rule != "internal/surface" {
		return rule
	}
	return strings.Join(strings.SplitN(file, "/", 4)[:3], "/")
}

func ruleFor(file string) (rule string, list []string) {
	for prefix, l := range may {
		if strings.HasPrefix(file, prefix+"/") && len(prefix) > len(rule) {
			rule, list = prefix, l
		}
	}
	return rule, list
}

// within tells whether a package is one of the list, or below one of it.
func within(pkg string, list []string) bool {
	for _, p := range list {
		p = strings.TrimSuffix(p, "/")
		if pkg == p || strings.HasPrefix(pkg, p+"/") {
			return true
		}
	}
	return false
}

func inPlaces(file string, places []string) bool {
	for _, p := range places {
		before, after, star := strings.Cut(p, "*")
		if !strings.HasPrefix(file, before) {
			continue
		}
		if !star {
			return true
		}
		if _, rest, ok := strings.Cut(strings.TrimPrefix(file, before), "/"); ok && strings.HasPrefix("/"+rest, after) {
			return true
		}
	}
	return false
}

// TestTheTableBites shows the check refusing what it is there to refuse.
func TestTheTableBites(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, pkg string
		want      bool
	}{
		{"internal/domain/content/note.go", "internal/domain/access", true},
		{"internal/domain/access/gate.go", "internal/domain/content", false},
		{"internal/domain/billing/sync.go", "internal/domain/identity", false},
		{"internal/domain/billing/sync.go", "internal/platform/config", false},
		{"internal/surface/portal/note.go", "internal/platform/db", false},
		{"internal/surface/kit/server.go", "internal/domain/content", false},
		{"internal/platform/fault/fault.go", "internal/platform/db", false},
		{"cmd/lighttrends/main.go", "internal/domain/content", false},
	} {
		if _, list := ruleFor(tt.file); within(tt.pkg, list) != tt.want {
			t.Errorf("%s → %s: allowed is %v", tt.file, tt.pkg, !tt.want)
		}
	}
	if inPlaces("internal/domain/content/publish.go", only["gorm.io/"]) || !inPlaces("internal/domain/content/store_note.go", only["gorm.io/"]) {
		t.Error("GORM is not kept in the stores")
	}
}
