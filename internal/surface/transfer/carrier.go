package transfer

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path"
	"strings"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/transfer/ghost"
	"lighttrends/internal/surface/transfer/memberlist"
	"lighttrends/internal/surface/transfer/source"
	"lighttrends/internal/surface/transfer/substack"
	"lighttrends/internal/surface/transfer/wordpress"
)

// Carrier carries imports and exports for the porter.
type Carrier struct {
	Desk     *content.Desk
	House    *publication.House
	Identity *identity.Service
	Billing  *billing.Office
	Gallery  Gallery
	Cabinet  Cabinet
	Now      func() time.Time
	Temp     string // folder for files on their way; "" is the system's
	Visit    Visit  // fetches pictures
}

// Import carries an import.
func (c *Carrier) Import(ctx context.Context, r *porter.Run) error {
	file, drop, err := c.local(r.File(ctx))
	if err != nil {
		return err
	}
	defer drop()
	if r.Source == "markdown" {
		return c.folder(ctx, r, file)
	}
	var list *os.File
	if r.MembersKey != "" {
		second, drop, err := c.local(r.MembersFile(ctx))
		if err != nil {
			return err
		}
		defer drop()
		list = second
	}
	from, err := openSource(r.Source, file, list, r.Filename)
	if err != nil {
		return unreadable(err)
	}
	return c.take(ctx, r, from)
}

// unreadable makes a fault of what a format says of a file.
func unreadable(err error) error {
	var f *source.Fault
	if errors.As(err, &f) {
		text := strings.ToUpper(f.Text[:1]) + f.Text[1:] + "."
		return fault.New(fault.Invalid, "unreadable_file", text).Because(err)
	}
	return err
}

// local copies a kept file to this machine: formats are read from any place in
// a file, and twice.
func (c *Carrier) local(in io.ReadSeekCloser, err error) (*os.File, func(), error) {
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = in.Close() }()
	f, err := os.CreateTemp(c.Temp, "lighttrends-import-*")
	if err != nil {
		return nil, nil, err
	}
	drop := func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	if _, err := io.Copy(f, io.LimitReader(in, source.MaxFile)); err != nil {
		drop()
		return nil, nil, err
	}
	return f, drop, nil
}

func openSource(format string, file, list *os.File, name string) (source.Reader, error) {
	size, err := sizeOf(file)
	if err != nil {
		return nil, err
	}
	switch format {
	case ghost.System:
		if strings.EqualFold(path.Ext(name), ".csv") {
			return ghost.Open(nil, 0, file, size)
		}
		if list == nil {
			return ghost.Open(file, size, nil, 0)
		}
		listSize, err := sizeOf(list)
		if err != nil {
			return nil, err
		}
		return ghost.Open(file, size, list, listSize)
	case wordpress.System:
		return wordpress.Open(file, size)
	case substack.System:
		return substack.Open(file, size)
	}
	return newList(file, size, name), nil
}

func sizeOf(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// list is a table of members by itself.
type list struct {
	source.NoPictures
	file  io.ReaderAt
	size  int64
	name  string
	count int
}

func newList(file io.ReaderAt, size int64, name string) *list {
	l := &list{file: file, size: size, name: name}
	l.count = memberlist.Count(l.reader())
	return l
}

func (l *list) reader() io.Reader { return io.NewSectionReader(l.file, 0, l.size) }

// System implements source.Reader.
func (*list) System() string { return porter.Members }

// Count implements source.Reader.
func (l *list) Count() int { return l.count }

// Entries implements source.Reader.
func (l *list) Entries(context.Context) iter.Seq[source.Entry] {
	return memberlist.Read(l.reader(), l.name)
}
