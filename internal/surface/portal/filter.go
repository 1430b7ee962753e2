package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// filterGroup is one thing that notes can be told apart by: links that choose
// one, or let go of the one that is chosen.
type filterGroup struct {
	Name    string
	Options []filter
}

// narrowing is what the archive is narrowed to. Each part is the last of an
// address: a slug, or a kind.
type narrowing struct{ series, topic, author, kind string }

// any tells whether the archive is narrowed at all.
func (n narrowing) any() bool { return n != narrowing{} }

// href is the archive narrowed like this.
func (n narrowing) href(more ...string) string {
	return withQuery("/archive", append([]string{"series", n.series, "topic", n.topic, "author", n.author, "kind", n.kind}, more...)...)
}

// canonical is where the same list stands under a name of its own; else it is a
// view of the archive.
func (n narrowing) canonical() string {
	switch n {
	case narrowing{topic: n.topic}:
		return "/topics/" + n.topic
	case narrowing{author: n.author}:
		return "/authors/" + n.author
	case narrowing{series: n.series}:
		return "/series/" + n.series
	}
	return "/archive"
}

var errNoFilter = fault.New(fault.NotFound, "filter_not_found", "There is nothing of this name to filter by.")

// narrowed reads the filters of an address, and how they are asked for.
func narrowed(c *fiber.Ctx, cat *content.Catalogue) (n narrowing, q content.Query, names []string, err error) {
	n = narrowing{c.Query("series"), c.Query("topic"), c.Query("author"), c.Query("kind")}
	if n.series != "" {
		s := cat.SeriesBySlug(n.series)
		if s == nil {
			return n, q, nil, errNoFilter
		}
		q.Series, names = s.ID, append(names, s.Name)
	}
	if n.topic != "" {
		t := cat.TopicAt(n.topic)
		if t == nil {
			return n, q, nil, errNoFilter
		}
		n.topic, q.Topic, names = t.Slug, t.ID, append(names, t.Name)
	}
	if n.author != "" {
		a := cat.AuthorAt(n.author)
		if a == nil {
			return n, q, nil, errNoFilter
		}
		n.author, q.Author, names = a.Slug, a.ID, append(names, a.Name)
	}
	if n.kind != "" {
		if q.Kind = content.Kind(n.kind); !q.Kind.Valid() {
			return n, q, nil, errNoFilter
		}
		names = append(names, kindsIn(phrase.From(c.UserContext()), q.Kind))
	}
	return n, q, names, nil
}

// groups are the links that narrow further, or less. Each keeps what else is
// chosen, and leads to the first page.
func (n narrowing) groups(l *phrase.Language, cat *content.Catalogue) (out []filterGroup) {
	add := func(name string, part *string, count int, option func(i int) (slug, label string)) {
		g, chosen := filterGroup{Name: name}, *part
		for i := range count {
			slug, label := option(i)
			if *part = slug; slug == chosen {
				*part = ""
			}
			g.Options = append(g.Options, filter{label, n.href(), slug == chosen})
		}
		if *part = chosen; count > 0 {
			out = append(out, g)
		}
	}
	kinds, series := content.Kinds(), cat.Series
	add(l.Text("listing.topic"), &n.topic, len(cat.Topics), func(i int) (string, string) { return cat.Topics[i].Slug, cat.Topics[i].Name })
	add(l.Text("listing.analyst"), &n.author, len(cat.Authors), func(i int) (string, string) { return cat.Authors[i].Slug, cat.Authors[i].Name })
	add(l.Text("field.kind"), &n.kind, len(kinds), func(i int) (string, string) { return string(kinds[i]), kindsIn(l, kinds[i]) })
	if len(series) > 1 || n.series != "" {
		add(l.Text("listing.series"), &n.series, len(series), func(i int) (string, string) { return series[i].Slug, series[i].Name })
	}
	return out
}
