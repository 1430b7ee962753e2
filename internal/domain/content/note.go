package content

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/phrase"
)

// Kind says what sort of note it is.
type Kind string

// The kinds.
const (
	Newsletter   Kind = "newsletter"
	ResearchNote Kind = "research-note"
	Perspective  Kind = "perspective"
	Forecast     Kind = "forecast"
	Data         Kind = "data"
)

// Kinds lists the kinds in the order forms show them.
func Kinds() []Kind { return []Kind{Newsletter, ResearchNote, Perspective, Forecast, Data} }

// Valid tells whether this is a kind we know.
func (k Kind) Valid() bool { return slices.Contains(Kinds(), k) }

// Name is what readers call the kind.
func (k Kind) Name() string {
	switch k {
	case Newsletter:
		return "Letter"
	case ResearchNote:
		return "Research note"
	case Perspective:
		return "Perspective"
	case Forecast:
		return "Forecast"
	case Data:
		return "Data"
	}
	return string(k)
}

// In is the same in a language.
func (k Kind) In(l *phrase.Language) string { return l.Or("kind."+string(k), k.Name()) }

// Status is where a note stands in its life.
type Status string

// The states.
const (
	Draft     Status = "draft"
	InReview  Status = "in_review"
	Scheduled Status = "scheduled"
	Published Status = "published"
	Retracted Status = "retracted"
	Archived  Status = "archived"
)

// Statuses lists the states in the order of a note's life.
func Statuses() []Status {
	return []Status{Draft, InReview, Scheduled, Published, Retracted, Archived}
}

// Meta is everything about a note but its text. A note carries the values that
// lists show, a revision those of its moment.
type Meta struct {
	Kind           Kind
	Title          string
	Abstract       string
	SeriesID       *uuid.UUID `gorm:"type:uuid"`
	IssueID        *uuid.UUID `gorm:"type:uuid"`
	Position       int        // order within the issue
	Gate           access.GateKind
	GatePlans      []string   `gorm:"type:jsonb;serializer:json"`
	CoverID        *uuid.UUID `gorm:"type:uuid"`
	CoverAlt       string
	SEOTitle       string
	SEODescription string
	Behind         Behind `gorm:"type:jsonb;serializer:json"`
	Minutes        int    // to read the whole text
}

// Behind says in round numbers what lies below the paywall. It is public: a
// reader may know what they would get. Words are rounded to hundreds, so that
// the number cannot be used to watch the hidden text change.
type Behind struct {
	Words   int `json:"words"`
	Figures int `json:"figures"`
	Tables  int `json:"tables"`
}

// Note is a research note.
type Note struct {
	ID     uuid.UUID `gorm:"type:uuid;primaryKey"`
	Slug   string
	Status Status
	Meta   `gorm:"embedded"`

	PublishedAt   *time.Time // first publication, as readers see it
	ChangedAt     *time.Time // the last change readers could see
	RetractedAt   *time.Time
	Retraction    string     // why, in words for readers
	LiveRevision  *uuid.UUID `gorm:"type:uuid"`
	LiveVersion   int        // number of what readers see, or last saw; 0 before the first
	RevisedAt     *time.Time // the last update readers were told of
	SubmissionID  *uuid.UUID `gorm:"type:uuid"` // that the draft is in review by
	DraftRevision uuid.UUID  `gorm:"type:uuid"`
	PlacedAfter   int        // revisions up to this number do not say where the note stands, see arrange.go
	Version       int64      // rises with every change; the note's ETag
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// TableName implements gorm's Tabler.
func (Note) TableName() string { return "notes" }

// ETag is the note's version as an HTTP entity tag.
func (n *Note) ETag() string { return etag(n.Version) }

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Changed tells whether the draft differs from what readers see.
func (n *Note) Changed() bool {
	return n.LiveRevision != nil && *n.LiveRevision != n.DraftRevision
}

// withdrawn tells whether readers once saw the note and do not any more.
func (n *Note) withdrawn() bool {
	return n.Status == Retracted || n.Status == Archived && n.LiveRevision != nil
}

// gateFor is the gate in front of the live revision.
func (n *Note) gateFor() access.Gate {
	g := access.Gate{Note: n.ID, Kind: n.Gate, Plans: n.GatePlans, Retracted: n.withdrawn()}
	if n.LiveRevision != nil && n.PublishedAt != nil {
		g.Revision, g.Opens = *n.LiveRevision, *n.PublishedAt
	}
	return g
}

// save makes r the draft. Until a note is published its list values follow the
// draft; afterwards they stay those of the live revision.
func (n *Note) save(r *Revision, now time.Time) {
	n.DraftRevision, n.UpdatedAt = r.ID, now
	n.Version++
	if n.LiveRevision == nil {
		n.Meta, n.Slug = r.Meta, r.Slug
	}
}

// publish pins r as what readers see; v is the version that makes of it, or
// zero when they saw r before. It returns the journal's verb, or "" when
// nothing changes.
func (n *Note) publish(r *Revision, v Version, now time.Time) string {
	first, returned := n.PublishedAt == nil, n.Status == Retracted
	if v.Number == 0 && !returned {
		return ""
	}
	if first {
		n.PublishedAt = &v.PublishedAt
	}
	if v.Number > 0 {
		n.LiveVersion = v.Number
	}
	if v.Change == Minor || v.Change == Major {
		n.RevisedAt = &v.PublishedAt
	}
	n.Status, n.LiveRevision, n.ChangedAt, n.UpdatedAt = Published, &r.ID, &now, now
	n.Meta, n.Slug = n.metaOf(r), r.Slug
	n.RetractedAt, n.Retraction = nil, ""
	n.Version++
	if first || returned {
		return "note.published"
	}
	return "note.updated"
}

// retract takes a published note from readers; reason is shown to them.
func (n *Note) retract(reason string, now time.Time) {
	n.Status, n.RetractedAt, n.Retraction = Retracted, &now, reason
	n.ChangedAt, n.UpdatedAt = &now, now
	n.Version++
}
