package transfer

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/surface/transfer/source"
)

// folderOf looks through a zip and gives what is in it, without the folder that
// everything may lie in.
func folderOf(r io.ReaderAt, size int64) (fs.FS, error) {
	a, err := source.OpenArchive(r, size)
	if err != nil {
		return nil, err
	}
	dir, err := a.Folder()
	if err != nil {
		return nil, err
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
		return dir, nil
	}
	return fs.Sub(dir, top)
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
