package transfer

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Gallery keeps pictures; the media room is one.
type Gallery interface {
	// Keep stores a picture under its file name and returns its id and address.
	Keep(ctx context.Context, name string, r io.Reader) (id uuid.UUID, address string, err error)
	// Take is Keep with what is said of the picture, if it is a new one.
	Take(ctx context.Context, name, alt, caption string, r io.Reader) (id uuid.UUID, address string, err error)
	// At gives the address of a picture; "" when there is none of this id any more.
	At(ctx context.Context, id uuid.UUID) (address string, err error)
	// Fetch gives a stored picture by its id, with the name it came under.
	Fetch(ctx context.Context, id uuid.UUID) (name string, content []byte, err error)
}

var (
	// A picture in a folder: /media/units.png
	folderPicture = regexp.MustCompile(`/media/([A-Za-z0-9][A-Za-z0-9._-]*\.(?:png|jpe?g|gif|webp))\b`)
	// A picture of ours: /media/0198a000-0000-7000-8000-000000000001/full.png
	ownPicture = regexp.MustCompile(`/media/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/[a-z0-9]+\.[a-z]+(?:\?v=[0-9-]+)?`)
)

// album remembers which picture of the folder became which of ours.
type album struct {
	dir     fs.FS
	gallery Gallery
	known   map[string]kept  // by file name
	facts   map[string]Facts // by file name
	say     Order            // nil until something is said
}

type kept struct {
	id      uuid.UUID
	address string
	err     error
}

// pictureName is a file of a folder that nothing needs to name.
var pictureName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*\.(?:png|jpe?g|gif|webp)$`)

// pictures brings in what lies in the folder and is shown nowhere.
func (r *importRun) pictures(ctx context.Context) error {
	files, err := fs.ReadDir(r.dir, "media")
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a folder need not have pictures
		return err
	}
	for _, f := range files {
		if _, shown := r.album.known[f.Name()]; shown || f.IsDir() || !pictureName.MatchString(f.Name()) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if k := r.album.keep(ctx, f.Name()); k.err != nil {
			r.fail("media/"+f.Name(), k.err)
		}
	}
	return nil
}

func (a *album) keep(ctx context.Context, name string) kept {
	if k, ok := a.known[name]; ok {
		return k
	}
	k := a.upload(ctx, name)
	a.known[name] = k
	return k
}

func (a *album) upload(ctx context.Context, name string) (k kept) {
	f, err := a.dir.Open(path.Join("media", name))
	if err != nil {
		return kept{err: err}
	}
	defer func() { _ = f.Close() }()
	if k.id, k.address, k.err = a.gallery.Keep(ctx, name, f); k.err == nil {
		k.err = a.order(ctx, name, k.id)
	}
	return k
}

// bring stores every picture that a text names and puts our addresses in. A
// picture that is not in the folder stays as it stands and is reported.
func (a *album) bring(ctx context.Context, body string) (string, []string) {
	var missing []string
	body = folderPicture.ReplaceAllStringFunc(body, func(m string) string {
		name := folderPicture.FindStringSubmatch(m)[1]
		k := a.keep(ctx, name)
		if k.err == nil {
			return k.address
		}
		missing = append(missing, "media/"+name+": "+reason(k.err))
		return m
	})
	return body, missing
}

func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such picture in the folder"
	}
	return fault.Of(unreadable(err)).Message
}
