package portal

import (
	"cmp"
	"context"
	"html/template"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/portal/cover"
)

// issueView is an issue as pages show it.
type issueView struct {
	*content.Issue
	Series *content.Series
	Notes  []entry     // in the order of the issue; only where they are shown
	Figure *figureView // a chart from one of them; nil for none
}

// Href is the address of the issue.
func (v *issueView) Href() string { return "/issues/" + v.Series.Slug + "/" + v.Slug }

// Name says series, number and month.
func (v *issueView) Name() string {
	if v.Number > 0 {
		return v.Series.Name + " No. " + strconv.Itoa(v.Number) + ", " + v.Label
	}
	return v.Series.Name + ", " + v.Label
}

// Heading is the title, or the month for an issue without one.
func (v *issueView) Heading() string { return first(v.Title, v.Label) }

// Cover is the drawn cover.
func (v *issueView) Cover() template.HTML {
	return template.HTML(cover.Draw(cover.Face{Series: v.Series.Name, Title: v.Title, Number: v.Number, Month: v.Month})) //nolint:gosec // escaped there
}

// Words is the editorial.
func (v *issueView) Words() template.HTML { return template.HTML(v.EditorialHTML) } //nolint:gosec // drawn by the markdown room

// Date is when the issue appeared.
func (v *issueView) Date() time.Time { return *v.PublishedAt }

// outIssues lists the issues that have appeared, newest first.
func (p *Portal) outIssues(cat *content.Catalogue) []*issueView {
	var out []*issueView
	for _, i := range cat.Issues {
		if s := cat.SeriesOf(i); s != nil && i.PublishedAt != nil && !i.PublishedAt.After(p.Now()) {
			out = append(out, &issueView{Issue: i, Series: s})
		}
	}
	return out
}

// notesOf lists the notes of an issue in its order.
func (p *Portal) notesOf(ctx context.Context, i *content.Issue) ([]entry, error) {
	list, err := p.Library.List(ctx, content.Query{Issue: i.ID, Limit: 100})
	if err != nil {
		return nil, err
	}
	sorted := slices.Clone(list.Notes)
	slices.SortStableFunc(sorted, func(a, b *content.Summary) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), a.PublishedAt.Compare(b.PublishedAt))
	})
	return p.entries(ctx, sorted), nil
}

// latestIssue is the newest issue that has a note to read, or nil. Issues
// whose notes were all withdrawn are rare, so few are looked at.
func (p *Portal) latestIssue(ctx context.Context, cat *content.Catalogue) (*issueView, error) {
	out := p.outIssues(cat)
	for _, v := range out[:min(len(out), 3)] {
		var err error
		if v.Notes, err = p.notesOf(ctx, v.Issue); err != nil {
			return nil, err
		}
		if len(v.Notes) > 0 {
			v.Figure, err = p.figure(ctx, v.Notes)
			return v, err
		}
	}
	return nil, nil
}

// issuePage is the page of one issue.
type issuePage struct {
	*issueView
	Newer, Older *issueView
}

func (p *Portal) issue(c *fiber.Ctx) error {
	ctx := c.UserContext()
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	v := issuePage{}
	for _, i := range p.outIssues(cat) {
		switch {
		case i.Series.Slug != c.Params("series"):
		case i.Slug == c.Params("month"):
			v.issueView = i
		case v.issueView == nil:
			v.Newer = i
		case v.Older == nil:
			v.Older = i
		}
	}
	if v.issueView == nil {
		return fault.New(fault.NotFound, "issue_not_found", "There is no such issue.")
	}
	if v.Notes, err = p.notesOf(ctx, v.Issue); err != nil {
		return err
	}
	if v.Figure, err = p.figure(ctx, v.Notes); err != nil {
		return err
	}
	pg, err := p.page(c, v.Href(), v.Heading()+" · "+v.Name())
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.Description = "issues", v, issueDescription(v.issueView)
	return p.public(c, "issue", pg)
}

// issueDescription names the notes.
func issueDescription(v *issueView) string {
	text := v.Name()
	for i, n := range v.Notes {
		if i == 0 {
			text += ": " + n.Title
		} else {
			text += "; " + n.Title
		}
	}
	return text
}
