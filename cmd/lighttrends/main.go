// Command lighttrends is the whole system in one binary: the web server with
// its job workers, and the commands around it. The environment configures it;
// see README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"lighttrends/internal/app"
	"lighttrends/internal/platform/config"
)

// version is set by the linker in release builds.
var version = ""

type cli struct {
	Serve     serveCmd     `cmd:"" default:"1" help:"Run the server (this is what a bare start does)."`
	Demo      demoCmd      `cmd:"" help:"Run the server with a demonstration publication, on this machine only."`
	Migrate   migrateCmd   `cmd:"" help:"Bring the database up to date."`
	Staff     staffCmd     `cmd:"" help:"Manage staff users."`
	Import    importCmd    `cmd:"" help:"Bring notes in."`
	Export    exportCmd    `cmd:"" help:"Write all notes into a folder, in the format that import reads."`
	Reconcile reconcileCmd `cmd:"" help:"Compare subscriptions with Stripe and put the mirror right."`
	Theme     themeCmd     `cmd:"" help:"Begin and check a theme of the portal."`
	OpenAPI   openAPICmd   `cmd:"" name:"openapi" hidden:"" help:"Write the OpenAPI documents into a folder."`
	API       apiCmd       `cmd:"" name:"api" help:"Ask an API of a running server, here or elsewhere."`
	MCP       mcpCmd       `cmd:"" name:"mcp" help:"Let an assistant on this machine read from a server, here or elsewhere."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
}

// env is what every command gets.
type env struct {
	ctx     context.Context
	vars    map[string]string // the environment
	cfg     config.Config
	console app.Console
}

type (
	serveCmd struct{}
	demoCmd  struct {
		DatabaseURL string `help:"Fill this Postgres database instead of a SQLite file. It must be empty." placeholder:"postgres://…"`
	}
	migrateCmd struct{}
	staffCmd   struct {
		Create            staffCreateCmd            `cmd:"" help:"Make a staff user."`
		ResetSecondFactor staffResetSecondFactorCmd `cmd:"" help:"Take the second factor of a staff user away who has lost it, and sign them out."`
	}
	staffCreateCmd struct {
		Email         string `required:"" help:"E-mail address to sign in with."`
		Name          string `required:"" help:"Name, as shown at the desk."`
		Role          string `default:"owner" enum:"owner,admin,editor,analyst" help:"One of owner, admin, editor, analyst."`
		PasswordStdin bool   `help:"Read the password from standard input instead of making one up."`
	}
	staffResetSecondFactorCmd struct {
		Email string `required:"" help:"E-mail address they sign in with."`
	}
	importCmd struct {
		Markdown importMarkdownCmd `cmd:"" help:"Bring in a folder of Markdown files with front matter."`
		From     importFromCmd     `cmd:"" default:"withargs" help:"Bring in the export of another system: --from ghost, wordpress, substack, members, or markdown for a zip."`
	}
	importFromCmd struct {
		From               string            `required:"" enum:"ghost,wordpress,substack,markdown,members" help:"What wrote the file: ghost, wordpress, substack, markdown or members."`
		File               string            `arg:"" help:"The file." type:"existingfile"`
		Members            string            `help:"Ghost: the CSV with the members." type:"existingfile"`
		DryRun             bool              `help:"Write nothing; show what would happen."`
		Gate               string            `help:"For texts of systems that do not know gates: public, members or paid." enum:",public,members,paid" default:""`
		MorePaywall        bool              `help:"WordPress: take the more tag for the paywall."`
		Tier               map[string]string `help:"Ghost: the plan that stands for a tier, such as gold=reader."`
		Drafts             bool              `help:"Publish nothing."`
		Overwrite          bool              `help:"Write over what was changed here, too."`
		Only               string            `help:"notes or members, where a file has both." enum:",notes,members" default:""`
		Complimentary      string            `help:"The plan given to who read without paying there; * for every plan."`
		ComplimentaryUntil string            `help:"Until which day they may read." placeholder:"2027-12-31"`
		PicturesFrom       string            `help:"Fetch the pictures that the file does not hold, from this site only." placeholder:"https://www.example.com"`
	}
	importMarkdownCmd struct {
		Dir string `arg:"" help:"The folder." type:"path"`
	}
	exportCmd struct {
		Dir string `arg:"" help:"The folder; it is made when missing." type:"path"`
	}
	reconcileCmd struct {
		DryRun bool `xor:"mode" help:"Only list the differences; change nothing."`
		Repair bool `xor:"mode" help:"List the differences and put the mirror right. This is what happens without a flag."`
	}
	themeCmd struct {
		Export themeExportCmd `cmd:"" help:"Write the built-in templates and files into a folder, to begin with."`
		Check  themeCheckCmd  `cmd:"" help:"Try every page with the theme in a folder, and tell what is wrong."`
	}
	themeExportCmd struct {
		Dir string `arg:"" help:"The folder; it is made when missing." type:"path"`
	}
	themeCheckCmd struct {
		Dir string `arg:"" help:"The folder." type:"path"`
	}
	openAPICmd struct {
		Dir string `arg:"" help:"The folder." type:"path"`
	}
	versionCmd struct{}
)

func (serveCmd) Run(e env) error { return app.Serve(e.ctx, e.cfg, e.console.Log, e.console.Out) }

func (c demoCmd) Run(e env) error {
	cfg, err := app.DemoConfig(e.vars, c.DatabaseURL)
	if err != nil {
		return err
	}
	return app.Demo(e.ctx, cfg, e.console.Log, e.console.Out)
}

func (migrateCmd) Run(e env) error { return app.Migrate(e.ctx, e.cfg, e.console) }

func (c staffCreateCmd) Run(e env) error {
	return app.CreateStaff(e.ctx, e.cfg, e.console, app.NewStaff{Email: c.Email, Name: c.Name, Role: c.Role, PasswordFromInput: c.PasswordStdin})
}

func (c staffResetSecondFactorCmd) Run(e env) error {
	return app.ResetSecondFactor(e.ctx, e.cfg, e.console, c.Email)
}

func (c importMarkdownCmd) Run(e env) error { return app.Import(e.ctx, e.cfg, e.console, c.Dir) }

func (c importFromCmd) Run(e env) error {
	in := app.ImportFrom{System: c.From, File: c.File, Members: c.Members, DryRun: c.DryRun, Options: app.ImportOptions{
		Gate: c.Gate, MoreIsPaywall: c.MorePaywall, Tiers: c.Tier, Drafts: c.Drafts, Overwrite: c.Overwrite, Only: c.Only, Complimentary: c.Complimentary, PicturesFrom: c.PicturesFrom,
	}}
	if c.ComplimentaryUntil != "" {
		day, err := time.Parse(time.DateOnly, c.ComplimentaryUntil)
		if err != nil {
			return fmt.Errorf("--complimentary-until wants a day such as 2027-12-31, not %s", c.ComplimentaryUntil)
		}
		in.Options.ComplimentaryUntil = &day
	}
	return app.Bring(e.ctx, e.cfg, e.console, in)
}

func (c exportCmd) Run(e env) error { return app.Export(e.ctx, e.cfg, e.console, c.Dir) }

func (c reconcileCmd) Run(e env) error { return app.Reconcile(e.ctx, e.cfg, e.console, !c.DryRun) }

func (c themeExportCmd) Run(e env) error { return app.ExportTheme(e.console, c.Dir) }

func (c themeCheckCmd) Run(e env) error { return app.CheckTheme(e.console, c.Dir) }

func (c openAPICmd) Run(e env) error { return app.OpenAPI(e.console, c.Dir) }

func (versionCmd) Run(e env) error {
	_, err := fmt.Fprintln(e.console.Out, versionLine())
	return err
}

func versionLine() string {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v = s.Value
			}
		}
	}
	if v == "" || v == "(devel)" {
		v = "development"
	}
	return "lighttrends " + v
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], environ(), os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes, as shells expect them.
const (
	failed  = 1
	misused = 2
)

// run is main without the process around it, so that tests can call it.
func run(ctx context.Context, args []string, vars map[string]string, in io.Reader, out, errOut io.Writer) int {
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	var c cli
	exit := -1
	parser, err := kong.New(&c, kong.Name("lighttrends"), kong.Writers(out, errOut), kong.Exit(func(code int) { exit = code }),
		kong.Description("A headless CMS with a subscriber portal for paid research notes. The environment configures it; see the README."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return fail(errOut, err, failed)
	}
	k, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		return fail(errOut, fmt.Errorf("%w; \"lighttrends help\" lists what there is", err), misused)
	}
	e := env{ctx: ctx, vars: vars, console: app.Console{In: in, Out: out, Err: errOut, Watched: isTerminal(errOut)}}
	if err := e.configure(k.Command(), errOut); err != nil {
		return fail(errOut, err, failed)
	}
	err = k.Run(e)
	if errors.Is(err, context.Canceled) {
		if k.Command() == "serve" || k.Command() == "demo" { // asked to stop while it was starting
			return 0
		}
		err = errors.New("stopped before it was done; it can be run again")
	}
	var special interface{ ExitCode() int }
	if errors.As(err, &special) {
		return fail(errOut, err, special.ExitCode())
	}
	if err != nil {
		return fail(errOut, err, failed)
	}
	return 0
}

// configure reads the environment for the commands that use it.
func (e *env) configure(command string, errOut io.Writer) (err error) {
	word, _, _ := strings.Cut(command, " ")
	if slices.Contains([]string{"version", "demo", "theme", "openapi", "api", "mcp"}, word) {
		e.console.Log = app.NewLog(errOut, e.vars["LOG_FORMAT"], e.vars["LOG_LEVEL"])
		return nil
	}
	e.cfg, err = config.Read(e.vars)
	e.console.Log = app.NewLog(errOut, e.cfg.LogFormat, e.cfg.LogLevel)
	return err
}

// isTerminal tells whether a person watches what is written there.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func environ() map[string]string {
	m := map[string]string{}
	for _, pair := range os.Environ() {
		if name, value, ok := strings.Cut(pair, "="); ok {
			m[name] = value
		}
	}
	return m
}

func fail(w io.Writer, err error, code int) int {
	_, _ = fmt.Fprintln(w, "lighttrends:", err)
	return code
}
