package contentapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

func (s *service) registerNotes(api *kit.API) {
	security := []map[string][]string{{"contentKey": {}}, {"contentKey": {}, "memberToken": {}}}
	kit.Register(api, huma.Operation{
		OperationID: "list-notes", Method: http.MethodGet, Path: Prefix + "/notes", Tags: []string{"Notes"}, Security: security,
		Summary:     "List published notes",
		Description: "Newest first. Lists hold no text; get one note for that.",
		Responses:   answers[Page](api, "A page of notes"),
		Errors:      []int{400, 401, 403, 404, 422},
	}, s.list)
	kit.Register(api, huma.Operation{
		OperationID: "get-note", Method: http.MethodGet, Path: Prefix + "/notes/{slug}", Tags: []string{"Notes"}, Security: security,
		Summary: "Get a note",
		Description: "With a content key alone: what a stranger may see. With a member's token or session as well: the whole text, " +
			"when the member may read it. A former address answers 301 with the new one.",
		Responses: answers[Note](api, "The note, with as much text as this reader may see"),
		Errors:    []int{401, 403, 404, 410, 422},
	}, s.get)
	kit.Register(api, huma.Operation{
		OperationID: "get-note-version", Method: http.MethodGet, Path: Prefix + "/notes/{slug}/versions/{version}", Tags: []string{"Notes"}, Security: security,
		Summary:     "Get a version of a note, as it is cited",
		Description: "What readers saw from one moment on. It stands behind the gate that the note has today.",
		Responses:   answers[Note](api, "The version, with as much text as this reader may see"),
		Errors:      []int{401, 403, 404, 410, 422},
	}, s.getVersion)
}

// answers describes an answer that is sent as bytes made before.
func answers[T any](api *kit.API, what string) map[string]*huma.Response {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	return map[string]*huma.Response{
		"200": {Description: what, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
		"304": {Description: "Not changed since the ETag in If-None-Match"},
	}
}

// KeyParam lets the content key come as a parameter. It is exported because
// huma does not look into embedded structs that are not.
type KeyParam struct {
	Key string `query:"key" doc:"The content key, where a header cannot be sent"`
}

type listInput struct {
	KeyParam
	Series string `query:"series" maxLength:"96" doc:"Slug of a series"`
	Issue  string `query:"issue" maxLength:"96" doc:"Slug of an issue of that series, such as 2021-07"`
	Topic  string `query:"topic" maxLength:"96" doc:"Slug of a topic"`
	Author string `query:"author" maxLength:"96" doc:"Slug of an author"`
	Kind   string `query:"kind" enum:"newsletter,research-note,perspective,forecast,data"`
	Cursor string `query:"cursor" maxLength:"64" doc:"From the page before"`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
}

func (s *service) list(ctx context.Context, in *listInput) (*huma.StreamResponse, error) {
	q, err := s.query(ctx, in)
	if err != nil {
		return nil, err
	}
	page, err := s.Library.List(ctx, q)
	if err != nil {
		return nil, err
	}
	out := Page{Notes: make([]Summary, len(page.Notes)), Next: page.Next}
	for i, n := range page.Notes {
		out.Notes[i] = s.summary(ctx, n)
	}
	a, err := encode(out)
	return send(ctx, a, err)
}

// query resolves the names a list was asked by. A name that is not known is a
// mistake of the asker, not an empty list.
func (s *service) query(ctx context.Context, in *listInput) (content.Query, error) {
	q := content.Query{Kind: content.Kind(in.Kind), After: in.Cursor, Limit: in.Limit}
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
		if x := cat.IssueBySlug(q.Series, in.Issue); x != nil {
			q.Issue = x.ID
		} else {
			f.Add("issue", "unknown", "There is no such issue. An issue is named together with its series.")
		}
	}
	if in.Topic != "" {
		if x := cat.TopicBySlug(in.Topic); x != nil {
			q.Topic = x.ID
		} else {
			f.Add("topic", "unknown", "There is no such topic.")
		}
	}
	if in.Author != "" {
		if x := cat.AuthorBySlug(in.Author); x != nil {
			q.Author = x.ID
		} else {
			f.Add("author", "unknown", "There is no such author.")
		}
	}
	return q, f.Err()
}

// GetInput names a note. It is exported for the same reason.
type GetInput struct {
	KeyParam
	Slug string `path:"slug" maxLength:"96"`
}

func (s *service) get(ctx context.Context, in *GetInput) (*huma.StreamResponse, error) {
	teaser, err := s.Library.Note(ctx, in.Slug)
	return s.open(ctx, teaser, err, "")
}

type versionInput struct {
	GetInput
	Version int `path:"version" minimum:"1" maximum:"1000000"`
}

