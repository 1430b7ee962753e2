package transfer

import (
	"archive/zip"
	"context"
	"hash/crc32"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/surface/transfer/source"
)

// boundedFS is a zip as a folder, of which no file is read beyond a bound: a
// zip may say less than it unpacks to.
type boundedFS struct{ zip *zip.Reader }

// folderOf looks through a zip and gives what is in it, without the folder that
// everything may lie in.
func folderOf(r io.ReaderAt, size int64) (fs.FS, error) {
	a, err := source.OpenArchive(r, size)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, source.Wrong("this zip names files outside of itself")
	}
	top := ""
	for i, name := range a.Names() {
		first, _, inside := strings.Cut(name, "/")
		if !inside || i > 0 && first != top {
			top = ""
			break
		}
		top = first
	}
	switch top {
	case "", "notes", "drafts", "issues", "media", "files":
		return boundedFS{z}, nil
	}
	return fs.Sub(boundedFS{z}, top)
}

// Open implements fs.FS.
func (b boundedFS) Open(name string) (fs.File, error) {
	f, err := b.zip.Open(name)
	if err != nil {
		return nil, err
	}
	if _, folder := f.(fs.ReadDirFile); folder {
		return f, nil
	}
	return &boundedFile{File: f, left: source.MaxPicture + 1<<20}, nil
}

type boundedFile struct {
	fs.File
	left int64
}

func (b *boundedFile) Read(p []byte) (int, error) {
	n, err := b.File.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, source.Wrong("the file is too large")
	}
	return n, err
}

// trying looks at pictures where a gallery would keep them.
type trying struct{ Gallery }

// Keep implements Gallery.
func (t trying) Keep(_ context.Context, name string, r io.Reader) (uuid.UUID, string, error) {
	raw, err := io.ReadAll(io.LimitReader(r, source.MaxPicture+1))
	if err != nil {
		return uuid.Nil, "", err
	}
	if len(raw) > source.MaxPicture {
		return uuid.Nil, "", source.Wrong("larger than %d MB", source.MaxPicture>>20)
	}
	switch http.DetectContentType(raw) {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return uuid.Nil, "/media/" + name, nil
	}
	return uuid.Nil, "", source.Wrong("this is no picture that can be taken: PNG, JPEG, GIF or WebP")
}

// printOf is the fingerprint of a file of the folder with the pictures it
// names.
func printOf(dir fs.FS, src string) string {
	prints := []string{src}
	for _, m := range folderPicture.FindAllStringSubmatch(src, -1) {
		raw, err := fs.ReadFile(dir, path.Join("media", m[1]))
		if err == nil {
			prints = append(prints, m[1], strconv.FormatUint(uint64(crc32.ChecksumIEEE(raw)), 16))
		}
	}
	return fingerprint(prints)
}
