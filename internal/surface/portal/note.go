package portal

import (
	"context"
	"errors"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
)

// noteView is a note: whole for those who may read it, else what stands above
// the paywall with the gate under it.
type noteView struct {
	entry
	Body     template.HTML
	Contents []content.Heading // of what is shown, and of nothing else
	Gate     *gateView         // nil: the whole note is shown
	Notice   *paymentNotice
	Issue    *issueView
	Place    string // in the issue: "Note 2 of 4"
	Before   *entry // its neighbours there
	After    *entry
	Picture  *media.Item // the cover; nil for none
}

// Gated tells whether part of the note is not for everybody.
func (v noteView) Gated() bool { return v.Summary.Gate != access.Public }

// slugPattern is what an address of ours looks like. Nothing else is worth a
// look into the database.
var slugPattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

var errNoNote = fault.New(fault.NotFound, "note_not_found", "There is no such note.")

// note shows a note. A former address leads to the present one.
func (p *Portal) note(c *fiber.Ctx) error {
	ctx, slug := c.UserContext(), c.Params("slug")
	if len(slug) > 200 || !slugPattern.MatchString(slug) {
		return errNoNote
	}
	teaser, err := p.Library.Note(ctx, slug)
	var moved *content.Moved
	if errors.As(err, &moved) {
		return c.Redirect(notePath(moved.Slug), fiber.StatusMovedPermanently)
	}
	if err != nil {
		return err
	}
	decision, err := p.Gate.Decide(ctx, teaser.Access(), reader(c))
	if err != nil {
		return err
	}
	return p.showNote(c, teaser, decision)
}

func (p *Portal) showNote(c *fiber.Ctx, t *content.Teaser, d access.Decision) error {
	ctx := c.UserContext()
	pg, err := p.page(c, notePath(t.Slug), first(t.SEOTitle, t.Title))
	if err != nil {
		return err
	}
	v := noteView{entry: entry{&t.Summary, p.tagOf(ctx, t.Meta)}, Notice: pastDueNotice(d.Grant())}
	if d.Full() {
		err = p.fillWhole(ctx, &v, d)
	} else {
		err = p.fillPreview(ctx, &v, pg, t, d)
	}
	if err != nil {
		return err
	}
	if err := p.fillIssue(ctx, &v); err != nil {
		return err
	}
	if v.Picture, err = p.picture(ctx, t.CoverID); err != nil {
		return err
	}
	if v.Picture != nil {
		pg.Image = p.BaseURL + v.Picture.Address(1600)
	}
	pg.Section, pg.Main, pg.Kind, pg.Script = "notes", v, "article", len(v.Contents) > 1
	pg.Description = first(t.SEODescription, t.Abstract)
	pg.LD = noteData(pg, v)
	return p.public(c, "note", pg)
}

// fillWhole puts the whole text in. It is the only place of the portal that
// asks for one, and the library gives it for a full decision only.
func (p *Portal) fillWhole(ctx context.Context, v *noteView, d access.Decision) error {
	text, err := p.Library.Text(ctx, d)
	if err != nil {
		return err
	}
	v.Contents = text.Contents
	v.Body, err = content.Derive(&text.Derived, derivedBody, func() (template.HTML, error) { return p.measured(ctx, text.HTML) })
	return err
}

// fillPreview puts in what stands above the paywall, and the gate.
func (p *Portal) fillPreview(ctx context.Context, v *noteView, pg *page, t *content.Teaser, d access.Decision) (err error) {
	v.Contents = t.Contents
	v.Body, err = content.Derive(&t.Derived, derivedBody, func() (template.HTML, error) { return p.measured(ctx, t.HTML) })
	if err == nil {
		v.Gate, err = p.gate(ctx, pg, t, d)
	}
	return err
}

// derivedBody is the key under which a text keeps its HTML with the measures
// of pictures in it.
const derivedBody = "portal body"

// fillIssue finds the note's issue and its neighbours there.
func (p *Portal) fillIssue(ctx context.Context, v *noteView) error {
	if v.Summary.Issue == nil || v.Series == nil || v.Summary.Issue.PublishedAt == nil {
		return nil
	}
	v.Issue = &issueView{Issue: v.Summary.Issue, Series: v.Series}
	var err error
	v.Issue.Notes, err = p.notesOf(ctx, v.Summary.Issue)
	for i := range v.Issue.Notes {
		if v.Issue.Notes[i].ID != v.ID {
			continue
		}
		v.Place = "Note " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(v.Issue.Notes))
		if i > 0 {
			v.Before = &v.Issue.Notes[i-1]
		}
		if i+1 < len(v.Issue.Notes) {
			v.After = &v.Issue.Notes[i+1]
		}
	}
	return err
}

// noteSlug takes the slug out of the address of a note.
func noteSlug(path string) (string, bool) { return strings.CutPrefix(path, "/notes/") }

// notThere tells a note that does not exist, or was withdrawn, from a failure.
func notThere(err error) bool {
	f := fault.Of(err)
	return f != nil && (f.Kind == fault.NotFound || f.Kind == fault.Gone)
}
