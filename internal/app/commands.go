package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/schollz/progressbar/v3"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/surface/transfer"
)

// Console is where a command speaks: Out gets its result, Err its progress.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Log      *slog.Logger
	Watched  bool // a person looks at Err: long work shows its progress there
}

func (c Console) say(format string, a ...any) { _, _ = fmt.Fprintf(c.Out, format+"\n", a...) }

// bar draws progress of long work, when a person watches.
func (c Console) bar(what string) (tell func(done, total int), finish func()) {
	if !c.Watched {
		return func(int, int) {}, func() {}
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil || bar.GetMax() != total {
			bar = progressbar.NewOptions(total, progressbar.OptionSetDescription(what), progressbar.OptionSetWriter(c.Err),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set(done)
	}, func() { _, _ = fmt.Fprintln(c.Err) }
}

// with opens the rooms for one command, migrated, and acts as the system.
func with(ctx context.Context, cfg config.Config, c Console, who string, do func(ctx context.Context, r *rooms) error) error {
	r, err := open(ctx, cfg, c.Log, clock.System{})
	if err != nil {
		return err
	}
	defer r.close()
	if _, err := r.db.Migrate(ctx); err != nil {
		return err
	}
	return do(actor.With(ctx, actor.Machine(who)), r)
}

// Migrate brings the database up to date.
func Migrate(ctx context.Context, cfg config.Config, c Console) error {
	r, err := open(ctx, cfg, c.Log, clock.System{})
	if err != nil {
		return err
	}
	defer r.close()
	steps, err := r.db.Migrate(ctx)
	if err != nil {
		return err
	}
	if steps == 0 {
		c.say("The database is up to date.")
	} else {
		c.say("The database is up to date now, after %d steps.", steps)
	}
	return nil
}

// NewStaff describes a staff user to be made from the command line.
type NewStaff struct {
	Email, Name, Role string
	PasswordFromInput bool // read it from standard input; else one is made up
}

// CreateStaff makes a staff user.
func CreateStaff(ctx context.Context, cfg config.Config, c Console, in NewStaff) error {
	password, err := in.password(c.In)
	if err != nil {
		return err
	}
	return with(ctx, cfg, c, "command line", func(ctx context.Context, r *rooms) error {
		s, err := r.identity.CreateStaff(ctx, identity.CreateStaff{Email: in.Email, Name: in.Name, Role: identity.Role(in.Role), Password: password})
		if err != nil {
			return readable(err)
		}
		c.say("%s (%s) can sign in at %s/desk/.", s.EmailGiven, s.Role, cfg.BaseURL)
		if !in.PasswordFromInput {
			c.say("Password, shown once: %s", password)
		}
		return nil
	})
}

func (in NewStaff) password(from io.Reader) (string, error) {
	if in.PasswordFromInput {
		raw, err := io.ReadAll(io.LimitReader(from, 4096))
		return strings.TrimRight(string(raw), "\r\n"), err
	}
	raw := make([]byte, 15)
	_, _ = rand.Read(raw)
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw)), nil
}

// Import brings a folder of Markdown files in.
func Import(ctx context.Context, cfg config.Config, c Console, dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	return with(ctx, cfg, c, "import", func(ctx context.Context, r *rooms) error {
		tell, finish := c.bar("Importing")
		im := transfer.Importer{Desk: r.desk, Gallery: r.gallery(), Cabinet: cabinet{r.media}, Now: r.clock.Now}
		report, err := im.Import(ctx, os.DirFS(dir), tell)
		finish()
		for _, l := range report.Lines {
			c.say("%s", l)
		}
		c.say("%d created, %d updated, %d unchanged, %d failed.", report.Created, report.Updated, report.Unchanged, report.Failed)
		if err != nil {
			return err
		}
		if report.Failed > 0 {
			return errors.New("some files were not imported")
		}
		return nil
	})
}

// Export writes every note into a folder, in the format Import reads.
func Export(ctx context.Context, cfg config.Config, c Console, dir string) error {
	return with(ctx, cfg, c, "export", func(ctx context.Context, r *rooms) error {
		tell, finish := c.bar("Exporting")
		ex := transfer.Exporter{Desk: r.desk, Gallery: r.gallery(), Cabinet: cabinet{r.media}}
		done, err := ex.Export(ctx, dir, tell)
		finish()
		if err != nil {
			return err
		}
		c.say("%d notes, %d drafts, %d issues, %d pictures and %d files are in %s.", done.Notes, done.Drafts, done.Issues, done.Pictures, done.Files, dir)
		return nil
	})
}

// Reconcile compares the mirror of subscriptions with Stripe and, as a repair,
// puts it right.
func Reconcile(ctx context.Context, cfg config.Config, c Console, repair bool) error {
	mode := billing.DryRun
	if repair {
		mode = billing.Repair
	}
	return with(ctx, cfg, c, "command line", func(ctx context.Context, r *rooms) error {
		stop, err := r.borrowStripe()
		if err != nil {
			return err
		}
		defer stop()
		tell, finish := c.bar("Comparing")
		report, err := r.billing.Reconcile(ctx, mode, func(checked int) { tell(checked, -1) })
		finish()
		for _, f := range report.Findings {
			c.say("%s", findingLine(f))
		}
		c.say("%d subscriptions compared, %d of others, %d put right, %d findings.", report.Checked, report.Foreign, report.Changed, len(report.Findings))
		if err != nil {
			return readable(err)
		}
		return nil
	})
}

// findingLine is one difference for people and for grep.
func findingLine(f billing.Finding) string {
	line := fmt.Sprintf("%-22s %s %s", f.Difference, cmp.Or(f.StripeID, "-"), f.Owner.Name())
	if f.Was != "" || f.Is != "" {
		line += fmt.Sprintf(" (here: %s; at Stripe: %s)", cmp.Or(f.Was, "nothing"), f.Is)
	}
	switch {
	case f.Repaired:
		return line + ": put right"
	case !f.Difference.ByMachine():
		return line + ": " + billing.WhatToDo(f.Difference)
	default:
		return line + ": a repair puts it right"
	}
}
