package contentapi

import (
	"context"
	"html"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/surface/kit"
)

// Found is a note that a search found.
type Found struct {
	Summary
	Highlights Highlights `json:"highlights"`
}

// Highlights are HTML, escaped but for the mark elements around what was found.
type Highlights struct {
	Title    string `json:"title" example:"Film <mark>capacity</mark>" doc:"HTML: escaped text with mark elements"`
	Abstract string `json:"abstract" doc:"HTML: escaped text with mark elements"`
	Excerpt  string `json:"excerpt,omitempty" doc:"HTML, from the text that this reader may read; absent when title and abstract have all the words"`
}

// Unknown is a name in a search that nothing is called by.
type Unknown struct {
	Field string `json:"field" example:"topic"`
	Value string `json:"value" example:"flim"`
	Near  string `json:"near,omitempty" example:"Film" doc:"What may have been meant"`
}

// Finds is a part of what was found.
type Finds struct {
	Notes     []Found   `json:"notes"`
	Next      string    `json:"next,omitempty" doc:"Send it as cursor to get the following page; absent at the end"`
	Corrected string    `json:"corrected,omitempty" doc:"What was searched for instead, because no note has the words"`
	Proposed  string    `json:"proposed,omitempty" doc:"What may have been meant, because few notes have the words"`
	Unknown   []Unknown `json:"unknown,omitempty"`
}

func (s *service) registerSearch(api *kit.API) {
	kit.Register(api, huma.Operation{
		OperationID: "search-notes", Method: http.MethodGet, Path: Prefix + "/search", Tags: []string{"Notes"},
		Security: []map[string][]string{{"contentKey": {}}, {"contentKey": {}, "memberToken": {}}},
		Summary:  "Search published notes",
		Description: "Words in any form, \"phrases\", -words to leave out, and topic:, author:, issue:, series: and kind: to narrow. " +
			"With a content key alone titles, abstracts, names and what stands above the paywall are searched; with a member's token " +
			"also every word of what this member may read.",
		Responses: answers[Finds](api, "A page of notes"),
		Errors:    []int{400, 401, 403, 422},
	}, s.search)
}

type searchInput struct {
	KeyParam
	Query  string `query:"q" required:"true" minLength:"1" maxLength:"200" example:"film \"lead time\" topic:foundries"`
	Sort   string `query:"sort" enum:"best,recent" default:"best" doc:"best: all words in the title first, then in abstract and names, then in the text; newest first within each"`
	Cursor string `query:"cursor" maxLength:"64" doc:"From the page before"`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"50"`
}

func (s *service) search(ctx context.Context, in *searchInput) (*huma.StreamResponse, error) {
	holds, err := s.Gatekeeper.View(ctx, readerOf(ctx))
	if err != nil {
		return nil, err
	}
	r, err := s.Library.Search(ctx, content.Search{
		Text: in.Query, Sort: search.Sort(in.Sort), After: in.Cursor, Limit: in.Limit, Reader: holds,
	})
	if err != nil {
		return nil, err
	}
	out := Finds{Notes: make([]Found, len(r.Notes)), Next: r.Next, Corrected: r.Corrected, Proposed: r.Proposed}
	for i, f := range r.Notes {
		out.Notes[i] = Found{s.summary(ctx, f.Summary), Highlights{marked(f.Title), marked(f.Abstract), marked(f.Excerpt)}}
	}
	for _, u := range r.Unknown {
		out.Unknown = append(out.Unknown, Unknown{u.Name, u.Value, u.Near})
	}
	a, err := encode(out)
	return send(ctx, a, err)
}

// marked writes spans as HTML.
func marked(spans []search.Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Marked {
			b.WriteString("<mark>" + html.EscapeString(s.Text) + "</mark>")
		} else {
			b.WriteString(html.EscapeString(s.Text))
		}
	}
	return b.String()
}
