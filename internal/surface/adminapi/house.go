package adminapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
)

// Lead is a letter to the firm.
type Lead struct {
	ID        string    `json:"id" format:"uuid"`
	Name      string    `json:"name"`
	Email     string    `json:"email"`
	Company   string    `json:"company"`
	Subject   string    `json:"subject"`
	Message   string    `json:"message"`
	Page      string    `json:"page" doc:"Where they wrote from"`
	CreatedAt time.Time `json:"created_at"`
}

// JournalEntry is one thing that happened.
type JournalEntry struct {
	ID        string          `json:"id" format:"uuid"`
	At        time.Time       `json:"at"`
	Verb      string          `json:"verb" example:"note.published"`
	Subject   string          `json:"subject" example:"note"`
	SubjectID string          `json:"subject_id"`
	ActorKind string          `json:"actor_kind"`
	ActorID   string          `json:"actor_id,omitempty"`
	ActorName string          `json:"actor_name"`
	Payload   json.RawMessage `json:"payload"`
}

// JournalFilter narrows the journal.
type JournalFilter struct {
	Subject, ID, Verb string
	Before            time.Time
	Limit             int
}

type (
	profileBody   struct{ Body publication.Profile }
	journalOutput struct {
		Body struct {
			Entries []JournalEntry `json:"entries"`
		}
	}
	journalInput struct {
		Subject string    `query:"subject" maxLength:"50"`
		ID      string    `query:"id" maxLength:"100"`
		Verb    string    `query:"verb" maxLength:"100"`
		Before  time.Time `query:"before" doc:"Only what happened earlier"`
		Limit   int       `query:"limit" default:"50" minimum:"1" maximum:"500"`
	}
	leadsInput struct {
		Limit int `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	leadsOutput struct {
		Body struct {
			Leads []Lead `json:"leads"`
		}
	}
)

func (s *service) house() {
	const tag = "Publication"
	add(s, route{method: http.MethodGet, path: "/publication", id: "get-publication", tag: tag, need: actor.NotesRead,
		summary: "What the publication says of itself"}, func(ctx context.Context, _ *struct{}) (*profileBody, error) {
		p, err := s.House.Profile(ctx)
		return &profileBody{p}, err
	})
	add(s, route{method: http.MethodPut, path: "/publication", id: "put-publication", tag: tag, need: actor.SettingsWrite,
		summary: "Change what the publication says of itself"}, func(ctx context.Context, in *profileBody) (*profileBody, error) {
		if err := s.House.Introduce(ctx, in.Body); err != nil {
			return nil, err
		}
		p, err := s.House.Profile(ctx)
		return &profileBody{p}, err
	})
	add(s, route{method: http.MethodGet, path: "/leads", id: "list-leads", tag: tag, need: actor.LeadsRead,
		summary: "List letters to the firm", text: "Newest first."}, s.listLeads)
}

func (s *service) listLeads(ctx context.Context, in *leadsInput) (*leadsOutput, error) {
	leads, err := s.House.Leads(ctx, in.Limit)
	if err != nil {
		return nil, err
	}
	var out leadsOutput
	out.Body.Leads = make([]Lead, len(leads))
	for i, l := range leads {
		out.Body.Leads[i] = Lead{l.ID.String(), l.Name, l.Email, l.Company, l.Subject, l.Message, l.Page, l.CreatedAt}
	}
	return &out, nil
}

func (s *service) journal() {
	add(s, route{method: http.MethodGet, path: "/journal", id: "list-journal", tag: "Publication", need: actor.JournalRead,
		summary: "What happened", text: "The audit log, newest first."}, func(ctx context.Context, in *journalInput) (*journalOutput, error) {
		entries, err := s.Journal.List(ctx, JournalFilter(*in))
		var out journalOutput
		out.Body.Entries = append([]JournalEntry{}, entries...)
		return &out, err
	})
}
