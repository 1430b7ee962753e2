package contentapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

const listDescription = "Newest first, if nothing else is asked for. Lists hold no text; get one note for that.\n\n" + filterDescription +
	"\n\n`sort` is one of `published_at`, `changed_at`, `title` and `minutes`, with a hyphen before it from the greatest to the least. " +
	"`cursor` and `limit` walk through the list; a cursor belongs to its order and is refused with another. `total` counts all pages.\n\n" +
	"Parameters that narrow the list in different ways narrow it together."

const filterDescription = "`filter` is a condition on what everybody may know of a note:\n\n" +
	"- `kind = data`, `gate != public`, `plan = house`, `slug = film-capacity`, `title = \"Film capacity\"`\n" +
	"- `series = letter`, `issue = letter/2021-07`, `topic = film`, `author = ada-lind`; `topic in (film, glass)`, `author not in (ada-lind)`\n" +
	"- `minutes >= 5`, `words = 1000..2000`, `figures > 0`, `tables = ..3`: numbers, and spans that hold both their ends\n" +
	"- `published_at >= 2021`, `changed_at = 2021-07`, `updated_at = 2021-07-01..2021-07-15`, `published_at < 2021-07-15T08:00:00Z`: " +
	"a moment, or all of a day, a month or a year (UTC)\n" +
	"- `series = null`, `issue`, `topic`, `author`, `updated_at`, `cover != null`, and `words`, `figures` and `tables` of public notes: what is not there\n" +
	"- `and`, `or`, `not` and parentheses; `and` binds closer than `or`\n\n" +
	"Values with characters other than letters, digits and `-_:/+.` stand in double quotes, in which a backslash keeps the next character. " +
	"A comparison with what is not there is false, and its opposite true: `series != letter` finds notes without a series, too. " +
	"A filter has at most 2000 bytes, 50 values and 10 levels."

type listInput struct {
	KeyParam
	Series string `query:"series" maxLength:"96" doc:"Slug of a series"`
	Issue  string `query:"issue" maxLength:"96" doc:"Slug of an issue of that series, such as 2021-07"`
	Topic  string `query:"topic" maxLength:"96" doc:"Slug of a topic"`
	Author string `query:"author" maxLength:"96" doc:"Slug of an author"`
	Kind   string `query:"kind" enum:"newsletter,research-note,perspective,forecast,data"`
	Filter string `query:"filter" doc:"A condition, in the grammar that is described above" example:"topic in (film, glass) and minutes <= 10"`
	Sort   string `query:"sort" doc:"-published_at, published_at, -changed_at, changed_at, title, -title, minutes or -minutes" example:"-changed_at"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"From the page before"`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
	Total  bool   `query:"total" doc:"Count all notes of the list"`
	Shape
}

func (s *service) list(ctx context.Context, in *listInput) (*huma.StreamResponse, error) {
	w, err := listShape.read(in.Shape, "")
	if err != nil {
		return nil, err
	}
	q, err := s.query(ctx, in)
	if err != nil {
		return nil, err
	}
	page, err := s.Library.List(ctx, q)
	if err != nil {
		return nil, err
	}
	a, err := s.page(ctx, page, q.Total, w)
	a.Link = nextLink(ctx, page.Next)
	return s.send(ctx, a, err)
}

// page writes a page of a list. What strangers get is kept with it.
func (s *service) page(ctx context.Context, page *content.Page, total bool, w wanted) (kit.Answer, error) {
	who := readerOf(ctx)
	build := func(ctx context.Context) (out Page, err error) {
		out.Next = page.Next
		if out.Included, err = s.includedIn(ctx, page.Notes, w); err != nil {
			return out, err
		}
		if total {
			out.Total = &page.Total
		}
		out.Notes, err = s.listed(ctx, who, page.Notes)
		return out, err
	}
	if w.plain() && who == (access.Reader{}) {
		return s.kept(ctx, &page.Derived, "contentapi", func(ctx context.Context) (kit.Answer, error) {
			out, err := build(ctx)
			if err != nil {
				return kit.Answer{}, err
			}
			return encode(out, keyNotes)
		})
	}
	out, err := build(ctx)
	if err != nil {
		return kit.Answer{}, err
	}
	v, err := w.pickEach(out)
	if err != nil {
		return kit.Answer{}, err
	}
	return encode(v, keyNotes)
}

// listed writes notes with what was decided for a reader. Whether a note is
// sold on its own is told by the note itself.
func (s *service) listed(ctx context.Context, who access.Reader, notes []*content.Summary) ([]Listed, error) {
	view, err := s.Gatekeeper.View(ctx, who)
	if err != nil {
		return nil, err
	}
	out := make([]Listed, len(notes))
	for i, n := range notes {
		out[i] = Listed{s.summary(ctx, n), accessOf(view.Decide(n.Access()), nil)}
	}
	return out, nil
}

// query resolves the names a list was asked by. A name that is not known is a
// mistake of the asker, not an empty list.
func (s *service) query(ctx context.Context, in *listInput) (q content.Query, err error) {
	q = content.Query{Kind: content.Kind(in.Kind), After: in.Cursor, Limit: in.Limit, Total: in.Total}
	if q.Order, err = content.ParseOrder(in.Sort); err != nil {
		return q, err
	}
	if q.Where, err = s.Library.Condition(ctx, in.Filter); err != nil {
		return q, err
	}
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return q, err
	}
	var f fault.Fields
	if in.Series != "" {
		if x := cat.SeriesBySlug(in.Series); x != nil {
			q.Series = x.ID
		} else {
			f.Add("series", "unknown", "There is no such series.")
		}
	}
	if in.Issue != "" {
		if x := cat.IssueBySlug(q.Series, in.Issue); s.known(x) {
			q.Issue = x.ID
		} else {
			f.Add("issue", "unknown", "There is no such issue. An issue is named together with its series.")
		}
	}
	if in.Topic != "" {
		if x := cat.TopicAt(in.Topic); x != nil {
			q.Topic = x.ID
		} else {
			f.Add("topic", "unknown", "There is no such topic.")
		}
	}
	if in.Author != "" {
		if x := cat.AuthorAt(in.Author); x != nil {
			q.Author = x.ID
		} else {
			f.Add("author", "unknown", "There is no such author.")
		}
	}
	if err := fault.Of(f.Err()); err != nil {
		err.Kind, err.Code, err.Message = fault.BadRequest, "unknown_name", "Something was asked for that is not there."
		return q, err
	}
	return q, nil
}

// nextLink is the Link header of a page that is not the last (RFC 8288).
func nextLink(ctx context.Context, next string) string {
	if next == "" {
		return ""
	}
	c := kit.Ctx(ctx)
	query := kit.QueryWithout(c, "key", "cursor")
	if query == "" {
		query = "?"
	} else {
		query += "&"
	}
	return "<" + c.Path() + query + "cursor=" + next + `>; rel="next"`
}
