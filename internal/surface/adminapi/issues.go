package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Issue is an issue as the desk works on it.
type Issue struct {
	ID            string      `json:"id" format:"uuid"`
	Version       int64       `json:"version" doc:"The number in the ETag"`
	Series        string      `json:"series" doc:"Slug"`
	SeriesName    string      `json:"series_name"`
	Slug          string      `json:"slug" example:"2026-08"`
	Label         string      `json:"label" example:"August 2026"`
	Month         string      `json:"month" example:"2026-08"`
	Number        int         `json:"number,omitempty"`
	Title         string      `json:"title"`
	Editorial     string      `json:"editorial" doc:"Markdown"`
	EditorialHTML string      `json:"editorial_html"`
	Cover         string      `json:"cover,omitempty" doc:"Id of a picture; without one a cover is drawn"`
	CoverAlt      string      `json:"cover_alt"`
	Status        string      `json:"status" enum:"draft,published"`
	Held          bool        `json:"held" doc:"It does not appear with its first note, but when it is published"`
	PublishedAt   *time.Time  `json:"published_at,omitempty"`
	URL           string      `json:"url"`
	Notes         []IssueNote `json:"notes,omitempty" doc:"In order; not in lists"`
}

// IssueNote is a note in an issue.
type IssueNote struct {
	ID       string `json:"id" format:"uuid"`
	Version  int64  `json:"version"`
	Status   string `json:"status"`
	Changed  bool   `json:"changed"`
	Slug     string `json:"slug"`
	Title    string `json:"title"`
	Kind     string `json:"kind"`
	Position int    `json:"position"`
}

// IssueFields are the fields of an issue that can be written. In a change,
// what is left out stays as it is.
type IssueFields struct {
	Month     *string `json:"month,omitempty" pattern:"^[0-9]{4}-[0-9]{2}$" example:"2026-08"`
	Number    *int    `json:"number,omitempty" minimum:"0"`
	Title     *string `json:"title,omitempty" maxLength:"300"`
	Editorial *string `json:"editorial,omitempty" doc:"Markdown"`
	Cover     *string `json:"cover,omitempty" doc:"Id of a picture; empty for none"`
	CoverAlt  *string `json:"cover_alt,omitempty" maxLength:"500"`
}

func (f *IssueFields) over(in *content.IssueInput) error {
	set(&in.Label, f.Month)
	set(&in.Number, f.Number)
	set(&in.Title, f.Title)
	set(&in.Editorial, f.Editorial)
	set(&in.CoverAlt, f.CoverAlt)
	if f.Cover == nil {
		return nil
	}
	if in.Cover = nil; *f.Cover == "" {
		return nil
	}
	id, err := uuid.Parse(*f.Cover)
	if err != nil {
		var bad fault.Fields
		bad.Add("/cover", "bad_id", "This is not the id of a picture.")
		return bad.Err()
	}
	in.Cover = &id
	return nil
}

type (
	// IssueID names an issue.
	IssueID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	listIssuesInput struct {
		Series string `query:"series" maxLength:"96" doc:"Slug"`
	}
	listIssuesOutput struct {
		Body struct {
			Issues []Issue `json:"issues"`
		}
	}
	deskIssueOutput struct {
		ETag     string `header:"ETag"`
		Location string `header:"Location"`
		Body     Issue
	}
	createIssueInput struct {
		Body struct {
			Series string `json:"series" maxLength:"96" doc:"Slug"`
			IssueFields
		}
	}
	changeIssueInput struct {
		IssueID
		IfMatch string `header:"If-Match" doc:"The ETag the change was made from"`
		Body    IssueFields
	}
	arrangeInput struct {
		IssueID
		IfMatch string `header:"If-Match"`
		Body    struct {
			Notes []uuid.UUID `json:"notes" maxItems:"100" doc:"In order; those left out leave the issue"`
		}
	}
	issueVerb struct {
		IssueID
		IfMatch string `header:"If-Match"`
	}
	retractIssueInput struct {
		IssueID
		IfMatch string `header:"If-Match"`
		Notes   string `query:"notes" enum:"keep,retract" default:"keep" doc:"What becomes of the notes in it"`
		Reason  string `query:"reason" maxLength:"500" doc:"Shown at the addresses of notes that are retracted with it"`
	}
)

