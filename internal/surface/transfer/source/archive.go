package source

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Archive is a zip that was looked through before anything is read from it.
type Archive struct {
	zip     *zip.Reader
	outside bool                   // it names files outside of itself, which are left alone
	files   map[string]*zip.File   // by clean path
	bases   map[string][]*zip.File // by the last part, in small letters
	names   []string               // in the order of the zip
}

// OpenArchive reads the list of a zip. It refuses one that holds too much, or
// unpacks to too much, before it unpacks anything.
func OpenArchive(r io.ReaderAt, size int64) (*Archive, error) {
	from := &listed{r: r, left: maxList}
	z, err := zip.NewReader(from, size)
	from.over = true
	var long *Fault
	switch {
	case errors.As(err, &long):
		return nil, long
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, Wrong("this is not a zip that can be read, or it is not whole")
	case len(z.File) > MaxFiles:
		return nil, errTooMany
	}
	a := &Archive{zip: z, outside: err != nil, files: map[string]*zip.File{}, bases: map[string][]*zip.File{}}
	var total uint64
	for _, f := range z.File {
		if total += min(f.UncompressedSize64, 2*MaxFile+1); total > 2*MaxFile {
			return nil, Wrong("the zip unpacks to more than %d MB", 2*MaxFile>>20)
		}
		name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/"))
		if f.FileInfo().IsDir() || !fs.ValidPath(name) || strings.HasPrefix(name, "__MACOSX/") {
			continue
		}
		if a.files[name] == nil {
			a.names = append(a.names, name)
		}
		a.files[name] = f
		base := strings.ToLower(path.Base(name))
		a.bases[base] = append(a.bases[base], f)
	}
	return a, nil
}

// maxList is how long the list of a zip may be. All of it is in memory before
// the first name in it is seen.
const maxList = 32 << 20

var errTooMany = Wrong("the zip holds more than %d files, or their names are too long", MaxFiles)

// listed is a zip of which too long a list is not read.
type listed struct {
	r    io.ReaderAt
	left int
	over bool // the list was read
}

// ReadAt implements io.ReaderAt.
func (l *listed) ReadAt(p []byte, off int64) (int, error) {
	if !l.over {
		if l.left -= len(p); l.left < 0 {
			return 0, errTooMany
		}
	}
	return l.r.ReadAt(p, off)
}

// Names lists the files, in the order of the zip.
func (a *Archive) Names() []string { return a.names }

// Size is what a file unpacks to, as the zip says.
func (a *Archive) Size(name string) int64 {
	if f := a.files[name]; f != nil {
		return int64(f.UncompressedSize64) //nolint:gosec // below 2*MaxFile
	}
	return 0
}

// Open opens a file of the zip, of which at most limit bytes are read: what
// unpacks to more than the zip says is cut off with a fault.
func (a *Archive) Open(name string, limit int64) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, fs.ErrNotExist
	}
	return openPart(f, limit)
}

func openPart(f *zip.File, limit int64) (io.ReadCloser, error) {
	if f.UncompressedSize64 > uint64(limit) { //nolint:gosec // limits are positive
		return nil, Wrong("%s is larger than %d MB", path.Base(f.Name), limit>>20)
	}
	r, err := f.Open()
	if err != nil {
		return nil, Wrong("%s cannot be unpacked", path.Base(f.Name))
	}
	return struct {
		io.Reader
		io.Closer
	}{&bounded{r: r, left: limit, name: f.Name}, r}, nil
}

// bounded cuts off a file that is longer than it said.
type bounded struct {
	r    io.Reader
	left int64
	name string
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, Wrong("%s is longer than the zip says", path.Base(b.name))
	}
	return n, err
}

// Read reads a whole file of the zip.
func (a *Archive) Read(name string, limit int64) ([]byte, error) {
	r, err := a.Open(name, limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return io.ReadAll(r)
}

// widthInName is what WordPress puts behind the name of a smaller print.
var widthInName = regexp.MustCompile(`-\d+x\d+(\.[A-Za-z]+)$`)

// Picture finds the file that an address means: the one whose path shares the
// longest end with it, and at least the name.
func (a *Archive) Picture(ref string) (*Picture, error) {
	u, err := url.Parse(strings.ReplaceAll(ref, "__GHOST_URL__", ""))
	if err != nil || u.Path == "" {
		return nil, fs.ErrNotExist
	}
	for _, p := range []string{u.Path, widthInName.ReplaceAllString(u.Path, "$1")} {
		if f := a.likest(p); f != nil {
			return pictureOf(f), nil
		}
	}
	return nil, fs.ErrNotExist
}

func (a *Archive) likest(p string) (best *zip.File) {
	parts, most := strings.Split(path.Clean(p), "/"), 0
	for _, f := range a.bases[strings.ToLower(path.Base(p))] {
		own, n := strings.Split(f.Name, "/"), 0
		for n < len(own) && n < len(parts) && strings.EqualFold(own[len(own)-1-n], parts[len(parts)-1-n]) {
			n++
		}
		if n > most {
			best, most = f, n
		}
	}
	return best
}

func pictureOf(f *zip.File) *Picture {
	return &Picture{
		Name: path.Base(f.Name), Size: int64(f.UncompressedSize64), //nolint:gosec // below 2*MaxFile
		Print: strconv.FormatUint(uint64(f.CRC32), 16) + "-" + strconv.FormatUint(f.UncompressedSize64, 16),
		Open:  func() (io.ReadCloser, error) { return openPart(f, MaxPicture) },
	}
}
