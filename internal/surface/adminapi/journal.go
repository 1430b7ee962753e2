package adminapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

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
	RequestID string          `json:"request_id,omitempty"`
	Payload   json.RawMessage `json:"payload"`
}

// JournalFilter narrows the journal. Huma reads it from the query.
type JournalFilter struct {
	Subject string    `query:"subject" maxLength:"50" doc:"Kind of what it happened to, such as note"`
	ID      string    `query:"id" maxLength:"100" doc:"Id of what it happened to"`
	Verb    string    `query:"verb" maxLength:"100" doc:"One verb, or with a dot at the end all that begin so"`
	Actor   string    `query:"actor" maxLength:"50" doc:"Id of whoever did it, or their kind: staff, member, api_key, system, anonymous"`
	From    time.Time `query:"from" doc:"Only what happened then or later"`
	To      time.Time `query:"to" doc:"Only what happened earlier"`
	Before  time.Time `query:"before" doc:"The same as to" deprecated:"true"`
	Cursor  string    `query:"cursor" maxLength:"128" doc:"next of the page before"`
	Limit   int       `query:"limit" default:"50" minimum:"1" maximum:"500"`
}

type journalOutput struct {
	Body struct {
		Entries []JournalEntry `json:"entries"`
		Next    string         `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
	}
}

func (s *service) journal() {
	const tag = "Publication"
	add(s, route{method: http.MethodGet, path: "/journal", id: "list-journal", tag: tag, need: actor.JournalRead,
		summary: "What happened", text: "The audit log, newest first."}, func(ctx context.Context, in *JournalFilter) (*journalOutput, error) {
		entries, next, err := s.Journal.List(ctx, *in)
		var out journalOutput
		out.Body.Entries, out.Body.Next = list(entries), next
		return &out, err
	})
	add(s, route{method: http.MethodGet, path: "/journal.csv", id: "export-journal", replies: inTable(), tag: tag, need: actor.JournalRead,
		summary: "What happened, for a spreadsheet", text: "The same filters; all pages in one file, streamed. The export is journalled."}, s.exportJournal)
}

func (s *service) exportJournal(ctx context.Context, in *JournalFilter) (*huma.StreamResponse, error) {
	in.Limit = journalPage
	// The first page is read here, so that what is wrong is still told with a
	// status.
	first, next, err := s.Journal.List(ctx, *in)
	if err != nil {
		return nil, err
	}
	if err := s.Journal.Exported(ctx); err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/csv; charset=utf-8")
		hc.SetHeader("Content-Disposition", `attachment; filename="journal.csv"`)
		// The file is written when the handler has returned, so it does not
		// live by the request's own deadline.
		file := newJournalFile(context.WithoutCancel(ctx), s.Journal, *in, first, next)
		kit.Ctx(hc.Context()).Context().SetBodyStream(file, -1)
	}}, nil
}
