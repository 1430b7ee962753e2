package media

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// File is a print to be sent. The receiver closes it; it can be read after the
// context that opened it has ended, and seeking reads a part.
type File struct {
	io.ReadSeekCloser
	ContentType string // of our own encoder, never of the upload
	Size        int64  // bytes
	ETag        string // strong, with quotes (RFC 9110, 8.8.3)
	Name        string // for Content-Disposition, with the extension that fits
	Modified    time.Time
	// Settled says that this address will give these bytes for ever. While it
	// is false a better print is being made, and caches may keep this one only
	// for a short time.
	Settled bool
	// Private says that it is not for everybody: no cache may keep it.
	Private bool
}

// Open opens the print of a width, or the nearest there is. Width 0 is the
// largest; only the widths that addresses name are taken. Pictures are public:
// whoever knows the id may read.
func (s *Shelf) Open(ctx context.Context, id uuid.UUID, width int) (*File, error) {
	if width != 0 && !slices.Contains(widths(), width) {
		return nil, errNoItem
	}
	item, err := s.Item(ctx, id)
	if err != nil {
		return nil, err
	}
	found := item.nearest(width)
	body, info, err := s.Files.Get(ctx, item.key(found))
	if err != nil {
		return nil, err
	}
	return &File{
		ReadSeekCloser: body, ContentType: item.ContentType, Size: info.Size,
		ETag:     fmt.Sprintf(`"%s-%d"`, item.ID, found),
		Name:     strings.TrimSuffix(item.Filename, path.Ext(item.Filename)) + "." + string(item.format()),
		Modified: item.CreatedAt, Settled: found == width || item.State != Processing,
	}, nil
}

// OpenAddress opens what an address names. One that Address would not give for
// this picture, such as one with another extension, is not found.
func (s *Shelf) OpenAddress(ctx context.Context, address string) (*File, error) {
	id, width, format, ok := ParseAddress(address)
	if !ok {
		return nil, errNoItem
	}
	item, err := s.Item(ctx, id)
	if err != nil {
		return nil, err
	}
	if item.format() != format {
		return nil, errNoItem
	}
	return s.Open(ctx, id, width)
}