func (s *service) issues() {
	const tag = "Issues"
	add(s, route{method: http.MethodGet, path: "/issues", id: "list-issues", tag: tag, need: actor.NotesRead, summary: "List issues", text: "Newest first."}, s.listIssues)
	add(s, route{method: http.MethodPost, path: "/issues", id: "create-issue", tag: tag, need: actor.TaxonomyWrite, status: http.StatusCreated,
		summary: "Make an issue", text: "It is hidden until it is published with its notes. One made by its series and month appears with its first note instead."}, s.createIssue)
	add(s, route{method: http.MethodGet, path: "/issues/{id}", id: "get-issue", tag: tag, need: actor.NotesRead, summary: "Get an issue with its notes"},
		func(ctx context.Context, in *IssueID) (*deskIssueOutput, error) {
			return s.issue(s.Desk.Issue(ctx, in.ID))
		})
	add(s, route{method: http.MethodPatch, path: "/issues/{id}", id: "change-issue", tag: tag, need: actor.TaxonomyWrite,
		summary: "Change an issue", text: "Needs If-Match. What readers see takes notes.publish, too."}, s.changeIssue)
	add(s, route{method: http.MethodPut, path: "/issues/{id}/notes", id: "arrange-issue", tag: tag, need: actor.TaxonomyWrite,
		summary: "Say which notes an issue holds, in order", text: "It holds at once and makes no revisions. Where readers see it, it takes notes.publish, too."}, s.arrange)
	add(s, route{method: http.MethodPut, path: "/issues/{id}/publication", id: "publish-issue", tag: tag, need: actor.NotesPublish,
		summary: "Publish an issue with its notes", text: "All or nothing: when a note cannot be published, 409 issue_not_ready names each reason. Pending changes of live notes stay pending, retracted notes stay retracted."}, s.publishIssue)
	add(s, route{method: http.MethodDelete, path: "/issues/{id}/publication", id: "retract-issue", tag: tag, need: actor.NotesRetract,
		summary: "Retract an issue"}, s.retractIssue)
}

func (s *service) issueOf(v *content.IssueView) Issue {
	out := Issue{
		ID: v.ID.String(), Version: v.Version, Series: v.Series.Slug, SeriesName: v.Series.Name, Slug: v.Slug, Label: v.Label, Month: v.Month.Format("2006-01"),
		Number: v.Number, Title: v.Title, Editorial: v.Editorial, EditorialHTML: v.EditorialHTML, CoverAlt: v.CoverAlt, Status: "draft", Held: v.Held,
		PublishedAt: v.PublishedAt, URL: s.BaseURL + "/issues/" + v.Series.Slug + "/" + v.Slug,
	}
	if v.PublishedAt != nil {
		out.Status = "published"
	}
	if v.CoverID != nil {
		out.Cover = v.CoverID.String()
	}
	for _, n := range v.Notes {
		out.Notes = append(out.Notes, IssueNote{n.ID.String(), n.Version, string(n.Status), n.Changed(), n.Slug, n.Title, string(n.Kind), n.Position})
	}
	return out
}

func (s *service) issue(v *content.IssueView, err error) (*deskIssueOutput, error) {
	if err != nil {
		return nil, err
	}
	return &deskIssueOutput{ETag: v.ETag(), Body: s.issueOf(v)}, nil
}

func (s *service) listIssues(ctx context.Context, in *listIssuesInput) (*listIssuesOutput, error) {
	list, err := s.Desk.Issues(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	var out listIssuesOutput
	out.Body.Issues = make([]Issue, len(list))
	for i, v := range list {
		out.Body.Issues[i] = s.issueOf(v)
	}
	return &out, nil
}

func (s *service) createIssue(ctx context.Context, in *createIssueInput) (*deskIssueOutput, error) {
	input := content.IssueInput{Series: in.Body.Series}
	if err := in.Body.over(&input); err != nil {
		return nil, err
	}
	out, err := s.issue(s.Desk.CreateIssue(ctx, input))
	if err == nil {
		out.Location = Prefix + "/issues/" + out.Body.ID
	}
	return out, err
}

func (s *service) changeIssue(ctx context.Context, in *changeIssueInput) (*deskIssueOutput, error) {
	from, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.issue(s.Desk.EditIssue(ctx, in.ID, from, in.Body.over))
}

func (s *service) arrange(ctx context.Context, in *arrangeInput) (*deskIssueOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.issue(s.Desk.Arrange(ctx, in.ID, from, in.Body.Notes))
}

func (s *service) publishIssue(ctx context.Context, in *issueVerb) (*deskIssueOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.issue(s.Desk.PublishIssue(ctx, in.ID, from))
}

func (s *service) retractIssue(ctx context.Context, in *retractIssueInput) (*deskIssueOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.issue(s.Desk.RetractIssue(ctx, in.ID, from, in.Notes == "retract", in.Reason))
}
