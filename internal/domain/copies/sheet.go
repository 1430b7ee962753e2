package copies

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/typeset"
)

// set gives the pages of a note, made the first time and kept after that with
// what else is made of its text: whoever reaches them holds a full decision.
func (c *Copier) set(ctx context.Context, a *Ask) (*typeset.Body, error) {
	opened, err := c.Library.Open(a.Decision)
	if err != nil {
		return nil, err
	}
	imprint, err := c.Imprint(ctx)
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
			return c.press.Set(ctx, c.document(a.Note, imprint, text.HTML), a.Paper.size(), func(ctx context.Context, address string) ([]byte, error) {
				return c.Picture(ctx, address, looked(a.Note))
			})
		})
	})
}

// key names everything that the pages depend on beside the text: the edition of
// the teaser, which is another one after each change, and the publication.
func (c *Copier) key(a *Ask, i Imprint) string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q", i) // a hash takes everything
	return fmt.Sprintf("copy %s %s %x", a.Paper, a.Note.Edition, h.Sum64())
}

// looked is the moment whose pictures a version shows; zero is now.
func looked(t *content.Teaser) time.Time {
	if t.Newest() {
		return time.Time{}
	}
	return t.Shown.Seen
}

// document lays out a note as a paper.
func (c *Copier) document(t *content.Teaser, i Imprint, html string) typeset.Document {
	cite := t.Cite(i.Name, c.BaseURL)
	d := typeset.Document{
		Base: c.BaseURL, Accent: i.Accent, Masthead: i.Name, Logo: i.Logo, Address: bare(c.BaseURL), Eyebrow: eyebrow(t),
		Title: t.Title, Abstract: t.Abstract, Byline: byline(t), HTML: html,
		Closing: []typeset.Remark{{Label: "Cite as", Text: cite.APA}},
		Small:   "This copy was made for the person named at the foot of each page. Please do not pass it on.",
	}
	for _, v := range t.Corrections() {
		d.Notices = append(d.Notices, typeset.Remark{Label: "Correction, " + day(v.At) + ":", Text: v.Notice})
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

func eyebrow(t *content.Teaser) string {
	var parts []string
	if t.Series != nil {
		name := t.Series.Name
		if t.Issue != nil && t.Issue.Number > 0 {
			name += " No. " + itoa(t.Issue.Number)
		}
		parts = append(parts, name)
	}
	if t.Issue != nil {
		parts = append(parts, t.Issue.Label)
	}
	return strings.Join(append(parts, t.Kind.Name()), "  ·  ")
}

func byline(t *content.Teaser) (out []string) {
	if len(t.Authors) > 0 {
		names := make([]string, len(t.Authors))
		for i, a := range t.Authors {
			names[i] = a.Name
		}
		out = append(out, "By "+strings.Join(names, ", "))
	}
	out = append(out, day(t.PublishedAt))
	if t.Shown.Number > 1 {
		out = append(out, "Version "+itoa(t.Shown.Number)+" of "+day(t.Shown.At))
	}
	return out
}
