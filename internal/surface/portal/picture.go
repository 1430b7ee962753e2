package portal

import (
	"context"
	"html/template"
	"regexp"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
)

// inText finds pictures of ours in the HTML of a note, as the markdown room
// writes them.
var inText = regexp.MustCompile(`<img src="(/media/([0-9a-f-]{36})/full\.[a-z]+)"`)

// sizes is how wide a picture in the text is shown; see .body in the
// stylesheet.
const sizes = "(min-width: 48rem) 42rem, 92vw"

// measured gives the pictures in a text their width and height, so that
// nothing jumps when they arrive, and smaller prints to choose from. It looks
// at the pictures once; the text keeps the result. as says how they looked;
// its addresses never change, so a cache may keep what they name.
func (p *Portal) measured(ctx context.Context, text string, as look) (template.HTML, error) {
	found := inText.FindAllStringSubmatch(text, -1)
	if len(found) == 0 || p.Pictures == nil {
		return template.HTML(text), nil //nolint:gosec // drawn by the markdown room
	}
	var ids []uuid.UUID
	for _, m := range found {
		if id, err := uuid.Parse(m[2]); err == nil {
			ids = append(ids, id)
		}
	}
	items, err := p.items(ctx, as, ids...)
	if err != nil {
		return "", err
	}
	text = inText.ReplaceAllStringFunc(text, func(tag string) string {
		found := inText.FindStringSubmatch(tag)
		id, err := uuid.Parse(found[2])
		if item := items[id]; err == nil && item != nil && item.Path() == found[1] {
			return `<img src="` + item.Address(0) + `"` + measures(item)
		}
		return tag
	})
	return template.HTML(text), nil //nolint:gosec // numbers and addresses of ours were added
}

// measures are attributes: width, height and the smaller prints.
func measures(i *media.Item) string {
	s := ` width="` + strconv.Itoa(i.Width) + `" height="` + strconv.Itoa(i.Height) + `"`
	if set := i.Srcset(); set != "" {
		s += ` srcset="` + set + `" sizes="` + sizes + `"`
	}
	return s
}

// look is the moment whose pictures are shown; the zero value is now. What was
// published at a moment and is not the newest goes on showing what it showed.
type look struct{ at time.Time }

func (p *Portal) items(ctx context.Context, as look, ids ...uuid.UUID) (map[uuid.UUID]*media.Item, error) {
	if as.at.IsZero() {
		return p.Pictures.Items(ctx, ids...)
	}
	return p.Pictures.ItemsAt(ctx, as.at, ids...)
}

// picture finds a picture; nil when there is none (any more).
func (p *Portal) picture(ctx context.Context, id *uuid.UUID, as look) (*media.Item, error) {
	if id == nil || p.Pictures == nil {
		return nil, nil
	}
	items, err := p.items(ctx, as, *id)
	return items[*id], err
}

// focusClass names the rules of the stylesheet that put the focus of a picture
// into the middle of its frame as far as they can, in steps of ten per cent.
func focusClass(i *media.Item) string {
	return "fx" + strconv.Itoa((i.Focus.X+5)/10) + " fy" + strconv.Itoa((i.Focus.Y+5)/10)
}
