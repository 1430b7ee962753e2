package contentapi

import (
	"context"
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

// security is what every operation asks for: a content key, and a member's
// token beside it or not.
var security = []map[string][]string{{"contentKey": {}}, {"contentKey": {}, "memberToken": {}}}

func (s *service) registerNotes(api *kit.API) {
	kit.Register(api, huma.Operation{
		OperationID: "list-notes", Method: http.MethodGet, Path: Prefix + "/notes", Tags: []string{"Notes"}, Security: security,
		Summary:     "List published notes",
		Description: listDescription,
		Responses:   answers[Page](api, "A page of notes"),
		Errors:      []int{400, 401, 403, 404, 422},
	}, s.list)
	kit.Register(api, huma.Operation{
		OperationID: "get-note", Method: http.MethodGet, Path: Prefix + "/notes/{slug}", Tags: []string{"Notes"}, Security: security,
		Summary: "Get a note",
		Description: "By its slug or its id. With a content key alone: what a stranger may see. With a member's token or session as well: " +
			"the whole text, when the member may read it. A former slug answers 301 with the new one, a note that was withdrawn 410.",
		Responses: answers[Note](api, "The note, with as much text as this reader may see"),
		Errors:    []int{400, 401, 403, 404, 410, 422},
	}, s.get)
	kit.Register(api, huma.Operation{
		OperationID: "get-note-version", Method: http.MethodGet, Path: Prefix + "/notes/{slug}/versions/{version}", Tags: []string{"Notes"}, Security: security,
		Summary:     "Get a version of a note, as it is cited",
		Description: "What readers saw from one moment on. It stands behind the gate that the note has today.",
		Responses:   answers[Note](api, "The version, with as much text as this reader may see"),
		Errors:      []int{400, 401, 403, 404, 410, 422},
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

// NoteParam names a note. It is exported because huma does not look into
// embedded structs that are not.
type NoteParam struct {
	KeyParam
	Slug   string `path:"slug" maxLength:"96" doc:"The slug of the note, or its id" example:"film-capacity"`
	Format string `query:"format" enum:"html,markdown,text" default:"html" doc:"In which form teaser and text come"`
}

type getInput struct {
	NoteParam
	Shape
}

func (s *service) get(ctx context.Context, in *getInput) (*huma.StreamResponse, error) {
	w, err := noteShape.read(in.Shape, in.Format)
	if err != nil {
		return nil, err
	}
	slug, err := s.slug(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	teaser, err := s.Library.Note(ctx, slug)
	return s.open(ctx, teaser, err, w, "")
}

// slug takes a slug, or the id of a note, and gives its slug.
func (s *service) slug(ctx context.Context, name string) (string, error) {
	const ofID = 36 // RFC 9562, section 4; Parse takes other spellings, too
	if len(name) != ofID {
		return name, nil
	}
	id, err := uuid.Parse(name)
	if err != nil {
		return name, nil //nolint:nilerr // it is a slug
	}
	slug, err := s.Library.Slug(ctx, id)
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		return name, nil // as it may be one, too
	}
	return slug, err
}

type versionInput struct {
	NoteParam
	Version int `path:"version" minimum:"1" maximum:"1000000"`
}

func (s *service) getVersion(ctx context.Context, in *versionInput) (*huma.StreamResponse, error) {
	slug, err := s.slug(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	teaser, err := s.Library.Version(ctx, slug, in.Version)
	return s.open(ctx, teaser, err, wanted{format: in.Format}, fmt.Sprintf("/versions/%d", in.Version))
}

// open asks for the decision and gives what it opens; a note that has moved is
// answered with its new address, below which path follows.
func (s *service) open(ctx context.Context, t *content.Teaser, err error, w wanted, path string) (*huma.StreamResponse, error) {
	if err != nil {
		var moved *content.Moved
		if errors.As(err, &moved) {
			return s.redirect(ctx, moved.Slug+path)
		}
		return nil, err
	}
	decision, err := s.decide(ctx, t)
	if err != nil {
		return nil, err
	}
	a, err := s.note(ctx, t, decision, w)
	return s.send(ctx, a, err)
}

// decide asks for the decision; asking for a note in full counts as reading it.
func (s *service) decide(ctx context.Context, t *content.Teaser) (access.Decision, error) {
	if kit.Reads(kit.Ctx(ctx)) {
		who := readerOf(ctx)
		who.Surface = surface
		return s.Gatekeeper.Read(ctx, t.Access(), who)
	}
	return s.Gatekeeper.Decide(ctx, t.Access(), readerOf(ctx))
}

// note writes the answer for a decision. It is the same for everybody with
// that decision, so it is made once: kept with the text when the decision is
// full, so that nobody reaches it without one, and with the teaser otherwise.
// One with a shape of its own is made each time: there are too many of them.
func (s *service) note(ctx context.Context, t *content.Teaser, d access.Decision, w wanted) (kit.Answer, error) {
	if d.Full() {
		opened, err := s.Library.Open(d)
		if err != nil {
			return kit.Answer{}, err
		}
		key := answerKey(t.Edition, d, nil)
		if a, ok := s.found(ctx, &opened.Derived, key, w); ok {
			return a, nil
		}
		return s.whole(ctx, t, opened, d, key, w)
	}
	sold, err := s.sold(ctx, t.ID, d)
	if err != nil {
		return kit.Answer{}, err
	}
	key := answerKey("", d, sold)
	if a, ok := s.found(ctx, &t.Derived, key, w); ok {
		return a, nil
	}
	return s.made(ctx, &t.Derived, key, w, func(ctx context.Context) (Note, error) { return s.body(ctx, t, nil, d, sold, w) })
}

func (s *service) whole(ctx context.Context, t *content.Teaser, opened content.Opened, d access.Decision, key string, w wanted) (kit.Answer, error) {
	return s.made(ctx, &opened.Derived, key, w, func(ctx context.Context) (Note, error) {
		text, err := opened.Text(ctx)
		if err != nil {
			return Note{}, err
		}
		return s.body(ctx, t, text, d, nil, w)
	})
}

// found is the usual case of made, told apart because a request that finds its
// answer should cost next to nothing.
func (s *service) found(ctx context.Context, from *content.Derived, key string, w wanted) (kit.Answer, bool) {
	if !w.plain() {
		return kit.Answer{}, false
	}
	return content.Made[kit.Answer](from, kit.Coding(kit.Ctx(ctx))+w.name(key))
}

func (s *service) made(ctx context.Context, from *content.Derived, key string, w wanted, body func(context.Context) (Note, error)) (kit.Answer, error) {
	if w.plain() {
		return s.kept(ctx, from, w.name(key), func(ctx context.Context) (kit.Answer, error) {
			n, err := body(ctx)
			if err != nil {
				return kit.Answer{}, err
			}
			return encode(n, n.keys())
		})
	}
	n, err := body(ctx)
	if err != nil {
		return kit.Answer{}, err
	}
	keys := n.keys()
	if n.Included != nil {
		keys += " " + keyNotes
	}
	v, err := w.pick(n)
	if err != nil {
		return kit.Answer{}, err
	}
	return encode(v, keys)
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

// body is a note with as much as the decision opens: text is nil when it does
// not open the text.
func (s *service) body(ctx context.Context, t *content.Teaser, text *content.Text, d access.Decision, sold *Price, w wanted) (Note, error) {
	n := Note{Summary: s.summary(ctx, &t.Summary), Access: accessOf(d, sold)}
	n.history(t)
	say, err := s.speech(ctx, w.tongue)
	if err != nil {
		return n, err
	}
	n.Teaser = part(func() string { return say.of(t.HTML) }, t.Plain, func() string { return t.Markdown(s.BaseURL) }, t.Contents, w.format)
	if text != nil {
		p := part(func() string { return say.of(text.HTML) }, text.Plain, func() string { return text.Source() + "\n" }, text.Contents, w.format)
		n.Text = &p
	}
	if err := s.pin(ctx, &n, t); err != nil {
		return n, err
	}
	if err := s.attach(ctx, &n, t.ID, d); err != nil {
		return n, err
	}
	return n, s.include(ctx, &n, t, w)
}

// pin gives a version in the record the pictures of its time.
func (s *service) pin(ctx context.Context, n *Note, t *content.Teaser) (err error) {
	if t.Newest() || s.Pin == nil {
		return nil
	}
	for _, p := range []*Part{&n.Teaser, n.Text} {
		if p != nil && p.HTML != nil && err == nil {
			*p.HTML, err = s.Pin(ctx, *p.HTML, t.Shown.Seen)
		}
	}
	return err
}

// redirect leads to the present address, with the parameters that were sent.
// The key is not among them where it came in the address: it would be kept.
func (s *service) redirect(ctx context.Context, slug string) (*huma.StreamResponse, error) {
	return s.redirectTo(ctx, "/notes/"+slug, keyNotes)
}

// redirectTo leads on within this API; key is the name under which caches know it.
func (*service) redirectTo(ctx context.Context, path, key string) (*huma.StreamResponse, error) {
	c := kit.Ctx(ctx)
	to := Prefix + path + kit.QueryWithout(c, "key")
	return &huma.StreamResponse{Body: func(huma.Context) {
		c.Set("Surrogate-Key", key)
		c.Set("Cache-Tag", key)
		_ = kit.Moved(c, to) // it writes headers
	}}, nil
}
