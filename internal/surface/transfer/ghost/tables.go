package ghost

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"lighttrends/internal/surface/transfer/source"
)

type text = source.Text

type post struct {
	ID              text `json:"id"`
	Title           text `json:"title"`
	Slug            text `json:"slug"`
	HTML            text `json:"html"`
	Markdown        text `json:"markdown"` // of the first versions
	Lexical         text `json:"lexical"`
	Mobiledoc       text `json:"mobiledoc"`
	FeatureImage    text `json:"feature_image"`
	Image           text `json:"image"` // of the first versions
	Type            text `json:"type"`
	Page            text `json:"page"` // of the first versions
	Status          text `json:"status"`
	Visibility      text `json:"visibility"`
	CreatedAt       text `json:"created_at"`
	PublishedAt     text `json:"published_at"`
	CustomExcerpt   text `json:"custom_excerpt"`
	MetaTitle       text `json:"meta_title"`
	MetaDescription text `json:"meta_description"`
	AuthorID        text `json:"author_id"`
}

type meta struct {
	PostID          text `json:"post_id"`
	ImageAlt        text `json:"feature_image_alt"`
	MetaTitle       text `json:"meta_title"`
	MetaDescription text `json:"meta_description"`
	EmailOnly       text `json:"email_only"`
}

type named struct {
	ID         text `json:"id"`
	Slug       text `json:"slug"`
	Name       text `json:"name"`
	Visibility text `json:"visibility"`
}

type link struct {
	PostID    text `json:"post_id"`
	TagID     text `json:"tag_id"`
	AuthorID  text `json:"author_id"`
	ProductID text `json:"product_id"`
	Order     text `json:"sort_order"`
}

// tables are all of an export but its posts.
type tables struct {
	posts                  int
	tags, users, products  map[text]named
	meta                   map[text]meta
	tagsOf, usersOf, tiers map[text][]link
}

func newTables() *tables {
	return &tables{
		tags: map[text]named{}, users: map[text]named{}, products: map[text]named{}, meta: map[text]meta{},
		tagsOf: map[text][]link{}, usersOf: map[text][]link{}, tiers: map[text][]link{},
	}
}

// walk reads the stream and gives each row of each table with a function that
// decodes it. An error of decode is the row's; one of walk ends the file.
func walk(r io.Reader, row func(table string, n int, decode func(any) error) (more bool)) error {
	g := source.NewGuard(r)
	d := json.NewDecoder(g)
	w := &walker{d: d, g: g, row: row}
	err := w.object(func(key string) error {
		switch key {
		case "db":
			return w.list(func(int) error { return w.object(w.inDB) })
		case "data":
			return w.object(w.table)
		}
		return w.skip()
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	if err == nil && !w.found {
		return source.Wrong("this is not an export of Ghost: there is no data in it")
	}
	return said(err, d.InputOffset())
}

var errEnough = errors.New("ghost: enough")

type walker struct {
	d     *json.Decoder
	g     *source.Guard
	row   func(string, int, func(any) error) bool
	found bool
}

func (w *walker) inDB(key string) error {
	if key == "data" {
		return w.object(w.table)
	}
	return w.skip()
}

// table gives the rows of one table; what is no list is skipped.
func (w *walker) table(name string) error {
	w.found = true
	return w.list(func(n int) error {
		w.g.Next()
		var failed error
		read := false
		if !w.row(name, n, func(into any) error {
			read = true
			err := w.d.Decode(into)
			if !passable(err) {
				failed = err
			}
			return err
		}) {
			return errEnough
		}
		if !read {
			return w.skip()
		}
		return failed
	})
}

// passable tells an error of a value, behind which the stream goes on.
func passable(err error) bool {
	var kind *json.UnmarshalTypeError
	var f *source.Fault
	return err == nil || errors.As(err, &kind) || errors.As(err, &f) && !strings.HasPrefix(f.Text, "one entry")
}

func (w *walker) object(field func(key string) error) error {
	return w.open('{', func() error {
		t, err := w.d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		return field(key)
	})
}

func (w *walker) list(item func(n int) error) error {
	n := -1
	return w.open('[', func() error {
		n++
		return item(n)
	})
}

// open reads an object or a list; a value of another kind is skipped.
func (w *walker) open(kind json.Delim, each func() error) error {
	t, err := w.d.Token()
	if err != nil {
		return err
	}
	got, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	for w.d.More() {
		if got != kind {
			err = w.anything(got)
		} else {
			err = each()
		}
		if err != nil {
			return err
		}
		w.g.Next()
	}
	_, err = w.d.Token()
	return err
}

func (w *walker) anything(in json.Delim) error {
	if in == '{' {
		if _, err := w.d.Token(); err != nil {
			return err
		}
	}
	return w.skip()
}

// skip passes over a value, which the guard bounds.
func (w *walker) skip() error {
	var nothing struct{}
	err := w.d.Decode(&nothing)
	if passable(err) {
		return nil
	}
	return err
}

// said turns what the decoder met into words, with the place in the file.
func said(err error, at int64) error {
	if err == nil {
		return nil
	}
	var f *source.Fault
	if errors.As(err, &f) {
		return f
	}
	var s *json.SyntaxError
	switch {
	case errors.As(err, &s):
		return source.Wrong("the JSON is broken after %d bytes; nothing behind that was read", s.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return source.Wrong("the file ends in the middle, after %d bytes", at)
	}
	return err
}

// collect reads everything but the posts.
func (t *tables) collect(r io.Reader) error {
	return walk(r, func(table string, _ int, decode func(any) error) bool {
		switch table {
		case "posts":
			var nothing struct{}
			if passable(decode(&nothing)) {
				t.posts++
			}
		case "tags":
			put(decode, func(x named) { t.tags[x.ID] = x })
		case "users":
			put(decode, func(x named) { t.users[x.ID] = x })
		case "products", "tiers":
			put(decode, func(x named) { t.products[x.ID] = x })
		case "posts_meta":
			put(decode, func(x meta) { t.meta[x.PostID] = x })
		case "posts_tags":
			put(decode, func(x link) { t.tagsOf[x.PostID] = append(t.tagsOf[x.PostID], x) })
		case "posts_authors":
			put(decode, func(x link) { t.usersOf[x.PostID] = append(t.usersOf[x.PostID], x) })
		case "posts_products", "posts_tiers":
			put(decode, func(x link) { t.tiers[x.PostID] = append(t.tiers[x.PostID], x) })
		}
		return true
	})
}

// put keeps a row that can be read; one that cannot is as if it were not there.
func put[T any](decode func(any) error, keep func(T)) {
	var x T
	if decode(&x) == nil {
		keep(x)
	}
}
