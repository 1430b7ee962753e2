package ghost

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"lighttrends/internal/surface/transfer/memberlist"
	"lighttrends/internal/surface/transfer/source"
)

// System is the word of this source.
const System = "ghost"

// Export is an export of Ghost.
type Export struct {
	posts   func() (io.ReadCloser, error) // nil: there is none
	members func() (io.ReadCloser, error)
	list    string // the members' file
	zip     *source.Archive
	tables  *tables
	broken  error // met while the tables were read; said at the end as well
	readers int
}

// Open opens an export. posts is the JSON, or a zip with it; members may be
// nil.
func Open(posts io.ReaderAt, size int64, members io.ReaderAt, membersSize int64) (*Export, error) {
	x := &Export{tables: newTables(), list: "members.csv"}
	if posts != nil {
		if err := x.open(posts, size); err != nil {
			return nil, err
		}
	}
	if members != nil {
		x.members = func() (io.ReadCloser, error) {
			return io.NopCloser(io.NewSectionReader(members, 0, membersSize)), nil
		}
	}
	if x.posts != nil {
		r, err := x.posts()
		if err != nil {
			return nil, err
		}
		x.broken = x.tables.collect(r)
		_ = r.Close()
	}
	if x.members != nil {
		r, err := x.members()
		if err != nil {
			return nil, err
		}
		x.readers = memberlist.Count(r)
		_ = r.Close()
	}
	return x, nil
}

func (x *Export) open(posts io.ReaderAt, size int64) error {
	head := make([]byte, 4)
	if n, _ := posts.ReadAt(head, 0); n < 4 || string(head) != "PK\x03\x04" {
		x.posts = func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(posts, 0, size)), nil }
		return nil
	}
	var err error
	if x.zip, err = source.OpenArchive(posts, size); err != nil {
		return err
	}
	var largest int64 = -1
	for _, name := range x.zip.Names() {
		switch {
		case path.Ext(name) == ".json" && x.zip.Size(name) > largest && !strings.Contains(name, "content/themes/"):
			largest = x.zip.Size(name)
			x.posts = func() (io.ReadCloser, error) { return x.zip.Open(name, source.MaxFile) }
		case path.Ext(name) == ".csv" && strings.Contains(strings.ToLower(path.Base(name)), "member"):
			x.list = name
			x.members = func() (io.ReadCloser, error) { return x.zip.Open(name, source.MaxFile) }
		}
	}
	if x.posts == nil && x.members == nil {
		return source.Wrong("there is no JSON file in the zip, and no list of members")
	}
	return nil
}

// System implements source.Reader.
func (x *Export) System() string { return System }

// Count implements source.Reader.
func (x *Export) Count() int {
	n := x.tables.posts + x.readers
	if x.broken != nil {
		n++
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

// Entries implements source.Reader: posts first, then members.
func (x *Export) Entries(context.Context) iter.Seq[source.Entry] {
	return func(yield func(source.Entry) bool) {
		on := true
		each := func(e source.Entry) bool {
			on = on && yield(e)
			return on
		}
		if x.posts != nil {
			x.eachPost(each)
		}
		if on && x.members != nil {
			r, err := x.members()
			if err != nil {
				each(source.Entry{Where: x.list, Err: err})
				return
			}
			defer func() { _ = r.Close() }()
			for e := range memberlist.Read(r, x.list) {
				if !each(e) {
					return
				}
			}
		}
	}
}

func (x *Export) eachPost(yield func(source.Entry) bool) {
	r, err := x.posts()
	if err == nil {
		on := true
		err = walk(r, func(table string, n int, decode func(any) error) bool {
			if table != "posts" {
				return true
			}
			e := source.Entry{Where: fmt.Sprintf("posts[%d]", n)}
			var p post
			if bad := decode(&p); bad != nil {
				if !passable(bad) {
					return true // walk ends with it
				}
				e.Err = source.Wrong("this is not a post as Ghost writes it")
			} else {
				x.entry(&e, p)
			}
			on = yield(e)
			return on
		})
		_ = r.Close()
		if !on {
			return
		}
	}
	if err != nil {
		yield(source.Entry{Where: "the file", Err: err})
	}
}

// entry makes one post an entry.
func (x *Export) entry(e *source.Entry, p post) {
	m := x.tables.meta[p.ID]
	n := &source.Note{
		ID: string(p.ID), Title: string(p.Title), Slug: string(p.Slug), Abstract: first(p.CustomExcerpt, m.MetaDescription, p.MetaDescription),
		HTML: string(p.HTML), Cover: first(p.FeatureImage, p.Image), CoverAlt: string(m.ImageAlt),
		SEOTitle: first(m.MetaTitle, p.MetaTitle), SEODescription: first(m.MetaDescription, p.MetaDescription),
	}
	e.Note = n
	switch {
	case p.Type == "page" || p.Page.Yes():
		e.Skip = "a page, not a post: put it into the settings' pages by hand"
		return
	case n.ID == "":
		e.Err = source.Wrong("the post has no id")
		return
	}
	made := (*note)(n)
	made.body(p)
	made.gate(p, x.tables)
	made.when(p, m)
	if n.Slug != "" {
		n.Path = "/" + n.Slug
	}
	x.names(n, p)
}

func first(texts ...text) string {
	for _, t := range texts {
		if t != "" {
			return string(t)
		}
	}
	return ""
}

// names finds authors and tags, in the order Ghost shows them.
func (x *Export) names(n *source.Note, p post) {
	authors := sorted(x.tables.usersOf[p.ID])
	if len(authors) == 0 && p.AuthorID != "" {
		authors = []link{{AuthorID: p.AuthorID}}
	}
	for _, l := range authors {
		if u, ok := x.tables.users[l.AuthorID]; ok && u.Name != "" {
			n.Authors = append(n.Authors, source.Name{Slug: string(u.Slug), Name: string(u.Name)})
		} else {
			n.Warnings = append(n.Warnings, "an author of it is not in the export")
		}
	}
	for _, l := range sorted(x.tables.tagsOf[p.ID]) {
		t, ok := x.tables.tags[l.TagID]
		switch {
		case !ok || t.Name == "":
			n.Warnings = append(n.Warnings, "a tag of it is not in the export")
		case t.Visibility == "internal" || strings.HasPrefix(string(t.Name), "#"):
		default:
			n.Topics = append(n.Topics, source.Name{Slug: string(t.Slug), Name: string(t.Name)})
		}
	}
}

func sorted(links []link) []link {
	out := slices.Clone(links)
	slices.SortStableFunc(out, func(a, b link) int {
		x, _ := strconv.Atoi(string(a.Order))
		y, _ := strconv.Atoi(string(b.Order))
		return x - y
	})
	return out
}
