package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
)

// Lead is a letter to the firm.
type Lead struct {
	ID        string     `json:"id" format:"uuid"`
	Kind      string     `json:"kind" enum:"letter,access" doc:"access: somebody of a firm on the list asks to read a note"`
	Name      string     `json:"name"`
	Email     string     `json:"email"`
	Company   string     `json:"company"`
	Subject   string     `json:"subject"`
	Message   string     `json:"message"`
	Page      string     `json:"page" doc:"Where they wrote from"`
	MemberID  string     `json:"member_id,omitempty" doc:"When they were signed in"`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at,omitempty"`
	DoneAt    *time.Time `json:"done_at,omitempty" doc:"Answered, or not worth an answer"`
	Remark    string     `json:"remark" doc:"Of the desk's own"`
}

type (
	leadsInput struct {
		State  string `query:"state" enum:"new,open,done" doc:"open: nothing came of it yet"`
		Search string `query:"search" maxLength:"254" doc:"A part of name, address, company or subject"`
		Cursor string `query:"cursor" maxLength:"64"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	leadsOutput struct {
		Body struct {
			Leads []Lead `json:"leads"`
			Next  string `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
	leadOutput struct{ Body Lead }
	leadID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	changeLeadInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Read   *bool   `json:"read,omitempty"`
			Done   *bool   `json:"done,omitempty"`
			Remark *string `json:"remark,omitempty" maxLength:"5000"`
		}
	}
)

func (s *service) leads() {
	const tag = "Letters"
	add(s, route{method: http.MethodGet, path: "/leads", id: "list-leads", tag: tag, need: actor.LeadsRead,
		summary: "List letters to the firm", text: "Newest first."}, s.listLeads)
	add(s, route{method: http.MethodGet, path: "/leads/{id}", id: "get-lead", tag: tag, need: actor.LeadsRead, summary: "Get a letter"},
		func(ctx context.Context, in *leadID) (*leadOutput, error) {
			return leadAnswer(s.House.Lead(ctx, in.ID))
		})
	add(s, route{method: http.MethodPatch, path: "/leads/{id}", id: "change-lead", tag: tag, need: actor.LeadsWrite,
		summary: "Note what became of a letter"}, func(ctx context.Context, in *changeLeadInput) (*leadOutput, error) {
		return leadAnswer(s.House.MarkLead(ctx, in.ID, publication.LeadChange{Read: in.Body.Read, Done: in.Body.Done, Remark: in.Body.Remark}))
	})
}

func leadOf(l publication.Lead) Lead {
	out := Lead{
		ID: l.ID.String(), Kind: string(l.Kind), Name: l.Name, Email: l.Email, Company: l.Company, Subject: l.Subject, Message: l.Message, Page: l.Page,
		CreatedAt: l.CreatedAt, ReadAt: l.ReadAt, DoneAt: l.DoneAt, Remark: l.Remark,
	}
	if l.MemberID != nil {
		out.MemberID = l.MemberID.String()
	}
	return out
}

func leadAnswer(l publication.Lead, err error) (*leadOutput, error) {
	if err != nil {
		return nil, err
	}
	return &leadOutput{leadOf(l)}, nil
}

func (s *service) listLeads(ctx context.Context, in *leadsInput) (*leadsOutput, error) {
	page, err := s.House.FindLeads(ctx, publication.LeadFilter{
		State: publication.LeadState(in.State), Search: in.Search, Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	var out leadsOutput
	out.Body.Next, out.Body.Leads = page.Next, make([]Lead, len(page.Leads))
	for i, l := range page.Leads {
		out.Body.Leads[i] = leadOf(l)
	}
	return &out, nil
}
