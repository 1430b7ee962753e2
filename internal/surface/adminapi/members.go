package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// Member is a person who reads.
type Member struct {
	ID        string    `json:"id" format:"uuid"`
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Verified  bool      `json:"verified" doc:"Has signed in at least once"`
	CreatedAt time.Time `json:"created_at"`
}

type listMembersInput struct {
	Search string `query:"search" maxLength:"254" doc:"Beginning of the e-mail address or of the name"`
	Cursor string `query:"cursor" maxLength:"128"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type (
	membersOutput struct {
		Body struct {
			Members []Member `json:"members"`
			Next    string   `json:"next,omitempty"`
		}
	}
	memberOutput struct{ Body Member }
	memberID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
)

func (s *service) members() {
	const tag = "Members"
	add(s, route{method: http.MethodGet, path: "/members", id: "list-members", tag: tag, need: actor.MembersRead,
		summary: "List members", text: "Newest first."}, s.listMembers)
	add(s, route{method: http.MethodGet, path: "/members/{id}", id: "get-member", tag: tag, need: actor.MembersRead, summary: "Get a member"},
		func(ctx context.Context, in *memberID) (*memberOutput, error) {
			m, err := s.Identity.Member(ctx, in.ID)
			return &memberOutput{memberOf(m)}, err
		})
}

func (s *service) listMembers(ctx context.Context, in *listMembersInput) (*membersOutput, error) {
	page, err := s.Identity.ListMembers(ctx, identity.ListMembers{Search: in.Search, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	var out membersOutput
	out.Body.Next, out.Body.Members = page.Next, make([]Member, len(page.Members))
	for i, m := range page.Members {
		out.Body.Members[i] = memberOf(m)
	}
	return &out, nil
}

func memberOf(m identity.Member) Member {
	return Member{ID: m.ID.String(), Email: m.EmailGiven, Name: m.Name, Verified: m.EmailVerifiedAt != nil, CreatedAt: m.CreatedAt}
}
