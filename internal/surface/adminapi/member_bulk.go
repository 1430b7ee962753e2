package adminapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// MemberBulk is one act on many members.
type MemberBulk struct {
	Action   string      `json:"action" enum:"give_access,end_access"`
	Members  []uuid.UUID `json:"members" minItems:"1" maxItems:"100"`
	Plan     string      `json:"plan,omitempty" maxLength:"64" doc:"Slug. Left out, what is given is every plan, and what ends is whatever was given"`
	StartsAt *time.Time  `json:"starts_at,omitempty" doc:"With give_access; now, when left out"`
	EndsAt   *time.Time  `json:"ends_at,omitempty" doc:"With give_access; the moment itself is outside"`
	Remark   string      `json:"remark,omitempty" maxLength:"2000" doc:"For colleagues; with end_access, why"`
}

type (
	memberBulkInput struct {
		Key  string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"200" doc:"A repeat does what was not done yet, and nothing twice"`
		Body MemberBulk
	}
	memberBulkOutput struct {
		Body struct {
			Results []BulkResult `json:"results" doc:"In the order asked for"`
		}
	}
)

func (s *service) memberBulk() {
	add(s, route{method: http.MethodPost, path: "/members/bulk", id: "change-members", tag: "Members", need: actor.MembersWrite,
		summary: "Do the same for many members", text: "Complimentary access is given, or taken back where it is open or to come, as for one member, with the same journal entries, in a transaction for each member: some may be done and others refused. What was paid for, or came as a present, stays."}, s.changeMembers)
}

func (s *service) changeMembers(ctx context.Context, in *memberBulkInput) (*memberBulkOutput, error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	if in.Body.Plan != "" {
		if _, err := s.Billing.PlanBySlug(ctx, in.Body.Plan); err != nil {
			return nil, err
		}
	}
	out := &memberBulkOutput{}
	out.Body.Results = make([]BulkResult, 0, len(in.Body.Members))
	for _, id := range in.Body.Members {
		r, err := s.changeMemberOnce(ctx, in.Key, in.Body, id)
		if err != nil {
			return nil, err
		}
		out.Body.Results = append(out.Body.Results, r)
	}
	return out, nil
}

func (b *MemberBulk) check() error {
	var f fault.Fields
	seen := map[uuid.UUID]bool{}
	for i, id := range b.Members {
		f.Check(!seen[id], fmt.Sprintf("/members/%d", i), "twice", "This member is in the list twice.")
		seen[id] = true
	}
	f.Check(b.Action != "give_access" || b.EndsAt != nil, "/ends_at", "required", "Access that is given has an end.")
	return f.Err()
}

// changeMemberOnce keeps what became of one member together with the change, as
// changeOnce does of a note.
func (s *service) changeMemberOnce(ctx context.Context, key string, b MemberBulk, id uuid.UUID) (BulkResult, error) {
	one := b
	one.Members = []uuid.UUID{id}
	print, err := fingerprint(one)
	if err != nil {
		return BulkResult{}, err
	}
	answer, _, err := s.Once.Do(ctx, "change-members "+actor.From(ctx).ID.String(), key+"/"+id.String(), print, func(ctx context.Context) ([]byte, error) {
		done, err := s.changeMember(ctx, b, id)
		if err != nil {
			return nil, err
		}
		r := BulkResult{ID: id.String(), Outcome: "unchanged"}
		if done {
			r.Outcome = "done"
		}
		return json.Marshal(r)
	})
	if fault.HasCode(err, "member_not_found") {
		return refusal(id, "", err)
	}
	if err != nil { // what is wrong with the dates or the plan is wrong for all
		return BulkResult{}, err
	}
	var r BulkResult
	return r, json.Unmarshal(answer, &r)
}

func (s *service) changeMember(ctx context.Context, b MemberBulk, id uuid.UUID) (done bool, err error) {
	if b.Action == "give_access" {
		give := billing.TermInput{Member: id, Source: billing.TermComplimentary, PlanSlug: b.Plan, EndsAt: *b.EndsAt, Remark: b.Remark}
		if b.StartsAt != nil {
			give.StartsAt = *b.StartsAt
		}
		_, err := s.Billing.GiveTerm(ctx, give)
		return err == nil, err
	}
	if _, err := s.Identity.Member(ctx, id); err != nil {
		return false, err
	}
	terms, err := s.Billing.Terms(ctx, id)
	if err != nil {
		return false, err
	}
	now := s.Billing.Clock.Now()
	for _, t := range terms {
		if state := t.State(now); t.Source != billing.TermComplimentary || state != billing.TermOpen && state != billing.TermComing || !b.means(t) {
			continue
		}
		_, err := s.Billing.RevokeTerm(ctx, t.ID, b.Remark)
		if err != nil && !fault.HasCode(err, "term_revoked") { // somebody was faster
			return false, err
		}
		done = done || err == nil
	}
	return done, nil
}

// means tells whether a term is of the plan that was named, if one was.
func (b *MemberBulk) means(t *billing.Term) bool {
	return b.Plan == "" || t.Plan != nil && t.Plan.Slug == b.Plan
}
