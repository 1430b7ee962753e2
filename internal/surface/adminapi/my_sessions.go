package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// OpenSession is a browser or program that is signed in.
type OpenSession struct {
	ID         string    `json:"id" format:"uuid"`
	Device     string    `json:"device" example:"Firefox on Linux"`
	Surface    string    `json:"surface"`
	CreatedAt  time.Time `json:"created_at"`
	LastSeenAt time.Time `json:"last_seen_at" doc:"To a quarter of an hour"`
	ExpiresAt  time.Time `json:"expires_at"`
	Current    bool      `json:"current" doc:"The one that asks"`
}

type (
	sessionsOutput struct {
		Body struct {
			Sessions []OpenSession `json:"sessions"`
		}
	}
	endedOutput struct {
		Body struct {
			Ended int64 `json:"ended"`
		}
	}
	sessionID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
)

func (s *service) mySessions() {
	const tag = "Me"
	add(s, route{method: http.MethodGet, path: "/me/sessions", id: "list-my-sessions", tag: tag, self: true, summary: "Where one is signed in"},
		func(ctx context.Context, _ *struct{}) (*sessionsOutput, error) { return s.sessionsOf(ctx, myID(ctx)) })
	add(s, route{method: http.MethodDelete, path: "/me/sessions/{id}", id: "end-my-session", pure: true, tag: tag, self: true, status: http.StatusNoContent,
		summary: "Sign out elsewhere"}, s.endMySession)
	add(s, route{method: http.MethodDelete, path: "/me/sessions", id: "end-my-other-sessions", pure: true, tag: tag, self: true,
		summary: "Sign out everywhere else"}, func(ctx context.Context, _ *struct{}) (*endedOutput, error) {
		n, err := s.Identity.SignOutElsewhere(ctx)
		var out endedOutput
		out.Body.Ended = n
		return &out, err
	})
}

func sessionsBody(ctx context.Context, open []identity.Session) []OpenSession {
	out := make([]OpenSession, len(open))
	for i, x := range open {
		out[i] = OpenSession{
			ID: x.ID.String(), Device: x.UserAgent, Surface: x.Surface, CreatedAt: x.CreatedAt, LastSeenAt: x.LastSeenAt,
			ExpiresAt: x.ExpiresAt, Current: x.ID == actor.From(ctx).Session,
		}
	}
	return out
}

// sessionsOf lists a staff user's sessions.
func (s *service) sessionsOf(ctx context.Context, staff uuid.UUID) (*sessionsOutput, error) {
	open, err := s.Identity.Sessions(ctx, actor.Staff, staff)
	if err != nil {
		return nil, err
	}
	var out sessionsOutput
	out.Body.Sessions = sessionsBody(ctx, open)
	return &out, nil
}

// endMySession ends one of the caller's own: a manager's right over others
// belongs to another address.
func (s *service) endMySession(ctx context.Context, in *sessionID) (*None, error) {
	open, err := s.Identity.Sessions(ctx, actor.Staff, myID(ctx))
	if err != nil {
		return nil, err
	}
	for _, x := range open {
		if x.ID == in.ID {
			return &None{}, s.Identity.EndSession(ctx, in.ID)
		}
	}
	return nil, fault.New(fault.NotFound, "session_not_found", "There is no such session.")
}
