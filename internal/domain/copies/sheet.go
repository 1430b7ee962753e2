package copies

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/platform/typeset"
)

// set gives the pages of a note, made the first time and kept after that with
// what else is made of its text: whoever reaches them holds a full decision.
func (c *Copier) set(ctx context.Context, a *Ask, imprint Imprint) (*typeset.Body, error) {
	opened, err := c.Library.Open(a.Decision)
	if err != nil {
		return nil, err
	}
	key := c.key(a, imprint)
	return c.queue.once(ctx, a.Decision.Revision().String()+" "+key, func() (*typeset.Body, error) {
		return content.Derive(ctx, &opened.Derived, key, func(ctx context.Context) (*typeset.Body, error) {
			leave, err := c.queue.enter(ctx)
			if err != nil {
				return nil, err
			}
			defer leave()
			text, err := opened.Text(ctx)
			if err != nil {
				return nil, err
			}
			return c.press.Set(ctx, c.document(a, imprint, text.HTML), a.Paper.size(), func(ctx context.Context, address string) ([]byte, error) {
				return c.Picture(ctx, address, looked(a.Note))
			})
		})
	})
}

// key names everything that the pages depend on beside the text: the edition of
// the teaser, which is another one after each change, the publication, and the
// language of the words of ours.
func (c *Copier) key(a *Ask, i Imprint) string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q", i) // a hash takes everything
	return fmt.Sprintf("copy %s %s %s %x", a.Paper, a.Language.Tag, a.Note.Edition, h.Sum64())
}

// looked is the moment whose pictures a version shows; zero is now.
func looked(t *content.Teaser) time.Time {
	if t.Newest() {
		return time.Time{}
	}
	return t.Shown.Seen
}

// document lays out a note as a paper. What the publication wrote is in its own
// language, what we say of it in the reader's.
func (c *Copier) document(a *Ask, i Imprint, html string) typeset.Document {
	t, l := a.Note, a.Language
	cite := t.Cite(l, i.Name, c.BaseURL)
	d := typeset.Document{
		Lang: i.words().Tag, Base: c.BaseURL, Accent: i.Accent, Masthead: i.Name, Logo: i.Logo, Address: bare(c.BaseURL), Eyebrow: eyebrow(t, l),
		Title: t.Title, Abstract: t.Abstract, Byline: byline(t, l), HTML: content.Worded(html, l, i.words()),
		Closing: []typeset.Remark{{Label: l.Text("paper.cite"), Text: cite.APA}}, Small: l.Text("paper.yours"),
		Number: func(page, of int) string { return l.Text("paper.page", "number", page, "all", of) },
	}
	for _, v := range t.Corrections() {
		d.Notices = append(d.Notices, typeset.Remark{Label: l.Text("note.correction") + " " + l.Date(v.At) + ":", Text: v.Notice})
	}
	return d
}

// bare is an address without what everybody knows.
func bare(url string) string {
	_, rest, found := strings.Cut(url, "://")
	if !found {
		return url
	}
	return rest
}

func eyebrow(t *content.Teaser, l *phrase.Language) string {
	var parts []string
	if t.Series != nil {
		name := t.Series.Name
		if t.Issue != nil && t.Issue.Number > 0 {
			name += " " + l.Text("number", "n", itoa(t.Issue.Number))
		}
		parts = append(parts, name)
	}
	if t.Issue != nil {
		parts = append(parts, t.Issue.Label)
	}
	return strings.Join(append(parts, t.Kind.In(l)), "  ·  ")
}

func byline(t *content.Teaser, l *phrase.Language) (out []string) {
	if len(t.Authors) > 0 {
		names := make([]string, len(t.Authors))
		for i, a := range t.Authors {
			names[i] = a.Name
		}
		out = append(out, l.Text("note.by")+" "+strings.Join(names, ", "))
	}
	out = append(out, l.Date(t.PublishedAt))
	if t.Shown.Number > 1 {
		out = append(out, l.Text("paper.version", "number", t.Shown.Number, "date", t.Shown.At))
	}
	return out
}
