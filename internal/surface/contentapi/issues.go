package contentapi

import (
	"context"
	"encoding/base64"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Issue is a dated number of a series.
type Issue struct {
	ID          string    `json:"id" format:"uuid"`
	Slug        string    `json:"slug" example:"2021-07" doc:"The month; an issue is named together with its series"`
	Label       string    `json:"label" example:"July 2021"`
	Number      int       `json:"number,omitempty" doc:"As the firm counts; absent when it does not"`
	Series      Ref       `json:"series"`
	Title       string    `json:"title,omitempty"`
	Editorial   string    `json:"editorial_html,omitempty" doc:"HTML, for everybody"`
	Cover       *Cover    `json:"cover,omitempty" doc:"Absent when none was chosen; the portal draws one then"`
	PublishedAt time.Time `json:"published_at"`
	URL         string    `json:"url" doc:"Its page on the portal"`
}

// IssuePage is a part of all issues.
type IssuePage struct {
	Issues []Issue `json:"issues"`
	Next   string  `json:"next,omitempty" doc:"Send it as cursor to get the following page; absent at the end"`
}

// WholeIssue is an issue with its notes.
type WholeIssue struct {
	Issue
	Notes []Listed `json:"notes" doc:"In the order of the issue"`
}

func (s *service) issue(ctx context.Context, i *content.Issue, of *content.Series) (Issue, error) {
	say, err := s.speech(ctx, "")
	if err != nil {
		return Issue{}, err
	}
	out := Issue{
		ID: i.ID.String(), Slug: i.Slug, Label: i.Label, Number: i.Number, Series: Ref{of.Slug, of.Name}, Title: i.Title, Editorial: say.of(i.EditorialHTML),
		Cover: s.cover(ctx, i.CoverID, i.CoverAlt), URL: s.BaseURL + "/issues/" + of.Slug + "/" + i.Slug,
	}
	if i.PublishedAt != nil {
		out.PublishedAt = i.PublishedAt.UTC()
	}
	return out, nil
}

type issuesInput struct {
	KeyParam
	Series string `query:"series" maxLength:"96" doc:"Slug of a series; all series when it is left out"`
	Cursor string `query:"cursor" maxLength:"64" doc:"From the page before"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type issueInput struct {
	KeyParam
	Series string `path:"series" maxLength:"96" doc:"Slug of the series"`
	Issue  string `path:"issue" maxLength:"96" doc:"Slug of the issue" example:"2021-07"`
}

func (s *service) registerIssues(api *kit.API) {
	add(api, "list-issues", "/issues", "Issues", "List the issues that have appeared", "Newest first.", answers[IssuePage](api, "A page of issues"), s.listIssues)
	add(api, "get-issue-by-id", "/issues/{name}", "Issues", "Get an issue by its id", "With its notes, as lists show them.", answers[WholeIssue](api, "The issue"), s.issueByID)
	add(api, "get-issue", "/issues/{series}/{issue}", "Issues", "Get an issue", "With its notes, as lists show them.", answers[WholeIssue](api, "The issue"), s.getIssue)
}

// known tells whether readers know of an issue.
func (s *service) known(i *content.Issue) bool {
	return i != nil && i.PublishedAt != nil && !i.PublishedAt.After(s.Now())
}

// appeared lists the issues that readers know of, newest first.
func (s *service) appeared(cat *content.Catalogue) (out []*content.Issue) {
	for _, i := range cat.Issues {
		if s.known(i) && cat.SeriesOf(i) != nil {
			out = append(out, i)
		}
	}
	return out
}

func (s *service) listIssues(ctx context.Context, in *issuesInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	list := s.appeared(cat)
	if in.Series != "" {
		of := cat.SeriesBySlug(in.Series)
		if of == nil {
			return nil, unknownName("series", "There is no such series.")
		}
		list = slices.DeleteFunc(list, func(i *content.Issue) bool { return i.SeriesID != of.ID })
	}
	if in.Cursor != "" {
		raw, err := base64.RawURLEncoding.DecodeString(in.Cursor)
		at := slices.IndexFunc(list, func(i *content.Issue) bool { return string(i.ID[:]) == string(raw) })
		if err != nil || at < 0 {
			return nil, fault.New(fault.BadRequest, "bad_cursor", "The cursor is not one that this list gave out.")
		}
		list = list[at+1:]
	}
	out := IssuePage{Issues: []Issue{}}
	for _, i := range list[:min(len(list), in.Limit)] {
		issue, err := s.issue(ctx, i, cat.SeriesOf(i))
		if err != nil {
			return nil, err
		}
		out.Issues = append(out.Issues, issue)
	}
	if len(list) > in.Limit {
		last := list[in.Limit-1].ID
		out.Next = base64.RawURLEncoding.EncodeToString(last[:])
	}
	a, err := encode(out, keyIssues)
	a.Link = nextLink(ctx, out.Next)
	return s.send(ctx, a, err)
}

func unknownName(parameter, message string) error {
	f := fault.New(fault.BadRequest, "unknown_name", "Something was asked for that is not there.")
	f.Fields = []fault.Field{{Path: parameter, Code: "unknown", Message: message}}
	return f
}

func (s *service) getIssue(ctx context.Context, in *issueInput) (*huma.StreamResponse, error) {
	return s.wholeIssue(ctx, func(i *content.Issue, of *content.Series) bool { return of.Slug == in.Series && i.Slug == in.Issue })
}

func (s *service) issueByID(ctx context.Context, in *nameInput) (*huma.StreamResponse, error) {
	id, err := uuid.Parse(in.Name)
	if err != nil {
		id = uuid.Nil
	}
	return s.wholeIssue(ctx, func(i *content.Issue, _ *content.Series) bool { return i.ID == id })
}

func (s *service) wholeIssue(ctx context.Context, is func(*content.Issue, *content.Series) bool) (*huma.StreamResponse, error) {
	i, of, notes, err := s.issueWith(ctx, is)
	if err != nil {
		return nil, err
	}
	a, err := s.issueAnswer(ctx, i, of, notes)
	return s.send(ctx, a, err)
}

// issueWith finds an issue that has appeared, with its notes.
func (s *service) issueWith(ctx context.Context, is func(*content.Issue, *content.Series) bool) (*content.Issue, *content.Series, []*content.Summary, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	list := s.appeared(cat)
	at := slices.IndexFunc(list, func(i *content.Issue) bool { return is(i, cat.SeriesOf(i)) })
	if at < 0 {
		return nil, nil, nil, fault.New(fault.NotFound, "issue_not_found", "There is no such issue.")
	}
	notes, err := s.notesOf(ctx, list[at])
	return list[at], cat.SeriesOf(list[at]), notes, err
}

func (s *service) issueAnswer(ctx context.Context, i *content.Issue, of *content.Series, notes []*content.Summary) (kit.Answer, error) {
	issue, err := s.issue(ctx, i, of)
	if err != nil {
		return kit.Answer{}, err
	}
	out := WholeIssue{Issue: issue}
	if out.Notes, err = s.listed(ctx, readerOf(ctx), notes); err != nil {
		return kit.Answer{}, err
	}
	return encode(out, content.ChangedIssue+"-"+of.Slug+"."+i.Slug+" "+keyNotes)
}

// notesOf lists the notes of an issue in its order.
func (s *service) notesOf(ctx context.Context, i *content.Issue) ([]*content.Summary, error) {
	page, err := s.Library.List(ctx, content.Query{Issue: i.ID, Limit: 100})
	if err != nil {
		return nil, err
	}
	return page.InIssueOrder(), nil
}
