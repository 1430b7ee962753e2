package mcp

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/fault"
)

// found is a note as lists tell of it.
type found struct {
	Slug      string   `json:"slug"`
	Title     string   `json:"title"`
	Kind      string   `json:"kind"`
	Abstract  string   `json:"abstract"`
	Excerpt   string   `json:"excerpt,omitempty"`
	Authors   []string `json:"authors,omitempty"`
	Topics    []string `json:"topics,omitempty"`
	Issue     string   `json:"issue,omitempty"`
	Published string   `json:"published"`
	Updated   string   `json:"updated,omitempty"`
	Correct   string   `json:"correction,omitempty"`
	Gate      string   `json:"gate"`
	Access    string   `json:"access"` // what read_note would give now: full or teaser
	URL       string   `json:"url"`
}

func (s *service) found(n *content.Summary, v access.View) found {
	out := found{
		Slug: n.Slug, Title: n.Title, Kind: string(n.Kind), Abstract: n.Abstract, Authors: names(n.Authors), Published: day(n.PublishedAt),
		Gate: string(n.Gate), Access: "teaser", URL: s.BaseURL + "/notes/" + n.Slug,
	}
	for _, t := range n.Topics {
		out.Topics = append(out.Topics, t.Slug)
	}
	if n.Series != nil && n.Issue != nil {
		out.Issue = n.Series.Name + ", " + n.Issue.Label
	}
	if n.RevisedAt != nil {
		out.Updated = day(*n.RevisedAt)
	}
	if v.Decide(n.Access()).Full() {
		out.Access = "full"
	}
	return out
}

type searchArgs struct {
	Query  string `json:"query"`
	Sort   string `json:"sort"`
	Limit  int    `json:"limit"`
	Cursor string `json:"cursor"`
}

func (in *searchArgs) check() error {
	var f fault.Fields
	in.Query = strings.TrimSpace(in.Query)
	f.Required("query", in.Query)
	f.MaxRunes("query", in.Query, 200)
	f.Check(in.Sort == "" || in.Sort == "best" || in.Sort == "recent", "sort", "unknown", "best or recent.")
	if err := f.Err(); err != nil {
		return err
	}
	return within("limit", &in.Limit, 10, 20)
}

// search looks through what is public, and through the text of what the program
// may read.
func (s *service) search(ctx context.Context, args json.RawMessage) (any, error) {
	var in searchArgs
	if err := read(args, &in); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	view, err := s.Gatekeeper.ViewForAI(ctx, readerOf(ctx))
	if err != nil {
		return nil, err
	}
	r, err := s.Library.Search(ctx, content.Search{Text: in.Query, Sort: search.Sort(in.Sort), After: in.Cursor, Limit: in.Limit, Reader: view})
	if err != nil {
		return nil, err
	}
	var out struct {
		Notes     []found  `json:"notes"`
		Next      string   `json:"next,omitempty"`
		Corrected string   `json:"searched_for,omitempty"`
		Proposed  string   `json:"meant,omitempty"`
		Unknown   []string `json:"unknown_names,omitempty"`
	}
	out.Next, out.Corrected, out.Proposed = r.Next, r.Corrected, r.Proposed
	if out.Notes, err = s.glimpses(ctx, r.Notes, view); err != nil {
		return nil, err
	}
	for _, u := range r.Unknown {
		out.Unknown = append(out.Unknown, u.Name+":"+u.Value)
	}
	return out, nil
}

// glimpses writes what was found, with some of its text. What shows of a text
// that takes a licence is recorded, and left out when the day's words are used
// up: whoever asks often enough would read it all.
func (s *service) glimpses(ctx context.Context, all []content.Found, view access.View) ([]found, error) {
	out, licensed, shown := make([]found, len(all)), make([]bool, len(all)), []library.Use(nil)
	for i, f := range all {
		out[i] = s.found(f.Summary, view)
		out[i].Excerpt = plain(f.Excerpt)
		if licensed[i] = f.Gate != access.Public && out[i].Access == "full" && out[i].Excerpt != ""; licensed[i] {
			shown = append(shown, library.Use{Member: readerOf(ctx).Member, Note: f.ID, Surface: Surface, Words: len(strings.Fields(out[i].Excerpt))})
		}
	}
	enough, err := s.Recorder.Glimpses(ctx, shown, s.Caps)
	for i := range out {
		if licensed[i] && !enough {
			out[i].Excerpt = ""
		}
	}
	return out, err
}

func plain(spans []search.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

type changesArgs struct {
	Since string `json:"since"`
	Limit int    `json:"limit"`
}

func (s *service) listChanges(ctx context.Context, args json.RawMessage) (any, error) {
	var in changesArgs
	if err := read(args, &in); err != nil {
		return nil, err
	}
	since, err := moment(in.Since)
	if err != nil {
		return nil, err
	}
	if err := within("limit", &in.Limit, 20, 50); err != nil {
		return nil, err
	}
	view, err := s.Gatekeeper.ViewForAI(ctx, readerOf(ctx))
	if err != nil {
		return nil, err
	}
	list, more, err := s.Library.ChangedSince(ctx, since, in.Limit)
	if err != nil {
		return nil, err
	}
	wrong, err := s.Library.CorrectionsSince(ctx, since, list)
	if err != nil {
		return nil, err
	}
	out := struct {
		Notes []found `json:"notes"`
		More  bool    `json:"more,omitempty"`
	}{[]found{}, more}
	for _, n := range list {
		x := s.found(n, view)
		x.Correct = wrong[n.ID]
		out.Notes = append(out.Notes, x)
	}
	return out, nil
}

func moment(text string) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return at, nil
		}
	}
	var f fault.Fields
	f.Add("since", "bad_moment", "A day as 2026-07-01, or a moment as 2026-07-01T09:00:00Z.")
	return time.Time{}, f.Err()
}
