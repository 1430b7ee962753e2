package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/config"
)

// ImportFrom is an import of another system's export from the command line.
type ImportFrom struct {
	System, File, Members string
	DryRun                bool
	Options               ImportOptions
}

// ImportOptions say how it is meant, as the Admin API has them.
type ImportOptions = porter.Options

// Bring imports the export of another system, and shows the report: what it
// says of each entry, and the sums.
func Bring(ctx context.Context, cfg config.Config, c Console, in ImportFrom) error {
	start := porter.StartImport{Source: in.System, Options: in.Options, DryRun: in.DryRun, ByHand: true}
	for _, part := range []struct {
		path string
		to   **porter.Upload
	}{{in.File, &start.File}, {in.Members, &start.Members}} {
		if part.path == "" {
			continue
		}
		f, err := os.Open(part.path)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		*part.to = &porter.Upload{Filename: filepath.Base(part.path), Body: f, Size: info.Size()}
	}
	return with(ctx, cfg, c, "import", func(ctx context.Context, r *rooms) error { return r.bring(ctx, c, start) })
}

func (r *rooms) bring(ctx context.Context, c Console, start porter.StartImport) error {
	t, err := r.porter.StartImport(ctx, start)
	if err != nil {
		return readable(err)
	}
	tell, finish := c.bar("Importing")
	t, err = r.porter.Carry(ctx, t.ID, func(n porter.Counts) { tell(int(n.Done), int(n.Total)) })
	finish()
	if err != nil {
		return err
	}
	lines, err := r.porter.Report(ctx, t.ID)
	if err != nil {
		return err
	}
	for l, err := range lines {
		if err != nil {
			return err
		}
		if len(l.Messages) > 0 || l.Outcome == porter.HasFailed || l.Outcome == porter.InConflict {
			c.say("%s: %s %s", l.Place, l.Outcome, strings.Join(l.Messages, "; "))
		}
	}
	c.say("%d made, %d updated, %d unchanged, %d skipped, %d conflicts, %d failed.", t.Made, t.Updated, t.Unchanged, t.Skipped, t.Conflicts, t.Failed)
	switch {
	case t.State == porter.Failed:
		return errors.New(t.Message)
	case t.DryRun:
		c.say("This was a dry run: nothing was written.")
	case t.Failed > 0:
		return errors.New("some entries were not imported")
	}
	return nil
}
