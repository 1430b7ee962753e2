package contentapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Series is a run of issues.
type Series struct {
	ID          string `json:"id" format:"uuid"`
	Slug        string `json:"slug" example:"letter"`
	Name        string `json:"name" example:"LightTrends Newsletter"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url" doc:"Its page on the portal"`
}

// Topic is a subject that notes are about.
type Topic struct {
	ID          string `json:"id" format:"uuid"`
	Slug        string `json:"slug" example:"film-foundries"`
	Name        string `json:"name" example:"Film Foundries"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url" doc:"Its page on the portal"`
}

// Author is an analyst.
type Author struct {
	ID   string `json:"id" format:"uuid"`
	Slug string `json:"slug" example:"ada-lind"`
	Name string `json:"name" example:"Ada Lind"`
	Role string `json:"role,omitempty" example:"Film foundries"`
	Bio  string `json:"bio,omitempty"`
	URL  string `json:"url" doc:"Their page on the portal"`
}

func (s *service) author(a *content.Author) Author {
	return Author{a.ID.String(), a.Slug, a.Name, a.Role, a.Bio, s.BaseURL + "/authors/" + a.Slug}
}

func (s *service) topic(t *content.Topic) Topic {
	return Topic{t.ID.String(), t.Slug, t.Name, t.Description, s.BaseURL + "/topics/" + t.Slug}
}

func (s *service) series(x *content.Series) Series {
	return Series{x.ID.String(), x.Slug, x.Name, x.Description, s.BaseURL + "/series/" + x.Slug}
}

// What is not there.
var (
	errNoSeries = fault.New(fault.NotFound, "series_not_found", "There is no such series.")
	errNoTopic  = fault.New(fault.NotFound, "topic_not_found", "There is no such topic.")
	errNoAuthor = fault.New(fault.NotFound, "author_not_found", "There is no such author.")
)

// SeriesList are all series.
type SeriesList struct {
	Series []Series `json:"series"`
}

// TopicList are all topics.
type TopicList struct {
	Topics []Topic `json:"topics"`
}

// AuthorList are all authors.
type AuthorList struct {
	Authors []Author `json:"authors"`
}

// nameInput names one of them.
type nameInput struct {
	KeyParam
	Name string `path:"name" maxLength:"96" doc:"A slug or an id"`
}

type plainInput struct{ KeyParam }

func (s *service) registerNames(api *kit.API) {
	add(api, "list-series", "/series", "Series", "List all series", "By name.", answers[SeriesList](api, "All series"), s.listSeries)
	add(api, "get-series", "/series/{name}", "Series", "Get a series", "By its slug or its id.", answers[Series](api, "The series"), s.getSeries)
	add(api, "list-topics", "/topics", "Topics", "List all topics", "By name.", answers[TopicList](api, "All topics"), s.listTopics)
	add(api, "get-topic", "/topics/{name}", "Topics", "Get a topic", "By its slug or its id. Those of a topic that became part of another answer 301 with it.", answers[Topic](api, "The topic"), s.getTopic)
	add(api, "list-authors", "/authors", "Authors", "List all authors", "By name.", answers[AuthorList](api, "All authors"), s.listAuthors)
	add(api, "get-author", "/authors/{name}", "Authors", "Get an author", "By the slug or the id. Those of a double that was merged answer 301 with the author.", answers[Author](api, "The author"), s.getAuthor)
}

// add registers an operation that only reads.
func add[I any](api *kit.API, id, path, tag, summary, description string, replies map[string]*huma.Response, h func(context.Context, *I) (*huma.StreamResponse, error), more ...int) {
	kit.Register(api, huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: Prefix + path, Tags: []string{tag}, Security: security, Summary: summary, Description: description,
		Responses: replies, Errors: append([]int{400, 401, 403, 404, 422}, more...),
	}, h)
}

// mapped writes each element of a list.
func mapped[A, B any](list []*A, f func(*A) B) []B {
	out := make([]B, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// named finds what has a slug or an id.
func named[A any](list []*A, name string, of func(*A) (uuid.UUID, string), missing error) (*A, error) {
	at := slices.IndexFunc(list, func(x *A) bool {
		id, slug := of(x)
		return slug == name || id.String() == name
	})
	if at < 0 {
		return nil, missing
	}
	return list[at], nil
}

func (s *service) listSeries(ctx context.Context, _ *plainInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	a, err := encode(SeriesList{mapped(cat.Series, s.series)}, keySeries)
	return s.send(ctx, a, err)
}

func (s *service) getSeries(ctx context.Context, in *nameInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	x, err := named(cat.Series, in.Name, func(x *content.Series) (uuid.UUID, string) { return x.ID, x.Slug }, errNoSeries)
	if err != nil {
		return nil, err
	}
	a, err := encode(s.series(x), content.ChangedSeries+"-"+x.Slug)
	return s.send(ctx, a, err)
}

func (s *service) listTopics(ctx context.Context, _ *plainInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	a, err := encode(TopicList{mapped(cat.Topics, s.topic)}, keyTopics)
	return s.send(ctx, a, err)
}

func (s *service) getTopic(ctx context.Context, in *nameInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	x, err := named(cat.Topics, in.Name, func(x *content.Topic) (uuid.UUID, string) { return x.ID, x.Slug }, errNoTopic)
	if now := cat.TopicNow(in.Name); err != nil && now != nil {
		return s.redirectTo(ctx, "/topics/"+now.Slug, keyTopics)
	}
	if err != nil {
		return nil, err
	}
	a, err := encode(s.topic(x), content.ChangedTopic+"-"+x.Slug)
	return s.send(ctx, a, err)
}

func (s *service) listAuthors(ctx context.Context, _ *plainInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	a, err := encode(AuthorList{mapped(cat.Authors, s.author)}, keyAuthors)
	return s.send(ctx, a, err)
}

func (s *service) getAuthor(ctx context.Context, in *nameInput) (*huma.StreamResponse, error) {
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	x, err := named(cat.Authors, in.Name, func(x *content.Author) (uuid.UUID, string) { return x.ID, x.Slug }, errNoAuthor)
	if now := cat.AuthorNow(in.Name); err != nil && now != nil {
		return s.redirectTo(ctx, "/authors/"+now.Slug, keyAuthors)
	}
	if err != nil {
		return nil, err
	}
	a, err := encode(s.author(x), content.ChangedAuthor+"-"+x.Slug)
	return s.send(ctx, a, err)
}
