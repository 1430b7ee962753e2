package portal

import (
	"context"
	"html"
	"html/template"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/portal/cover"
)

// issueView is an issue as pages show it.
type issueView struct {
	*content.Issue
	Series  *content.Series
	Picture *media.Item // the cover that was chosen; nil: one is drawn
	Notes   []entry     // in the order of the issue; only where they are shown
	Figure  *figureView // a chart from one of them; nil for none
	in      *phrase.Language
	written *phrase.Language // of the editorial; nil where it is not shown
}

// Href is the address of the issue.
func (v *issueView) Href() string { return "/issues/" + v.Series.Slug + "/" + v.Slug }

// Name says series, number and month.
func (v *issueView) Name() string {
	if v.Number > 0 {
		return inEnglish(v.in).Text("issue.named", "series", v.Series.Name, "number", v.Number, "label", v.Label)
	}
	return inEnglish(v.in).Text("issue.unnumbered", "series", v.Series.Name, "label", v.Label)
}

// Heading is the title, or the month for an issue without one.
func (v *issueView) Heading() string { return first(v.Title, v.Label) }

// Cover is the chosen picture, or else a drawing.
func (v *issueView) Cover() template.HTML {
	if i := v.Picture; i != nil {
		alt := html.EscapeString(first(v.CoverAlt, i.Alt, inEnglish(v.in).Text("issue.cover", "issue", v.Name())))
		return template.HTML(`<img class="cover-picture ` + focusClass(i) + `" src="` + i.Address(0) + `" alt="` + alt + `"` + measures(i) + `>`) //nolint:gosec // escaped here
	}
	l := inEnglish(v.in)
	key, month := "issue.drawn", l.Month(v.Month)
	if v.Number <= 0 {
		key = "issue.drawn_unnumbered"
	}
	face := cover.Face{Series: v.Series.Name, Title: v.Title, Number: v.Number, Month: v.Month, Dated: month,
		Said: l.Text(key, "series", v.Series.Name, "number", v.Number, "month", month)}
	return template.HTML(cover.Draw(face)) //nolint:gosec // escaped there
}

// Words is the editorial.
func (v *issueView) Words() template.HTML {
	return template.HTML(content.Worded(v.EditorialHTML, v.in, v.written)) //nolint:gosec // drawn by the markdown room
}

// Date is when the issue appeared.
func (v *issueView) Date() time.Time { return *v.PublishedAt }

// pictured finds the covers that were chosen for issues.
func (p *Portal) pictured(ctx context.Context, issues ...*issueView) error {
	var ids []uuid.UUID
	for _, v := range issues {
		if v != nil && v.CoverID != nil {
			ids = append(ids, *v.CoverID)
		}
	}
	if len(ids) == 0 || p.Pictures == nil {
		return nil
	}
	items, err := p.Pictures.Items(ctx, ids...)
	for _, v := range issues {
		if v != nil && v.CoverID != nil {
			v.Picture = items[*v.CoverID]
		}
	}
	return err
}

// picturedMonths does so for the issues of months.
func (p *Portal) picturedMonths(ctx context.Context, months []monthGroup) error {
	var issues []*issueView
	for _, m := range months {
		issues = append(issues, m.Issue)
	}
	return p.pictured(ctx, issues...)
}

// outIssues lists the issues that have appeared, newest first.
func (p *Portal) outIssues(ctx context.Context, cat *content.Catalogue) []*issueView {
	var out []*issueView
	said := p.speech(ctx)
	for _, i := range cat.Issues {
		if s := cat.SeriesOf(i); s != nil && i.PublishedAt != nil && !i.PublishedAt.After(p.Now()) {
			out = append(out, &issueView{Issue: i, Series: s, in: said.words, written: said.written})
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
	return p.entries(ctx, list.InIssueOrder()), nil
}

// latestIssue is the newest issue that has a note to read, or nil. Issues
// whose notes were all withdrawn are rare, so few are looked at.
func (p *Portal) latestIssue(ctx context.Context, cat *content.Catalogue) (*issueView, error) {
	out := p.outIssues(ctx, cat)
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
	Follow       *followable // the series
}

func (p *Portal) issue(c *fiber.Ctx) error {
	ctx := c.UserContext()
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	v := issuePage{}
	for _, i := range p.outIssues(ctx, cat) {
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
	if err := p.pictured(ctx, v.issueView, v.Newer, v.Older); err != nil {
		return err
	}
	pg, err := p.page(c, v.Href(), v.Heading()+" · "+v.Name())
	if err != nil {
		return err
	}
	if v.Follow, err = p.followButton(c, library.Series, v.Series.ID, v.Series.Slug, v.Series.Name, pg.Path); err != nil {
		return err
	}
	if err := p.keepable(c, pg.Path, v.Notes); err != nil {
		return err
	}
	pg.Section, pg.Main, pg.Description = "issues", v, issueDescription(v.issueView)
	described := issueData(pg, v.issueView)
	described["datePublished"], described["publisher"] = machineTime(v.Date()), organization(pg)
	pg.tell(described, listData(pg, crumbsOf(v.Notes)...), crumbData(pg, crumb{v.Series.Name, "/series/" + v.Series.Slug}, crumb{v.Label, v.Href()}))
	pg.Feed = "/series/" + v.Series.Slug
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
