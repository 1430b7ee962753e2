package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

// Session is a browser or program in which the member is signed in.
type Session struct {
	ID        string    `json:"id" format:"uuid"`
	This      bool      `json:"this" doc:"The one that asks"`
	Surface   string    `json:"surface" doc:"Where it began, such as portal or member-api"`
	Device    string    `json:"device" example:"Firefox on Linux"`
	Network   string    `json:"network,omitempty" example:"203.0.113.0/24" doc:"Where it began: the first part of the address, which is all that is kept"`
	CreatedAt time.Time `json:"created_at"`
	LastUsed  time.Time `json:"last_used_at" doc:"To a quarter of an hour"`
	ExpiresAt time.Time `json:"expires_at" doc:"Moves on while it is used"`
}

type sessionsOutput struct {
	Body struct {
		Sessions []Session `json:"sessions"`
	}
}

func (s *service) sessions() {
	operate(s, verb{method: http.MethodGet, path: "/sessions", id: "list-sessions", tag: "Sign-in", summary: "Where the member is signed in",
		text: "The last used first. The owner may bound their number; then the one that was not used for the longest time makes room, and its next request is answered with 401 session_crowded_out."}, s.listSessions)
	operate(s, verb{method: http.MethodDelete, path: "/sessions", id: "end-sessions", tag: "Sign-in", status: http.StatusNoContent,
		summary: "Sign out everywhere, here too"}, s.endSessions)
	operate(s, verb{method: http.MethodDelete, path: "/sessions/{id}", id: "end-session", tag: "Sign-in", status: http.StatusNoContent, errors: []int{404},
		summary: "Sign out in one place"}, s.endSession)
}

func (s *service) listSessions(ctx context.Context, member uuid.UUID, _ *struct{}) (*sessionsOutput, error) {
	out := &sessionsOutput{}
	var err error
	out.Body.Sessions, err = s.sessionsOf(ctx, member)
	return out, err
}

func (s *service) sessionsOf(ctx context.Context, member uuid.UUID) ([]Session, error) {
	open, err := s.Identity.Sessions(ctx, actor.Member, member)
	out := make([]Session, len(open))
	for i, x := range open {
		out[i] = Session{x.ID.String(), x.ID == actor.From(ctx).Session, x.Surface, x.UserAgent, x.Network, x.CreatedAt, x.LastSeenAt, x.ExpiresAt}
	}
	return out, err
}

func (s *service) endSessions(ctx context.Context, member uuid.UUID, _ *struct{}) (*struct{}, error) {
	_, err := s.Identity.SignOutEverywhere(ctx, actor.Member, member)
	s.forgetCookie(ctx, err == nil)
	return nil, err
}

func (s *service) endSession(ctx context.Context, _ uuid.UUID, in *subscriptionID) (*struct{}, error) {
	err := s.Identity.EndSession(ctx, in.ID)
	s.forgetCookie(ctx, err == nil && in.ID == actor.From(ctx).Session)
	return nil, err
}

// forgetCookie takes the cookie of a session that is over from a browser that
// came with one.
func (s *service) forgetCookie(ctx context.Context, over bool) {
	if c := kit.Ctx(ctx); over && s.Jar.Get(c, kit.MemberCookie) != "" {
		s.Jar.Clear(c, kit.MemberCookie)
	}
}
