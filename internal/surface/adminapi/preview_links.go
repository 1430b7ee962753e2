package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

// PreviewLink leads people without an account here to a note's draft.
type PreviewLink struct {
	ID        string     `json:"id" format:"uuid"`
	Label     string     `json:"label" doc:"Whom it is for"`
	Audience  string     `json:"audience" enum:"anonymous,free,plan,lapsed,full" doc:"The kind of reader as whom the draft is seen"`
	Plan      string     `json:"plan,omitempty"`
	State     string     `json:"state" enum:"open,expired,revoked,published,retracted,archived" etag:"-"`
	ExpiresAt time.Time  `json:"expires_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
	Opened    int64      `json:"opened" doc:"How often" etag:"-"`
	OpenedAt  *time.Time `json:"opened_at,omitempty" doc:"Last" etag:"-"`
	CreatedAt time.Time  `json:"created_at"`
	CreatedBy Person     `json:"created_by"`
	URL       string     `json:"url,omitempty" doc:"Only in the answer that makes it; nobody can find it out afterwards" etag:"-"`
}

type (
	makePreviewInput struct {
		NoteID
		Body struct {
			Audience  string     `json:"audience" enum:"anonymous,free,plan,lapsed,full"`
			Plan      string     `json:"plan,omitempty" maxLength:"96" doc:"Slug; with the audience plan"`
			Label     string     `json:"label,omitempty" maxLength:"200" doc:"Whom it is for"`
			ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"In a week when left out; at most 90 days from now"`
		}
	}
	viewInput struct {
		NoteID
		Body struct {
			Audience string `json:"audience" enum:"anonymous,free,plan,lapsed,full"`
			Plan     string `json:"plan,omitempty" maxLength:"96" doc:"Slug; with the audience plan"`
		}
	}
	previewID struct {
		NoteID
		Link uuid.UUID `path:"link" format:"uuid"`
	}
	previewOutput  struct{ Body PreviewLink }
	previewsOutput struct {
		Body struct {
			Links []PreviewLink `json:"links"`
		}
	}
	viewOutput struct {
		Body struct {
			URL       string    `json:"url" doc:"The portal's page; it may be shown in a frame of the desk"`
			ExpiresAt time.Time `json:"expires_at"`
		}
	}
)

func (s *service) previews() {
	const tag = "Previews"
	add(s, route{method: http.MethodGet, path: "/notes/{id}/preview-links", id: "list-preview-links", tag: tag, need: actor.NotesRead,
		summary: "List the preview links to a note", text: "Newest first."}, s.listPreviews)
	add(s, route{method: http.MethodPost, path: "/notes/{id}/preview-links", id: "make-preview-link", tag: tag, need: actor.NotesWrite, status: http.StatusCreated,
		summary: "Make a preview link", text: "It shows the draft as it stands whenever it is opened, and ends when it expires, is revoked, or the note is published."}, s.makePreview)
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/preview-links/{link}", id: "revoke-preview-link", tag: tag, need: actor.NotesWrite, status: http.StatusNoContent,
		summary: "Revoke a preview link", text: "It stays in the list."}, func(ctx context.Context, in *previewID) (*None, error) {
		return &None{}, s.Desk.RevokePreviewLink(ctx, in.ID, in.Link)
	})
	add(s, route{method: http.MethodPost, path: "/notes/{id}/views", id: "view-note-as", tag: tag, need: actor.NotesRead, status: http.StatusCreated,
		summary: "See a note as a reader will", text: "Gives the address of the draft as the portal would show it. It lives for ten minutes."}, s.viewAs)
}

func (s *service) listPreviews(ctx context.Context, in *NoteID) (*previewsOutput, error) {
	links, err := s.Desk.PreviewLinks(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out previewsOutput
	out.Body.Links = make([]PreviewLink, len(links))
	for i, l := range links {
		out.Body.Links[i] = s.previewOf(l)
	}
	return &out, nil
}

func (s *service) makePreview(ctx context.Context, in *makePreviewInput) (*previewOutput, error) {
	b := in.Body
	input := content.LinkInput{Label: b.Label, Audience: content.Audience(b.Audience), Plan: b.Plan}
	set(&input.ExpiresAt, b.ExpiresAt)
	link, token, err := s.Desk.MakePreviewLink(ctx, in.ID, input)
	if err != nil {
		return nil, err
	}
	out := s.previewOf(link)
	out.URL = s.previewURL(token)
	return &previewOutput{out}, nil
}

func (s *service) viewAs(ctx context.Context, in *viewInput) (*viewOutput, error) {
	link, token, err := s.Desk.View(ctx, in.ID, content.Audience(in.Body.Audience), in.Body.Plan)
	if err != nil {
		return nil, err
	}
	var out viewOutput
	out.Body.URL, out.Body.ExpiresAt = s.previewURL(token), link.ExpiresAt
	return &out, nil
}

func (s *service) previewURL(token string) string { return s.BaseURL + "/preview/" + token }

func (s *service) previewOf(l *content.PreviewLink) PreviewLink {
	return PreviewLink{
		ID: l.ID.String(), Label: l.Label, Audience: string(l.Audience), Plan: l.Plan, State: s.Desk.LinkState(l), ExpiresAt: l.ExpiresAt, EndedAt: l.EndedAt,
		Opened: l.Opened, OpenedAt: l.OpenedAt, CreatedAt: l.CreatedAt, CreatedBy: personOf(l.By()),
	}
}
