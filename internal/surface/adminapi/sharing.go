package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// SharingSign says that an account looked as if several people used it.
type SharingSign struct {
	At       time.Time `json:"at"`
	Networks int64     `json:"networks" doc:"From how many it was used within a day; 0 when these were not many"`
	Copies   int64     `json:"copies" doc:"PDF copies taken within a day; 0 when these were not many"`
}

// SharedAccount is a member with the newest sign of sharing.
type SharedAccount struct {
	Member  Member      `json:"member"`
	Sharing SharingSign `json:"sharing"`
}

type sharedOutput struct {
	Body struct {
		Accounts []SharedAccount `json:"accounts"`
	}
}

func (s *service) sharing() {
	add(s, route{method: http.MethodGet, path: "/shared-accounts", id: "list-shared-accounts", tag: "Members", need: actor.MembersRead,
		summary: "List accounts that look shared", text: "The newest sign of each within a month, newest first. Nothing follows from one."}, s.listShared)
}

func (s *service) listShared(ctx context.Context, _ *struct{}) (*sharedOutput, error) {
	alerts, err := s.Identity.SharingAlerts(ctx, uuid.Nil)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(alerts))
	for i, a := range alerts {
		ids[i] = a.MemberID
	}
	known, err := s.Identity.MembersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out sharedOutput
	out.Body.Accounts = []SharedAccount{}
	for _, a := range alerts {
		if m, ok := known[a.MemberID]; ok && m.DeletedAt == nil {
			out.Body.Accounts = append(out.Body.Accounts, SharedAccount{memberOf(m), sharingSign(a)})
		}
	}
	return &out, nil
}

func sharingSign(a identity.SharingAlert) SharingSign { return SharingSign{a.At, a.Networks, a.Copies} }

// sharingOf is the newest sign of one member within a month; nil for none.
func (s *service) sharingOf(ctx context.Context, member uuid.UUID) (*SharingSign, error) {
	alerts, err := s.Identity.SharingAlerts(ctx, member)
	if err != nil || len(alerts) == 0 {
		return nil, err
	}
	sign := sharingSign(alerts[0])
	return &sign, nil
}
