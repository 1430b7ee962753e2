package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/surface/kit"
)

// Cards draws the pictures that stand for notes on other sites.
type Cards interface {
	Card(s *content.Summary, imprint copies.Imprint) ([]byte, error)
}

// cardFile is the last part of the address of such a picture.
const cardFile = "/card.png"

// cardShelf keeps pictures by what they say, and draws one at a time: a crawler
// that asks for all of them must not take the processors from readers.
type cardShelf struct {
	drawn stash[[]byte]
	pen   chan struct{}
}

// cardWeight is how many bytes of pictures are kept: those of some 200 notes.
const cardWeight = 4 << 20

func newCardShelf() *cardShelf {
	return &cardShelf{
		drawn: newStash[[]byte](&otter.Options[string, any]{
			MaximumWeight: cardWeight,
			Weigher:       func(_ string, png any) uint32 { return uint32(256 + len(png.([]byte))) }, //nolint:gosec,forcetypeassert // pictures are small
		}),
		pen: make(chan struct{}, 1),
	}
}

// cardMark names what a picture says. It is part of the address in the page, so
// that other sites fetch another one when it changes.
func cardMark(s *content.Summary, site publication.Profile) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%q %q %q %q %s%s", s.Title, s.Kind, site.Name, site.Accent, site.Language, s.PublishedAt.UTC().Format(time.DateOnly)) // to memory
	for _, a := range s.Authors {
		_, _ = fmt.Fprintf(h, " %q", a.Name)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// madeText is a text that is kept with what it was made of.
type madeText string

// Size implements content.Sized.
func (m madeText) Size() int { return len(m) }

// cardAddress is where the picture of a note is.
func (p *Portal) cardAddress(ctx context.Context, t *content.Teaser, site publication.Profile) string {
	at, _ := content.Derive(ctx, &t.Derived, "portal card "+site.Accent+" "+site.Language+" "+site.Name, func(context.Context) (madeText, error) { // cannot fail
		return madeText(p.BaseURL + notePath(t.Slug) + cardFile + "?v=" + cardMark(&t.Summary, site)), nil
	})
	return string(at)
}

// sharePicture says how a page of a note looks on other sites: by its cover, or
// by a picture that is drawn from what everybody may know.
func (p *Portal) sharePicture(ctx context.Context, pg *page, v *noteView, t *content.Teaser) {
	switch {
	case v.Picture != nil:
		pg.Image, pg.ImageAlt = p.BaseURL+v.Picture.CardAddress(), first(t.CoverAlt, v.Picture.Alt)
	case p.Cards != nil && !t.Pending():
		pg.Image, pg.ImageAlt, pg.Card = p.cardAddress(ctx, t, pg.Site), t.Title+". "+pg.Site.Name, true
	}
}

// shareCard sends the picture of a note. It is the same for everybody.
func (p *Portal) shareCard(c *fiber.Ctx) error {
	t, path, err := p.asked(c)
	var moved *content.Moved
	if errors.As(err, &moved) {
		return kit.Moved(c, path(moved.Slug)+cardFile)
	}
	if err != nil {
		return err
	}
	if p.Cards == nil {
		return errNoNote
	}
	site, err := p.House.Profile(c.UserContext())
	if err != nil {
		return err
	}
	mark := cardMark(&t.Summary, site)
	png, err := p.drawCard(c, mark, t, site)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	if c.Query("v") == mark { // what it says never changes at this address; the note may be withdrawn
		c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	}
	return kit.SendPublic(c, "image/png", png, `"`+mark+`"`)
}

func (p *Portal) drawCard(c *fiber.Ctx, mark string, t *content.Teaser, site publication.Profile) ([]byte, error) {
	if png, ok := p.cards.drawn.GetIfPresent(mark); ok {
		return png, nil
	}
	select {
	case p.cards.pen <- struct{}{}:
		defer func() { <-p.cards.pen }()
	case <-c.UserContext().Done():
		return nil, c.UserContext().Err()
	}
	if png, ok := p.cards.drawn.GetIfPresent(mark); ok { // while we waited
		return png, nil
	}
	png, err := p.Cards.Card(&t.Summary, copies.Imprint{Name: site.Name, Accent: site.Accent, Language: site.Language})
	if err == nil {
		p.cards.drawn.put(mark, png)
	}
	return png, err
}
