package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/markdown"
)

// revisionText is the row that holds gated text.
type revisionText struct {
	RevisionID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Body       string
	HTML       string
	Plain      string
	Contents   []Heading `gorm:"type:jsonb;serializer:json"`
}

// TableName implements gorm's Tabler.
func (revisionText) TableName() string { return "revision_texts" }

// Text is the whole text of a note's live revision.
type Text struct {
	Revision uuid.UUID
	HTML     string
	Plain    string
	Markdown string
	Contents []Heading
}

// Opened is a text that a decision has opened. It is cheap: the text itself is
// read when it is asked for, and what surfaces made of it is kept in its place.
type Opened struct {
	Derived  Derived // what surfaces made of the text
	revision uuid.UUID
	store    store
}

var errNoAccess = fault.New(fault.Forbidden, "no_access", "The full text is for subscribers.")

// Open gives out the whole text that a decision opens. It is the only way by
// which gated text reaches a reader: the decision must be full, which only
// access.Decide can make it, and it opens the revision it was made for.
func (l *Library) Open(d access.Decision) (Opened, error) {
	if !d.Full() {
		return Opened{}, errNoAccess
	}
	id := d.Revision()
	return Opened{Derived: Derived{l.derived, textMark + string(id[:])}, revision: id, store: l.store}, nil
}

// Text reads the text.
func (o *Opened) Text(ctx context.Context) (*Text, error) {
	if o.revision == uuid.Nil {
		return nil, errNoAccess
	}
	t, err := o.store.text(ctx, o.revision)
	if err != nil {
		return nil, err
	}
	return &Text{Revision: t.RevisionID, HTML: t.HTML, Plain: t.Plain, Markdown: t.Body, Contents: t.Contents}, nil
}

// readable reads the beginnings of plain texts for an excerpt from each: the whole of those that
// a decision opens, what everybody may read of the others. revision says which
// the teaser is of.
func (l *Library) readable(ctx context.Context, ds []access.Decision, revision func(i int) uuid.UUID) ([]string, error) {
	var whole, teasers []uuid.UUID
	for i, d := range ds {
		if d.Full() {
			whole = append(whole, d.Revision())
		} else {
			teasers = append(teasers, revision(i))
		}
	}
	plain, err := l.store.plainTexts(ctx, whole)
	if err != nil {
		return nil, err
	}
	short, err := l.store.teaserTexts(ctx, teasers)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(ds))
	for i, d := range ds {
		if d.Full() {
			out[i] = plain[d.Revision()]
		} else {
			out[i] = short[revision(i)]
		}
	}
	return out, nil
}

// Text opens and reads at once.
func (l *Library) Text(ctx context.Context, d access.Decision) (*Text, error) {
	o, err := l.Open(d)
	if err != nil {
		return nil, err
	}
	return o.Text(ctx)
}

// Source is the whole text as the editor wrote it, without comments: the paywall,
// and remarks among colleagues.
func (t *Text) Source() string { return markdown.Uncommented(t.Markdown) }

// Markdown writes what everybody may read of the note, from the HTML that they
// see: the editor's own goes on below the paywall. Addresses of this site begin
// with base.
func (t *Teaser) Markdown(base string) string { return markdown.Written(t.HTML, base) }
