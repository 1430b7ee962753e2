package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

// Catalogue is everything notes can refer to.
type Catalogue struct {
	Series  []LabelBody  `json:"series"`
	Issues  []IssueBody  `json:"issues"`
	Topics  []LabelBody  `json:"topics"`
	Authors []AuthorBody `json:"authors"`
}

// LabelBody is a series or a topic.
type LabelBody struct {
	Slug        string `json:"slug"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// AuthorBody is an author.
type AuthorBody struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
	Role string `json:"role"`
	Bio  string `json:"bio"`
}

// IssueBody is an issue.
type IssueBody struct {
	Series      string     `json:"series"`
	Slug        string     `json:"slug" example:"2021-07"`
	Label       string     `json:"label" example:"July 2021"`
	Number      int        `json:"number,omitempty"`
	Title       string     `json:"title"`
	Editorial   string     `json:"editorial" doc:"Markdown"`
	PublishedAt *time.Time `json:"published_at,omitempty" doc:"When it was published, or the first of its notes was"`
}

// labelInput is what a series or a topic is made of.
type labelInput struct {
	Slug string `path:"slug" maxLength:"96" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
	Body struct {
		Name        string `json:"name" maxLength:"200"`
		Description string `json:"description,omitempty" maxLength:"5000"`
	}
}

func (in *labelInput) label() content.Label {
	return content.Label{Slug: in.Slug, Name: in.Body.Name, Description: in.Body.Description}
}

type authorInput struct {
	Slug string `path:"slug" maxLength:"96" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
	Body struct {
		Name string `json:"name" maxLength:"200"`
		Role string `json:"role,omitempty" maxLength:"200"`
		Bio  string `json:"bio,omitempty" maxLength:"5000"`
	}
}

type issueInput struct {
	Series string `path:"series" maxLength:"96"`
	Month  string `path:"month" pattern:"^[0-9]{4}-[0-9]{2}$" example:"2021-07"`
	Body   struct {
		Number    int    `json:"number,omitempty" minimum:"0"`
		Title     string `json:"title,omitempty" maxLength:"300"`
		Editorial string `json:"editorial,omitempty" doc:"Markdown"`
	}
}

type (
	catalogueOutput struct{ Body Catalogue }
	labelOutput     struct{ Body LabelBody }
	authorOutput    struct{ Body AuthorBody }
	issueOutput     struct{ Body IssueBody }
)

func (s *service) catalogue() {
	const tag = "Series, issues, topics, authors"
	add(s, route{method: http.MethodGet, path: "/catalogue", id: "get-catalogue", tag: tag, need: actor.NotesRead,
		summary: "All series, issues, topics and authors"}, s.getCatalogue)
	add(s, route{method: http.MethodPut, path: "/series/{slug}", id: "put-series", tag: tag, need: actor.TaxonomyWrite,
		summary: "Make or change a series"}, func(ctx context.Context, in *labelInput) (*labelOutput, error) {
		x, err := s.Desk.PutSeries(ctx, in.label())
		if err != nil {
			return nil, err
		}
		return &labelOutput{LabelBody{x.Slug, x.Name, x.Description}}, nil
	})
	add(s, route{method: http.MethodPut, path: "/topics/{slug}", id: "put-topic", tag: tag, need: actor.TaxonomyWrite,
		summary: "Make or change a topic"}, func(ctx context.Context, in *labelInput) (*labelOutput, error) {
		x, err := s.Desk.PutTopic(ctx, in.label())
		if err != nil {
			return nil, err
		}
		return &labelOutput{LabelBody{x.Slug, x.Name, x.Description}}, nil
	})
	add(s, route{method: http.MethodPut, path: "/authors/{slug}", id: "put-author", tag: tag, need: actor.TaxonomyWrite,
		summary: "Make or change an author"}, func(ctx context.Context, in *authorInput) (*authorOutput, error) {
		x, err := s.Desk.PutAuthor(ctx, content.Label{Slug: in.Slug, Name: in.Body.Name, Role: in.Body.Role, Description: in.Body.Bio})
		if err != nil {
			return nil, err
		}
		return &authorOutput{AuthorBody{x.Slug, x.Name, x.Role, x.Bio}}, nil
	})
	add(s, route{method: http.MethodPut, path: "/series/{series}/issues/{month}", id: "put-issue", tag: tag, need: actor.TaxonomyWrite,
		summary: "Make or change the issue of a month"}, s.putIssue)
	s.mergers()
}

func (s *service) getCatalogue(ctx context.Context, _ *struct{}) (*catalogueOutput, error) {
	cat, err := s.Desk.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	out := Catalogue{Series: []LabelBody{}, Issues: []IssueBody{}, Topics: []LabelBody{}, Authors: []AuthorBody{}}
	for _, x := range cat.Series {
		out.Series = append(out.Series, LabelBody{x.Slug, x.Name, x.Description})
	}
	for _, x := range cat.Issues {
		out.Issues = append(out.Issues, issueBody(cat.SeriesOf(x).Slug, x))
	}
	for _, x := range cat.Topics {
		out.Topics = append(out.Topics, LabelBody{x.Slug, x.Name, x.Description})
	}
	for _, x := range cat.Authors {
		out.Authors = append(out.Authors, AuthorBody{x.Slug, x.Name, x.Role, x.Bio})
	}
	return &catalogueOutput{out}, nil
}

func issueBody(series string, i *content.Issue) IssueBody {
	return IssueBody{Series: series, Slug: i.Slug, Label: i.Label, Number: i.Number, Title: i.Title, Editorial: i.Editorial, PublishedAt: i.PublishedAt}
}

func (s *service) putIssue(ctx context.Context, in *issueInput) (*issueOutput, error) {
	x, err := s.Desk.PutIssue(ctx, content.IssueInput{
		Series: in.Series, Label: in.Month, Number: in.Body.Number, Title: in.Body.Title, Editorial: in.Body.Editorial,
	})
	if err != nil {
		return nil, err
	}
	return &issueOutput{issueBody(in.Series, x)}, nil
}
