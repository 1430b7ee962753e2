package source

import (
	"archive/zip"
	"errors"
	"io/fs"
	"path"
)

// folder is a zip as a folder. No file of it is read beyond a bound: a zip may
// say less than it unpacks to, and room is made for what it says.
type folder struct{ zip *zip.Reader }

// Folder gives the zip as a folder.
func (a *Archive) Folder() (fs.FS, error) {
	if a.outside {
		return nil, Wrong("this zip names files outside of itself")
	}
	return folder{a.zip}, nil
}

// Open implements fs.FS.
func (d folder) Open(name string) (fs.File, error) {
	f, err := d.zip.Open(name)
	if err != nil {
		return nil, err
	}
	if _, is := f.(fs.ReadDirFile); is {
		return f, nil
	}
	const most = MaxPicture + 1<<20
	if info, err := f.Stat(); err != nil || info.Size() > most {
		_ = f.Close()
		return nil, errors.Join(err, Wrong("%s is too large", path.Base(name)))
	}
	return &boundedFile{f, bounded{r: f, left: most, name: name}}, nil
}

type boundedFile struct {
	fs.File
	bounded
}

// Read implements fs.File.
func (b *boundedFile) Read(p []byte) (int, error) { return b.bounded.Read(p) }
