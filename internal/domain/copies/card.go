package copies

import (
	"strings"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/typeset"
)

// Card draws the picture that stands for a note on other sites, as a PNG. It
// says what everybody may know: title, kind, date and authors. So it takes no
// decision, and can hold nothing gated. Other sites show one picture to all, so
// it speaks the publication's language.
func (c *Copier) Card(s *content.Summary, imprint Imprint) ([]byte, error) {
	names := make([]string, len(s.Authors))
	for i, a := range s.Authors {
		names[i] = a.Name
	}
	return c.press.Poster(typeset.Poster{
		Masthead: imprint.Name, Accent: imprint.Accent, Kicker: s.Kind.In(imprint.words()) + ", " + imprint.words().Date(s.PublishedAt), Title: s.Title, Byline: strings.Join(names, ", "),
	})
}

// The size of a card.
const (
	CardWidth  = typeset.PosterWidth
	CardHeight = typeset.PosterHeight
)
