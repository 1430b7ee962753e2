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

// MemberDetail is a member with what they hold and where they are signed in.
type MemberDetail struct {
	Member
	Subscriptions []MemberSubscription `json:"subscriptions"`
	Sessions      []OpenSession        `json:"sessions"`
	DeletedAt     *time.Time           `json:"deleted_at,omitempty" doc:"Address and name are gone then"`
}

// MemberSubscription is the mirror of a subscription.
type MemberSubscription struct {
	Plan   string     `json:"plan"`
	Status string     `json:"status" doc:"As Stripe names it"`
	Grace  *time.Time `json:"grace_until,omitempty" doc:"A payment failed; access goes on until then"`
}

type listMembersInput struct {
	Verified string `query:"verified" enum:"true,false" doc:"Only who has signed in, or has not"`
	Search   string `query:"search" maxLength:"254" doc:"Beginning of the e-mail address or of the name"`
	Cursor   string `query:"cursor" maxLength:"128"`
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type (
	membersOutput struct {
		Body struct {
			Members []Member `json:"members"`
			Next    string   `json:"next,omitempty"`
		}
	}
	memberOutput struct{ Body MemberDetail }
	memberID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
)

func (s *service) members() {
	const tag = "Members"
	add(s, route{method: http.MethodGet, path: "/members", id: "list-members", tag: tag, need: actor.MembersRead,
		summary: "List members", text: "Newest first."}, s.listMembers)
	add(s, route{method: http.MethodGet, path: "/members/{id}", id: "get-member", tag: tag, need: actor.MembersRead, summary: "Get a member"}, s.getMember)
}

func (s *service) listMembers(ctx context.Context, in *listMembersInput) (*membersOutput, error) {
	filter := identity.ListMembers{Search: in.Search, Cursor: in.Cursor, Limit: in.Limit}
	if in.Verified != "" {
		verified := in.Verified == "true"
		filter.Verified = &verified
	}
	page, err := s.Identity.ListMembers(ctx, filter)
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

func (s *service) getMember(ctx context.Context, in *memberID) (*memberOutput, error) {
	m, err := s.Identity.Member(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	open, err := s.Identity.Sessions(ctx, actor.Member, in.ID)
	if err != nil {
		return nil, err
	}
	standings, err := s.Billing.Standings(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := MemberDetail{Member: memberOf(m), Subscriptions: []MemberSubscription{}, Sessions: sessionsBody(ctx, open), DeletedAt: m.DeletedAt}
	for _, x := range standings {
		held := MemberSubscription{Plan: x.Plan, Status: string(x.Status)}
		if !x.Grace.IsZero() {
			held.Grace = &x.Grace
		}
		out.Subscriptions = append(out.Subscriptions, held)
	}
	return &memberOutput{out}, nil
}
