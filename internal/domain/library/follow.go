package library

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Kind is what can be followed.
type Kind string

// The kinds.
const (
	Topic  Kind = "topic"
	Author Kind = "author"
	Series Kind = "series" // whose issues they are
)

// Valid tells whether this is a kind we know.
func (k Kind) Valid() bool { return k == Topic || k == Author || k == Series }

// Follow is something a member follows.
type Follow struct {
	MemberID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	Kind      Kind      `gorm:"primaryKey"`
	SubjectID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Since     time.Time
}

// TableName implements gorm's Tabler.
func (Follow) TableName() string { return "follows" }

// mostFollows bounds what one member may follow.
const mostFollows = 500

var (
	errNoKind         = fault.New(fault.Invalid, "unknown_kind", "Topics, authors and series can be followed.")
	errTooManyFollows = fault.New(fault.Conflict, "too_many_follows", "You follow very much. Stop following something first.")
)

// StartFollowing follows something; what is followed already stays, since when it
// was. Whether the subject exists is for the caller to know.
func (r *Room) StartFollowing(ctx context.Context, member uuid.UUID, kind Kind, subject uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	if !kind.Valid() {
		return errNoKind
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error {
		have, err := r.followsOf(ctx, member)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(have, func(f Follow) bool { return f.Kind == kind && f.SubjectID == subject }) {
			return nil
		}
		if len(have) >= mostFollows {
			return errTooManyFollows
		}
		return r.insertFollow(ctx, &Follow{member, kind, subject, r.Clock.Now()})
	})
}

// StopFollowing follows it no longer.
func (r *Room) StopFollowing(ctx context.Context, member uuid.UUID, kind Kind, subject uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error { return r.deleteFollow(ctx, member, kind, subject) })
}

// Follows lists what a member follows, newest first.
func (r *Room) Follows(ctx context.Context, member uuid.UUID) ([]Follow, error) {
	if err := own(ctx, member); err != nil {
		return nil, err
	}
	return r.followsOf(ctx, member)
}

// FollowOn has everybody who follows one thing follow another instead, since
// when they did; with no other, nobody follows it any more. It is for the
// transaction in which the one became part of the other.
func (r *Room) FollowOn(ctx context.Context, kind Kind, from, to uuid.UUID) error {
	if to == uuid.Nil {
		return r.dropFollows(ctx, kind, from)
	}
	return r.moveFollows(ctx, kind, from, to)
}
