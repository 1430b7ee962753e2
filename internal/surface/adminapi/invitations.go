package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// Invitation asks somebody to work at the desk.
type Invitation struct {
	ID        string    `json:"id" format:"uuid"`
	Email     string    `json:"email"`
	Role      string    `json:"role" doc:"The id of a role"`
	RoleName  string    `json:"role_name"`
	InvitedBy string    `json:"invited_by,omitempty" doc:"Name of a colleague"`
	CreatedAt time.Time `json:"created_at"`
	Days      int       `json:"days" doc:"For which each mail is good"`
	ExpiresAt time.Time `json:"expires_at"`
	Expired   bool      `json:"expired" etag:"-"`
}

// OpenedInvitation is what the page behind a link shows.
type OpenedInvitation struct {
	Email       string    `json:"email"`
	RoleName    string    `json:"role_name"`
	InvitedBy   string    `json:"invited_by,omitempty"`
	Publication string    `json:"publication"`
	ExpiresAt   time.Time `json:"expires_at"`
}

type (
	invitationOutput  struct{ Body Invitation }
	invitationsOutput struct {
		Body struct {
			Invitations []Invitation `json:"invitations"`
		}
	}
	openedOutput struct{ Body OpenedInvitation }
	inviteInput  struct {
		Body struct {
			Email string `json:"email" maxLength:"254"`
			Role  string `json:"role" maxLength:"36" doc:"The id of a role"`
			Days  int    `json:"days,omitempty" enum:"1,7,30" doc:"For which the link is good; 7 when left out"`
		}
	}
	invitationID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	linkInput struct {
		Token string `path:"token" maxLength:"128"`
	}
	acceptInput struct {
		Token     string `path:"token" maxLength:"128"`
		UserAgent string `header:"User-Agent"`
		Body      struct {
			Name     string `json:"name" maxLength:"200"`
			Password string `json:"password" maxLength:"1024"`
		}
	}
)

func (s *service) invitations() {
	const tag = "Staff"
	add(s, route{method: http.MethodGet, path: "/invitations", id: "list-invitations", tag: tag, need: actor.StaffWrite,
		summary: "List open invitations", text: "Newest first, those that have run out too."}, s.listInvitations)
	add(s, route{method: http.MethodPost, path: "/invitations", id: "invite", tag: tag, need: actor.StaffWrite, status: http.StatusCreated,
		summary: "Invite a colleague", text: "By mail, for seven days or as many as are asked for. Nobody invites to a role that can do more than they."},
		func(ctx context.Context, in *inviteInput) (*invitationOutput, error) {
			return invitation(s.Identity.Invite(ctx, in.Body.Email, identity.Role(in.Body.Role), in.Body.Days))
		})
	add(s, route{method: http.MethodPost, path: "/invitations/{id}/delivery", id: "invite-again", of: "/invitations/{id}", tag: tag, need: actor.StaffWrite,
		summary: "Send an invitation again", text: "Good again for as many days as at first; the links of older mails end."},
		func(ctx context.Context, in *invitationID) (*invitationOutput, error) {
			return invitation(s.Identity.InviteAgain(ctx, in.ID))
		})
	add(s, route{method: http.MethodDelete, path: "/invitations/{id}", id: "revoke-invitation", tag: tag, need: actor.StaffWrite, status: http.StatusNoContent,
		summary: "Take an invitation back"}, func(ctx context.Context, in *invitationID) (*None, error) {
		return &None{}, s.Identity.RevokeInvitation(ctx, in.ID)
	})
	add(s, route{method: http.MethodGet, path: "/invitations/by-token/{token}", id: "look-invitation", errors: []int{410}, tag: "Session",
		summary: "What a link invites to", text: "Changes nothing, however often it is opened."}, s.lookInvitation)
	add(s, route{method: http.MethodPut, path: "/invitations/by-token/{token}", id: "accept-invitation", errors: []int{410}, tag: "Session",
		summary: "Accept an invitation", text: "Makes the staff user and signs them in. Works once."},
		func(ctx context.Context, in *acceptInput) (*signInOutput, error) {
			signed, err := s.Identity.AcceptInvitation(ctx, identity.AcceptInvitation{
				Token: in.Token, Name: in.Body.Name, Password: in.Body.Password, Visit: visit(ctx, in.UserAgent),
			})
			return s.welcome(ctx, signed, err)
		})
}

func invitationOf(v identity.InvitationView) Invitation {
	return Invitation{
		ID: v.ID.String(), Email: v.EmailGiven, Role: string(v.Role), RoleName: v.Position.Name, InvitedBy: v.Inviter,
		CreatedAt: v.CreatedAt, Days: v.Days, ExpiresAt: v.ExpiresAt, Expired: v.Expired,
	}
}

func invitation(v identity.InvitationView, err error) (*invitationOutput, error) {
	if err != nil {
		return nil, err
	}
	return &invitationOutput{invitationOf(v)}, nil
}

func (s *service) listInvitations(ctx context.Context, _ *struct{}) (*invitationsOutput, error) {
	views, err := s.Identity.ListInvitations(ctx)
	if err != nil {
		return nil, err
	}
	var out invitationsOutput
	out.Body.Invitations = make([]Invitation, len(views))
	for i, v := range views {
		out.Body.Invitations[i] = invitationOf(v)
	}
	return &out, nil
}

func (s *service) lookInvitation(ctx context.Context, in *linkInput) (*openedOutput, error) {
	v, err := s.Identity.LookInvitation(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	p, err := s.House.Profile(ctx)
	if err != nil {
		return nil, err
	}
	return &openedOutput{OpenedInvitation{
		Email: v.EmailGiven, RoleName: v.Position.Name, InvitedBy: v.Inviter, Publication: p.Name, ExpiresAt: v.ExpiresAt,
	}}, nil
}
