package media

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
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
	return s.open(ctx, item, width)
}

func (s *Shelf) open(ctx context.Context, item *Item, width int) (*File, error) {
	found := item.nearest(width)
	f, err := s.openKey(ctx, item, item.key(found))
	if err != nil {
		return nil, err
	}
	f.ETag, f.Settled = fmt.Sprintf(`"%s-%d"`, item.Prints, found), found == width || item.State != Processing
	return f, nil
}

func (s *Shelf) openKey(ctx context.Context, item *Item, key string) (*File, error) {
	body, info, err := s.Files.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	return &File{
		ReadSeekCloser: body, ContentType: item.ContentType, Size: info.Size, Modified: item.EditionAt,
		Name: strings.TrimSuffix(item.Filename, path.Ext(item.Filename)) + "." + string(item.format()),
	}, nil
}

// OpenAddress opens what an address names, with or without its "?v=". One that
// was not given for this picture, such as one with another extension, is not
// found. Without the mark it shows the edition of the day and is never settled.
func (s *Shelf) OpenAddress(ctx context.Context, address string) (*File, error) {
	address, mark, marked := strings.Cut(address, "?v=")
	id, width, format, ok := ParseAddress(address)
	if !ok {
		return nil, errNoItem
	}
	item, err := s.Item(ctx, id)
	if err != nil {
		return nil, err
	}
	switch {
	case item.format() != format:
		return nil, errNoItem
	case width == card:
		return s.openCard(ctx, item, mark)
	case !marked:
		f, err := s.open(ctx, item, width)
		if err == nil {
			f.Settled = false
		}
		return f, err
	}
	if item, err = s.inEdition(ctx, item, mark); err != nil {
		return nil, err
	}
	return s.open(ctx, item, width)
}

// openCard opens the card of this mark. While it is being cut, or when the
// picture has another by now, the whole picture stands in for it.
func (s *Shelf) openCard(ctx context.Context, item *Item, mark string) (*File, error) {
	if mark == item.cardMark() && mark == item.Card {
		f, err := s.openKey(ctx, item, item.cardKey())
		if err == nil {
			f.ETag, f.Settled = fmt.Sprintf(`"%s-card-%s"`, item.Prints, mark), true
		}
		return f, err
	}
	f, err := s.open(ctx, item, widths()[len(widths())-1])
	if err == nil {
		f.Settled = false
	}
	return f, err
}

// inEdition gives the picture as it was in an edition. The copy at hand may be
// older than the address, which another node may have given out.
func (s *Shelf) inEdition(ctx context.Context, item *Item, mark string) (*Item, error) {
	number, err := strconv.Atoi(mark)
	if err != nil || number < 1 || strconv.Itoa(number) != mark {
		return nil, errNoItem
	}
	if number > item.Edition {
		if item, err = s.store.byID(ctx, item.ID); err != nil {
			return nil, err
		}
	}
	if number == item.Edition {
		return item, nil
	}
	e, err := s.store.edition(ctx, item.ID, number)
	if err != nil {
		return nil, err
	}
	return item.in(e), nil
}
