package substack

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"lighttrends/internal/surface/transfer/memberlist"
	"lighttrends/internal/surface/transfer/source"
)

// System is the word of this source.
const System = "substack"

// Export is an export of Substack.
type Export struct {
	zip   *source.Archive
	posts string // posts.csv
	texts string // the folder of texts
	list  string // the subscribers; "" when they are not in it
	count int
}

// Open opens the zip.
func Open(r io.ReaderAt, size int64) (*Export, error) {
	z, err := source.OpenArchive(r, size)
	if err != nil {
		return nil, err
	}
	x := &Export{zip: z}
	for _, name := range z.Names() {
		base := strings.ToLower(path.Base(name))
		switch {
		case base == "posts.csv":
			x.posts, x.texts = name, path.Join(path.Dir(name), "posts")
		case path.Ext(base) == ".csv" && (strings.HasPrefix(base, "email_list") || strings.HasPrefix(base, "subscribers")):
			x.list = name
		}
	}
	if x.posts == "" && x.list == "" {
		return nil, source.Wrong("there is no posts.csv in the zip, and no email_list")
	}
	for range x.rows(x.posts, "post_id") {
		x.count++
	}
	for range x.rows(x.list, "email") {
		x.count++
	}
	return x, nil
}

// rows reads a table of the zip; one that is not there has none.
func (x *Export) rows(name, need string) iter.Seq[source.Row] {
	return func(yield func(source.Row) bool) {
		if name == "" {
			return
		}
		r, err := x.zip.Open(name, source.MaxFile)
		if err != nil {
			yield(source.Row{Line: 1, Err: err})
			return
		}
		defer func() { _ = r.Close() }()
		source.Table(r, need)(yield)
	}
}

// System implements source.Reader.
func (x *Export) System() string { return System }

// Count implements source.Reader.
func (x *Export) Count() int { return x.count }

// Picture implements source.Reader: some put their pictures into the zip.
func (x *Export) Picture(ref string) (*source.Picture, error) { return x.zip.Picture(ref) }

// Entries implements source.Reader: posts first, then subscribers.
func (x *Export) Entries(context.Context) iter.Seq[source.Entry] {
	return func(yield func(source.Entry) bool) {
		for row := range x.rows(x.posts, "post_id") {
			e := source.Entry{Where: source.Line(path.Base(x.posts), row.Line), Err: row.Err}
			if row.Err == nil {
				x.post(&e, row)
			}
			if !yield(e) {
				return
			}
		}
		if x.list == "" {
			return
		}
		r, err := x.zip.Open(x.list, source.MaxFile)
		if err != nil {
			yield(source.Entry{Where: x.list, Err: err})
			return
		}
		defer func() { _ = r.Close() }()
		memberlist.Read(r, x.list)(yield)
	}
}

func (x *Export) post(e *source.Entry, row source.Row) {
	id := row.Get("post_id")
	number, slug, _ := strings.Cut(id, ".")
	n := &source.Note{ID: number, Slug: slug, Title: row.Get("title"), Abstract: row.Get("subtitle")}
	e.Note = n
	if number == "" {
		e.Err = source.Wrong("the post has no post_id")
		return
	}
	switch kind := row.Get("type"); kind {
	case "", "newsletter", "podcast":
	default:
		e.Skip = "a " + kind + ", not a post"
		return
	}
	if slug != "" {
		n.Path = "/p/" + slug
	}
	warn := func(text string) { n.Warnings = append(n.Warnings, text) }
	switch audience := row.Get("audience"); audience {
	case "everyone":
		n.Gate = "public"
	case "only_free":
		n.Gate = "members"
	case "only_paid":
		n.Gate = "paid"
	case "":
		n.Gate = "paid"
		warn("its audience is not told: it is for paying members")
	default:
		n.Gate = "paid"
		warn("its audience, " + audience + ", is for paying members here")
	}
	at, ok := source.When(row.Get("post_date"))
	switch n.At = at; {
	case !source.Yes(row.Get("is_published")):
	case !ok || at.IsZero():
		warn("its date cannot be read: it stays a draft")
	default:
		n.Published = true
	}
	if podcast := row.Get("podcast_url"); podcast != "" {
		warn("the recording did not come along: " + podcast)
	}
	x.text(e, n, id)
}

// text reads the file of the post. Drafts without a title have none.
func (x *Export) text(e *source.Entry, n *source.Note, id string) {
	raw, err := x.zip.Read(path.Join(x.texts, id+".html"), source.MaxText)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		n.Warnings = append(n.Warnings, "its text, posts/"+id+".html, is not in the zip")
	case err != nil:
		e.Err = err
	case !utf8.Valid(raw):
		e.Err = source.Wrong("posts/%s.html is not in UTF-8", id)
	default:
		n.HTML = string(raw)
	}
}
