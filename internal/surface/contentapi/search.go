package contentapi

import (
	"context"
	"html"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/surface/kit"
)

// Found is a note that a search found.
type Found struct {
	Listed
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
	Included  *Included `json:"included,omitempty" doc:"What include asked for"`
}

func (s *service) registerSearch(api *kit.API) {
	kit.Register(api, huma.Operation{
		OperationID: "search-notes", Method: http.MethodGet, Path: Prefix + "/search", Tags: []string{"Notes"},
		Security: security,
		Summary:  "Search published notes",
		Description: "Words in any form, \"phrases\", -words to leave out, and topic:, author:, issue:, series: and kind: to narrow. " +
			"With a content key alone titles, abstracts, names and what stands above the paywall are searched; with a member's token " +
			"also every word of what this member may read.\n\n" +
			"`filter` narrows what was found, in the grammar of the list of notes. A page can then hold fewer notes than the limit, or none, " +
			"and there are more as long as there is a `next`.",
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
	Filter string `query:"filter" doc:"A condition, in the grammar of the list of notes" example:"kind = data"`
	Shape
}

func (s *service) search(ctx context.Context, in *searchInput) (*huma.StreamResponse, error) {
	w, err := foundShape.read(in.Shape, "")
	if err != nil {
		return nil, err
	}
	q := content.Search{Text: in.Query, Sort: search.Sort(in.Sort), After: in.Cursor, Limit: in.Limit}
	if q.Where, err = s.Library.Condition(ctx, in.Filter); err != nil {
		return nil, err
	}
	if q.Reader, err = s.Gatekeeper.View(ctx, readerOf(ctx)); err != nil {
		return nil, err
	}
	r, err := s.Library.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	v, err := s.finds(ctx, r, q.Reader, w)
	if err != nil {
		return nil, err
	}
	a, err := encode(v, keyNotes)
	a.Link = nextLink(ctx, r.Next)
	return s.send(ctx, a, err)
}

func (s *service) finds(ctx context.Context, r *content.Results, reader access.View, w wanted) (any, error) {
	out := Finds{Notes: make([]Found, len(r.Notes)), Next: r.Next, Corrected: r.Corrected, Proposed: r.Proposed}
	notes := make([]*content.Summary, len(r.Notes))
	for i, f := range r.Notes {
		notes[i] = f.Summary
		listed := Listed{s.summary(ctx, f.Summary), accessOf(reader.Decide(f.Access()), nil)}
		out.Notes[i] = Found{listed, Highlights{marked(f.Title), marked(f.Abstract), marked(f.Excerpt)}}
	}
	for _, u := range r.Unknown {
		out.Unknown = append(out.Unknown, Unknown{u.Name, u.Value, u.Near})
	}
	var err error
	if out.Included, err = s.includedIn(ctx, notes, w); err != nil || w.fields == nil {
		return out, err
	}
	some := pickedFinds{Notes: []any{}, Next: out.Next, Corrected: out.Corrected, Proposed: out.Proposed, Unknown: out.Unknown, Included: out.Included}
	for i := range out.Notes {
		n, err := w.pick(out.Notes[i])
		if err != nil {
			return nil, err
		}
		some.Notes = append(some.Notes, n)
	}
	return some, nil
}

// pickedFinds are notes that were found, of which only some fields are wanted.
type pickedFinds struct {
	Notes     []any     `json:"notes"`
	Next      string    `json:"next,omitempty"`
	Corrected string    `json:"corrected,omitempty"`
	Proposed  string    `json:"proposed,omitempty"`
	Unknown   []Unknown `json:"unknown,omitempty"`
	Included  *Included `json:"included,omitempty"`
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
