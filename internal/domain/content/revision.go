package content

import (
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/markdown"
)

// Revision is one saved state of a note. It never changes, except that the
// autosaves of one person within a few minutes are one revision, until it is
// sealed. Its whole text is kept apart, see text.go.
type Revision struct {
	ID     uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID uuid.UUID `gorm:"type:uuid"`
	Number int
	Slug   string
	Meta   `gorm:"embedded"`

	Authors        []uuid.UUID `gorm:"type:jsonb;serializer:json"`
	Topics         []uuid.UUID `gorm:"type:jsonb;serializer:json"`
	HasPaywall     bool
	TeaserHTML     string    // what stands above the paywall
	TeaserText     string    // the same as plain text
	TeaserContents []Heading `gorm:"type:jsonb;serializer:json"`
	Words          int       // of the whole text
	Renderer       int       // version of the renderer that made the HTML
	Why            string    // what the author says of the change
	Name           string    // given by hand, to find it again
	Autosave       bool      // the desk saved it by itself
	Sealed         bool      // something refers to this state: it never changes again
	RestoredFrom   int       // the number of the revision it brought back; 0 for none
	CreatedAt      time.Time
	SavedAt        time.Time  // of the last autosave in it
	CreatedBy      *uuid.UUID `gorm:"type:uuid"`
	CreatedByKind  string
	CreatedByName  string
}

// TableName implements gorm's Tabler.
func (Revision) TableName() string { return "revisions" }

// Heading is an entry of a table of contents.
type Heading struct {
	Level int    `json:"level"`
	ID    string `json:"id"`
	Text  string `json:"text"`
}

// rendering is the outcome of rendering a body once.
type rendering struct {
	public revisionPublic
	text   revisionText
	faults []markdown.Problem
}

type revisionPublic struct {
	hasPaywall     bool
	teaserHTML     string
	teaserText     string
	teaserContents []Heading
	behind         Behind
	minutes, words int
}

// render turns a body into what readers will see. For an open note the teaser
// is the whole text's beginning all the same; the gate decides later.
func render(body string) rendering {
	r := markdown.Render([]byte(body), markdown.Options{})
	out := rendering{
		public: revisionPublic{
			hasPaywall: r.HasPaywall, teaserHTML: r.TeaserHTML, teaserText: r.TeaserText,
			teaserContents: headings(r.TeaserContents), minutes: r.Stats.Minutes, words: r.Stats.Words,
		},
		text:   revisionText{Body: body, HTML: r.FullHTML, Plain: r.FullText, Contents: headings(r.Contents)},
		faults: r.Problems,
	}
	gated := r.Stats // without a paywall only the abstract is public
	if r.HasPaywall {
		gated = r.GatedStats
	}
	out.public.behind = Behind{Words: round(gated.Words), Figures: gated.Figures, Tables: gated.Tables}
	return out
}

func round(words int) int { return (words + 50) / 100 * 100 }

func headings(in []markdown.Heading) []Heading {
	out := make([]Heading, len(in))
	for i, h := range in {
		out[i] = Heading{Level: h.Level, ID: h.ID, Text: h.Text}
	}
	return out
}

func (r *Revision) apply(p revisionPublic) {
	r.HasPaywall, r.TeaserHTML, r.TeaserText, r.TeaserContents = p.hasPaywall, p.teaserHTML, p.teaserText, p.teaserContents
	r.Behind, r.Minutes, r.Words, r.Renderer = p.behind, p.minutes, p.words, markdown.Version
	if r.Gate == access.Public {
		r.Behind = Behind{}
	}
}

// publicText is what the search may know of the revision.
func (r *Revision) publicText(t *revisionText) string {
	if r.Gate == access.Public {
		return t.Plain
	}
	return r.TeaserText
}