func (s *service) getVersion(ctx context.Context, in *versionInput) (*huma.StreamResponse, error) {
	teaser, err := s.Library.Version(ctx, in.Slug, in.Version)
	return s.open(ctx, teaser, err, fmt.Sprintf("/versions/%d", in.Version))
}

// open asks for the decision and gives what it opens; a note that has moved is
// answered with its new address, below which path follows.
func (s *service) open(ctx context.Context, t *content.Teaser, err error, path string) (*huma.StreamResponse, error) {
	var moved *content.Moved
	if errors.As(err, &moved) {
		return s.redirect(moved.Slug + path)
	}
	if err != nil {
		return nil, err
	}
	decide := s.Gatekeeper.Decide
	if kit.Reads(kit.Ctx(ctx)) {
		decide = s.Gatekeeper.Read
	}
	decision, err := decide(ctx, t.Access(), readerOf(ctx))
	if err != nil {
		return nil, err
	}
	a, err := s.note(ctx, t, decision)
	return send(ctx, a, err)
}

// note writes the answer for a decision. It is the same for everybody with
// that decision, so it is made once: kept with the text when the decision is
// full, so that nobody reaches it without one, and with the teaser otherwise.
func (s *service) note(ctx context.Context, t *content.Teaser, d access.Decision) (answer, error) {
	if !d.Full() {
		sold, err := s.sold(ctx, t.ID, d)
		if err != nil {
			return answer{}, err
		}
		return content.Derive(ctx, &t.Derived, answerKey("", d, sold), func(ctx context.Context) (answer, error) {
			return s.encodeBody(ctx, t, nil, d, sold)
		})
	}
	opened, err := s.Library.Open(d)
	if err != nil {
		return answer{}, err
	}
	return content.Derive(ctx, &opened.Derived, answerKey(t.Edition, d, nil), func(ctx context.Context) (answer, error) {
		text, err := opened.Text(ctx)
		if err != nil {
			return answer{}, err
		}
		return s.encodeBody(ctx, t, text, d, nil)
	})
}

// sold is what the note costs this reader on its own, nil when it is not sold so.
func (s *service) sold(ctx context.Context, note uuid.UUID, d access.Decision) (*Price, error) {
	if !d.MayBuy() {
		return nil, nil
	}
	p, err := s.Prices.NotePrice(ctx, note)
	if err != nil || p == nil {
		return nil, err
	}
	return &Price{p.Amount, p.Currency}, nil
}

// answerKey names an answer by all that it says of the decision and the price.
func answerKey(edition string, d access.Decision, sold *Price) string {
	var room [96]byte
	key := append(append(room[:0], edition...), "contentapi "...)
	key = append(append(key, d.Level()...), ' ')
	key = append(key, d.Reason()...)
	for _, u := range d.Unlock() {
		key = append(append(key, ' '), u...)
	}
	if a := d.Allowance(); a != nil {
		key = fmt.Appendf(key, " %d/%d %d", a.Left, a.Limit, a.Resets.Unix())
	}
	if sold != nil {
		key = fmt.Appendf(key, " for %d %s", sold.Amount, sold.Currency)
	}
	return string(key)
}

func (s *service) encodeBody(ctx context.Context, t *content.Teaser, text *content.Text, d access.Decision, sold *Price) (answer, error) {
	n := s.body(ctx, t, text)
	n.Access = accessOf(d, sold)
	if err := s.pin(ctx, &n, t); err != nil {
		return answer{}, err
	}
	if err := s.attach(ctx, &n, t.ID, d); err != nil {
		return answer{}, err
	}
	return encode(n)
}

func (s *service) body(ctx context.Context, t *content.Teaser, text *content.Text) Note {
	n := Note{Summary: s.summary(ctx, &t.Summary), Teaser: part(t.HTML, t.Contents)}
	n.history(t)
	if text != nil {
		p := part(text.HTML, text.Contents)
		n.Text = &p
	}
	return n
}

// pin gives a version in the record the pictures of its time.
func (s *service) pin(ctx context.Context, n *Note, t *content.Teaser) (err error) {
	if t.Newest() || s.Pin == nil {
		return nil
	}
	if n.Teaser.HTML, err = s.Pin(ctx, n.Teaser.HTML, t.Shown.Seen); err != nil || n.Text == nil {
		return err
	}
	n.Text.HTML, err = s.Pin(ctx, n.Text.HTML, t.Shown.Seen)
	return err
}

func (s *service) redirect(slug string) (*huma.StreamResponse, error) {
	return &huma.StreamResponse{Body: func(h huma.Context) {
		h.SetHeader("Location", Prefix+"/notes/"+slug)
		h.SetStatus(http.StatusMovedPermanently)
	}}, nil
}

func encode(v any) (answer, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return answer{b.Bytes(), kit.Tag(b.Bytes())}, err
}
