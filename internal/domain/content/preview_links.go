package content

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// LinkInput is what a preview link is made of.
type LinkInput struct {
	Label     string
	Audience  Audience
	Plan      string    // slug, with AsPlan
	ExpiresAt time.Time // zero is in a week
}

// How long links live, and how many of a note may be open at once.
const (
	usualLife  = 7 * 24 * time.Hour
	longest    = 90 * 24 * time.Hour
	briefLife  = 10 * time.Minute
	maxPreview = 50
)

func (in *LinkInput) check(now time.Time) (f fault.Fields) {
	in.Label = strings.TrimSpace(in.Label)
	if in.ExpiresAt.IsZero() {
		in.ExpiresAt = now.Add(usualLife)
	}
	f.MaxRunes("/label", in.Label, 200)
	f.Check(printable(in.Label), "/label", "bad_characters", "Control characters are not allowed.")
	f.Check(in.ExpiresAt.After(now), "/expires_at", "in_past", "This moment has passed.")
	f.Check(!in.ExpiresAt.After(now.Add(longest)), "/expires_at", "too_far", "At most 90 days from now.")
	switch in.Audience {
	case AsPlan:
		f.Check(in.Plan != "", "/plan", "required", "Say which plan.")
	case AsAnonymous, AsFree, AsLapsed, AsFull:
		f.Check(in.Plan == "", "/plan", "not_for_audience", "Only with the audience plan.")
	default:
		f.Add("/audience", "unknown", "anonymous, free, plan, lapsed or full.")
	}
	return f
}

// MakePreviewLink makes a link and tells its token, this once. Whoever may
// write the draft may show it.
func (s *Desk) MakePreviewLink(ctx context.Context, note uuid.UUID, in LinkInput) (*PreviewLink, string, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, "", err
	}
	link, token, err := s.newLink(ctx, note, in)
	if err != nil {
		return nil, "", err
	}
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		n, err := s.store.noteForUpdate(ctx, note)
		if err != nil {
			return err
		}
		if n.Status == Archived {
			return errArchived
		}
		if open, err := s.store.countOpenLinks(ctx, note, s.Clock.Now()); err != nil || open >= maxPreview {
			return oneOf(err, errManyLinks)
		}
		if err := s.store.addLink(ctx, link); err != nil {
			return err
		}
		return s.recordLink(ctx, "note.preview_link_made", n, link)
	})
	return link, token, err
}

func oneOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func (s *Desk) newLink(ctx context.Context, note uuid.UUID, in LinkInput) (*PreviewLink, string, error) {
	now := s.Clock.Now()
	f := in.check(now)
	if in.Audience == AsPlan && in.Plan != "" && s.Plans != nil {
		unknown, err := s.Plans.KnownPlans(ctx, []string{in.Plan})
		if err != nil {
			return nil, "", err
		}
		f.Check(len(unknown) == 0, "/plan", "unknown", "There is no such plan.")
	}
	if err := f.Err(); err != nil {
		return nil, "", err
	}
	token, hash := newToken()
	l := &PreviewLink{
		ID: db.NewID(), NoteID: note, Hash: hash, Label: in.Label, Audience: in.Audience, Plan: in.Plan, ExpiresAt: in.ExpiresAt.UTC(), CreatedAt: now,
	}
	l.CreatedBy, _, l.CreatedByName = me(ctx)
	return l, token, nil
}

// View makes a link for whoever reads drafts anyway, to see one as a reader
// would. It lives for minutes, is not listed and not journalled.
func (s *Desk) View(ctx context.Context, note uuid.UUID, audience Audience, plan string) (*PreviewLink, string, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, "", err
	}
	now := s.Clock.Now()
	link, token, err := s.newLink(ctx, note, LinkInput{Audience: audience, Plan: plan, ExpiresAt: now.Add(briefLife)})
	if err != nil {
		return nil, "", err
	}
	link.Brief = true
	if err := s.store.noteExists(ctx, note); err != nil {
		return nil, "", err
	}
	return link, token, s.DB.Tx(ctx, func(ctx context.Context) error {
		if err := s.store.sweepViews(ctx, now); err != nil {
			return err
		}
		return s.store.addLink(ctx, link)
	})
}

// PreviewLinks lists the links to a note, newest first.
func (s *Desk) PreviewLinks(ctx context.Context, note uuid.UUID) ([]*PreviewLink, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	if err := s.store.noteExists(ctx, note); err != nil {
		return nil, err
	}
	return s.store.previewLinks(ctx, note)
}

// LinkState is open, or why the link leads nowhere any more.
func (s *Desk) LinkState(l *PreviewLink) string { return l.state(s.Clock.Now()) }

// RevokePreviewLink closes a link at once. Doing it twice changes nothing, and
// neither does revoking one that has ended.
func (s *Desk) RevokePreviewLink(ctx context.Context, note, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		n, err := s.store.noteForUpdate(ctx, note)
		if err != nil {
			return err
		}
		link, err := s.store.previewLink(ctx, note, id)
		if err != nil || link.state(s.Clock.Now()) != "open" {
			return err
		}
		if err := s.store.endLinks(ctx, note, &id, linkRevoked, s.Clock.Now()); err != nil {
			return err
		}
		return s.recordLink(ctx, "note.preview_link_revoked", n, link)
	})
}

func (s *Desk) recordLink(ctx context.Context, verb string, n *Note, l *PreviewLink) error {
	return s.record(ctx, verb, n, map[string]any{"link": l.ID, "audience": l.Audience, "plan": l.Plan, "expires_at": l.ExpiresAt})
}

// closePreviews ends every link to a note, also those the desk looks through.
func (s *Desk) closePreviews(ctx context.Context, n *Note, why string) error {
	return s.store.endLinks(ctx, n.ID, nil, why, s.Clock.Now())
}
