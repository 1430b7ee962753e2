package transfer

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/surface/kit"
)

// Export carries an export.
func (c *Carrier) Export(ctx context.Context, r *porter.Run) error {
	if r.Source == porter.Members {
		return c.exportMembers(ctx, r)
	}
	dir, err := os.MkdirTemp(c.Temp, "lighttrends-export-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	ex := Exporter{Desk: c.Desk, Gallery: c.Gallery, Cabinet: c.Cabinet}
	stop, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	_, err = ex.Export(stop, dir, func(done, total int) {
		if err := r.Progress(ctx, done, total); err != nil {
			cancel(err)
		}
	})
	if cause := context.Cause(stop); cause != nil {
		return cause
	}
	if err != nil {
		return err
	}
	return c.deliver(ctx, r, "notes-"+c.Now().UTC().Format(time.DateOnly)+".zip", func(w io.Writer) error { return pack(ctx, w, dir) })
}

// deliver writes a file here first: a store wants to know its size.
func (c *Carrier) deliver(ctx context.Context, r *porter.Run, name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(c.Temp, "lighttrends-export-*")
	if err != nil {
		return err
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}()
	if err := write(f); err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return r.Deliver(ctx, name, f, size)
}

// pack puts a folder into a zip. Pictures are packed already.
func pack(ctx context.Context, w io.Writer, dir string) error {
	z := zip.NewWriter(w)
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		method := zip.Deflate
		if pictureName.MatchString(path.Base(name)) {
			method = zip.Store
		}
		out, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			return err
		}
		in, err := root.Open(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		_ = in.Close()
		return err
	})
	if err != nil {
		return err
	}
	return z.Close()
}

// membersHead are the columns of a list of members, which an import reads.
var membersHead = []string{"email", "name", "subscribed_to_emails", "stripe_customer_id", "created_at", "signed_in"}

func (c *Carrier) exportMembers(ctx context.Context, r *porter.Run) error {
	return c.deliver(ctx, r, "members-"+c.Now().UTC().Format(time.DateOnly)+".csv", func(w io.Writer) error {
		out := csv.NewWriter(w)
		if err := out.Write(membersHead); err != nil {
			return err
		}
		done := 0
		for next := ""; ; {
			page, err := c.Identity.ListMembers(ctx, identity.ListMembers{Cursor: next, Limit: 200})
			if err != nil {
				return err
			}
			if err := c.writeMembers(ctx, out, page.Members); err != nil {
				return err
			}
			done += len(page.Members)
			total := done
			if page.Next != "" {
				total++ // how many there are is not known before the end
			}
			if err := r.Progress(ctx, done, total); err != nil {
				return err
			}
			if next = page.Next; next == "" {
				out.Flush()
				return out.Error()
			}
		}
	})
}

func (c *Carrier) writeMembers(ctx context.Context, out *csv.Writer, members []identity.Member) error {
	ids := make([]uuid.UUID, len(members))
	for i, m := range members {
		ids[i] = m.ID
	}
	customers, err := c.Billing.CustomerIDs(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range members {
		row := []string{
			m.EmailGiven, m.Name, strconv.FormatBool(m.Wants(identity.MailNewsletters)), customers[m.ID],
			m.CreatedAt.UTC().Format(time.RFC3339), strconv.FormatBool(m.EmailVerifiedAt != nil),
		}
		for i := range row {
			row[i] = kit.Cell(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return nil
}
