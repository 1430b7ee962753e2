package wordpress

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"path"
	"strings"

	"lighttrends/internal/surface/transfer/source"
)

// System is the word of this source.
const System = "wordpress"

// Export is an export of WordPress.
type Export struct {
	open    func() (io.ReadCloser, error)
	zip     *source.Archive
	base    string            // address of the site
	authors map[string]author // by login
	files   map[string]string // addresses of attachments by number
	items   int
	broken  error
	letters int // bytes that were no UTF-8
}

// Open opens an export: the XML file, or a zip with it.
func Open(r io.ReaderAt, size int64) (*Export, error) {
	x := &Export{authors: map[string]author{}, files: map[string]string{}}
	x.open = func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(r, 0, size)), nil }
	head := make([]byte, 4)
	if n, _ := r.ReadAt(head, 0); n == 4 && string(head) == "PK\x03\x04" {
		if err := x.unpack(r, size); err != nil {
			return nil, err
		}
	}
	in, err := x.open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	x.letters, x.broken = walk(in, seen{
		author: func(a author) { x.authors[a.Login] = a },
		base:   func(s string) { x.base = s },
		item: func(_ int, i *item, _ error) bool {
			if i.Type == "attachment" && i.File != "" {
				x.files[i.ID] = strings.TrimSpace(i.File)
			}
			if taken(i) {
				x.items++
			}
			return true
		},
	})
	return x, nil
}

func (x *Export) unpack(r io.ReaderAt, size int64) (err error) {
	if x.zip, err = source.OpenArchive(r, size); err != nil {
		return err
	}
	var largest int64 = -1
	for _, name := range x.zip.Names() {
		if path.Ext(name) == ".xml" && x.zip.Size(name) > largest {
			largest = x.zip.Size(name)
			x.open = func() (io.ReadCloser, error) { return x.zip.Open(name, source.MaxFile) }
		}
	}
	if largest < 0 {
		return source.Wrong("there is no XML file in the zip")
	}
	return nil
}

// taken tells which items are entries; menus, revisions, attachments and what
// plugins keep are not spoken of.
func taken(i *item) bool { return i.Type == "post" || i.Type == "page" || i.Type == "" }

// System implements source.Reader.
func (x *Export) System() string { return System }

// Count implements source.Reader.
func (x *Export) Count() int {
	n := x.items
	for _, also := range []bool{x.broken != nil, x.letters > 0} {
		if also {
			n++
		}
	}
	return n
}

// Picture implements source.Reader.
func (x *Export) Picture(ref string) (*source.Picture, error) {
	if x.zip == nil {
		return nil, fs.ErrNotExist
	}
	return x.zip.Picture(ref)
}

// Entries implements source.Reader.
func (x *Export) Entries(context.Context) iter.Seq[source.Entry] {
	return func(yield func(source.Entry) bool) {
		in, err := x.open()
		if err != nil {
			yield(source.Entry{Where: "the file", Err: err})
			return
		}
		defer func() { _ = in.Close() }()
		on := true
		broken, err := walk(in, seen{item: func(line int, i *item, bad error) bool {
			if !taken(i) {
				return true
			}
			e := source.Entry{Where: source.Line("", line), Err: bad}
			x.entry(&e, i)
			on = yield(e)
			return on
		}})
		if on && err != nil {
			on = yield(source.Entry{Where: "the file", Err: err})
		}
		if on && broken > 0 {
			yield(source.Entry{Where: "the file", Skip: fmt.Sprintf("%d bytes of it were no UTF-8; a question mark stands in their place", broken)})
		}
	}
}

// entry makes one item an entry.
func (x *Export) entry(e *source.Entry, i *item) {
	n := &source.Note{
		ID: x.base + "|" + strings.TrimSpace(i.ID), Title: strings.TrimSpace(i.Title), Abstract: plain(i.part("excerpt")),
		SEOTitle: i.meta("_yoast_wpseo_title"), SEODescription: i.meta("_yoast_wpseo_metadesc"),
		Cover: x.files[i.meta("_thumbnail_id")],
	}
	e.Note = n
	switch {
	case i.Type == "page":
		e.Skip = "a page, not a post: put it into the settings' pages by hand"
		return
	case strings.TrimSpace(i.ID) == "":
		e.Err = source.Wrong("the item has no number (wp:post_id)")
		return
	case i.Status == "trash" || i.Status == "auto-draft" || i.Status == "inherit":
		e.Skip = "it was thrown away there (" + i.Status + ")"
		return
	}
	if strings.Contains(n.SEOTitle, "%%") { // a pattern of the plugin, not a title
		n.SEOTitle = ""
	}
	n.Slug = decoded(i.Name)
	if u, err := url.Parse(strings.TrimSpace(i.Link)); err == nil && u.RawQuery == "" {
		n.Path = strings.TrimRight(u.Path, "/")
	}
	body, codes := paragraphs(i.part("content"))
	n.HTML = body + footnotes(i.meta("footnotes"))
	for _, code := range codes {
		n.Warnings = append(n.Warnings, "the shortcode ["+code+"] stands in the text as it is")
	}
	x.when(n, i)
	x.names(n, i)
}

func decoded(slug string) string {
	if s, err := url.PathUnescape(strings.TrimSpace(slug)); err == nil {
		return s
	}
	return slug
}

func (x *Export) when(n *source.Note, i *item) {
	warn := func(text string) { n.Warnings = append(n.Warnings, text) }
	good := true
	for _, said := range []string{i.DateGMT, i.PubDate, i.Date} {
		at, ok := source.When(said)
		good = good && ok
		if !at.IsZero() {
			n.At = at
			break
		}
	}
	switch {
	case i.Password != "":
		warn("it has a password: it stays a draft")
	case i.Status == "private":
		warn("it is private: it stays a draft")
	case i.Status == "future":
		warn("it was scheduled: it stays a draft")
	case i.Status != "publish":
	case n.At.IsZero() && !good:
		warn("its date cannot be read: it stays a draft")
	case n.At.IsZero():
		warn("it has no date: it stays a draft")
	default:
		n.Published = true
	}
}

// names finds the author, and categories and tags as topics.
func (x *Export) names(n *source.Note, i *item) {
	if login := strings.TrimSpace(i.Creator); login != "" {
		a := x.authors[login]
		name := cmp.Or(strings.TrimSpace(a.Display), strings.TrimSpace(a.First+" "+a.Last), login)
		n.Authors = []source.Name{{Name: name}}
	}
	seen := map[string]bool{}
	for _, t := range i.Terms {
		name := strings.TrimSpace(t.Name)
		if t.Domain != "category" && t.Domain != "post_tag" || name == "" || t.Slug == "uncategorized" || seen[strings.ToLower(name)] {
			continue
		}
		seen[strings.ToLower(name)] = true
		n.Topics = append(n.Topics, source.Name{Slug: decoded(t.Slug), Name: name})
	}
}
