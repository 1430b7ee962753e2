package content

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
)

// Audience is the kind of reader as whom somebody sees a draft.
type Audience string

// The audiences, from a stranger to somebody who may read everything.
const (
	AsAnonymous Audience = "anonymous"
	AsFree      Audience = "free" // a member who has bought nothing
	AsPlan      Audience = "plan" // a subscriber to one plan
	AsLapsed    Audience = "lapsed"
	AsFull      Audience = "full" // whatever the gate
)

// PreviewLink leads to the draft of a note as it stands whenever it is opened,
// until it expires, is revoked, or the draft is published.
type PreviewLink struct {
	ID            uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID        uuid.UUID `gorm:"type:uuid"`
	Hash          string    // of the token, which is told once and kept nowhere
	Brief         bool      // made by the desk to look for a moment itself; not listed
	Label         string    // whom it is for
	Audience      Audience
	Plan          string // slug, with AsPlan
	ExpiresAt     time.Time
	EndedAt       *time.Time // before it expired
	EndedWhy      string
	Opened        int64
	OpenedAt      *time.Time
	CreatedAt     time.Time
	CreatedBy     *uuid.UUID `gorm:"type:uuid"`
	CreatedByName string
}

// TableName implements gorm's Tabler.
func (PreviewLink) TableName() string { return "preview_links" }

// By is who made it.
func (l *PreviewLink) By() Person { return personOf(l.CreatedBy, l.CreatedByName) }

// Why a link ended before its time.
const (
	linkRevoked   = "revoked"
	linkPublished = "published"
	linkRetracted = "retracted"
	linkArchived  = "archived"
)

// state is open, or why it is not.
func (l *PreviewLink) state(now time.Time) string {
	switch {
	case l.EndedAt != nil:
		return l.EndedWhy
	case !now.Before(l.ExpiresAt):
		return "expired"
	default:
		return "open"
	}
}

// Faults of preview links.
var (
	errNoPreview = fault.New(fault.NotFound, "preview_not_found", "There is no such preview. Its address may have been cut off on the way.")
	errNoLink    = fault.New(fault.NotFound, "preview_link_not_found", "There is no such preview link.")
	errManyLinks = fault.New(fault.Conflict, "too_many_preview_links", "There are 50 open preview links to this note. Revoke one first.")
)

// dead says to whoever opens the link that it leads nowhere any more, and why.
func (l *PreviewLink) dead(now time.Time) error {
	switch why := l.state(now); why {
	case "open":
		return nil
	case "expired":
		return fault.New(fault.Gone, "preview_expired", "This preview has expired. Whoever sent it can make a new one.")
	case linkRevoked:
		return fault.New(fault.Gone, "preview_revoked", "This preview was closed by the people who sent it.")
	case linkPublished:
		return fault.New(fault.Gone, "preview_published", "The note has been published, and with that its preview ended. You find the note in the archive.")
	default:
		return fault.New(fault.Gone, "preview_ended", "This preview has ended.")
	}
}

// grants are what a reader of the audience holds.
func (l *PreviewLink) grants() []access.Grant {
	member := access.Grant{Kind: access.Membership}
	switch l.Audience {
	case AsFree:
		return []access.Grant{member}
	case AsPlan:
		return []access.Grant{member, {Kind: access.Subscription, Plan: l.Plan, Standing: access.Active}}
	case AsLapsed:
		return []access.Grant{member, {Kind: access.Subscription, Standing: access.Canceled}}
	case AsFull:
		return []access.Grant{{Kind: access.ShareLink, Note: l.NoteID}}
	default:
		return nil
	}
}

// newToken makes a token that nobody can guess, and its hash.
func newToken() (token, hash string) {
	token = rand.Text()
	return token, hashOf(token)
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
