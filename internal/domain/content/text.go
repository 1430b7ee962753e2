package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
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

// Text is the whole text of a note's live revision. It is shared between
// readers and must not be changed.
type Text struct {
	Revision uuid.UUID
	HTML     string
	Plain    string
	Markdown string
	Contents []Heading
	Derived  Derived // what surfaces made of it
}

var errNoAccess = fault.New(fault.Forbidden, "no_access", "The full text is for subscribers.")

// Text gives out the whole text that a decision opens. It is the only way by
// which gated text reaches a reader: the decision must be full, which only
// access.Decide can make it, and it opens the revision it was made for.
func (l *Library) Text(ctx context.Context, d access.Decision) (*Text, error) {
	if !d.Full() {
		return nil, errNoAccess
	}
	return l.texts.Get(ctx, d.Revision().String(), func(ctx context.Context) (*Text, error) {
		t, err := l.store.text(ctx, d.Revision())
		if err != nil {
			return nil, err
		}
		return &Text{Revision: t.RevisionID, HTML: t.HTML, Plain: t.Plain, Markdown: t.Body, Contents: t.Contents}, nil
	})
}
