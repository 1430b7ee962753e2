package portal

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// noteView is a note: whole for those who may read it, else what stands above
// the paywall with the gate under it.
type noteView struct {
	entry
	shownText
	Gate    *gateView // nil: the whole note is shown
	Notice  *paymentNotice
	Changed *changedView // what is newer than the member has read; nil for nothing
	Metered string       // what is left of a free member's month; "" where nothing is counted
	Issue   *issueView
	Place   string // in the issue: "Note 2 of 4"
	Before  *entry // its neighbours there
	After   *entry
	Steps   string // what they are neighbours in
	Related relatedLinks
	Picture *media.Item // the cover; nil for none
	Files   []fileView
	Preview *previewView // the banner over a draft; nil for what is published
	Copy    string       // where the reader gets a PDF; "" where none is made for them
	Cite    *content.Citation
	Own     *noteOwn // nil for who is not signed in

	Shown       content.VersionInfo
	Newest      bool                  // it is what the note's own address shows
	Corrections []content.VersionInfo // newest first
	Past        []content.VersionInfo // what readers were told of before, newest first
}

// Updated is when the note was last changed in a way that readers are told of;
// nil if it never was.
func (v noteView) Updated() *time.Time {
	if !v.Newest {
		return nil
	}
	return v.RevisedAt
}

// modified is the same for machines, which want a date in every case.
func (v noteView) modified() time.Time {
	if at := v.Updated(); at != nil {
		return *at
	}
	return v.PublishedAt
}

// Cited is the address of a version.
func (v noteView) Cited(number int) string { return versionPath(v.Slug, number) }

func versionPath(slug string, number int) string {
	return notePath(slug) + "/v/" + strconv.Itoa(number)
}

// Gated tells whether part of the note is not for everybody.
func (v noteView) Gated() bool { return v.Summary.Gate != access.Public }

// slugPattern is what an address of ours looks like. Nothing else is worth a
// look into the database.
var slugPattern = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

var errNoNote = fault.New(fault.NotFound, "note_not_found", "There is no such note.")

// isSlug tells whether a text can be an address of ours.
func isSlug(slug string) bool { return len(slug) <= 200 && slugPattern.MatchString(slug) }

// note shows a note, or a version of it by the number it is cited by, which
// stands behind the same decision. The number is part of the path, because a
// query is what gets lost when an address is passed on. A former address leads
// to the present one.
func (p *Portal) note(c *fiber.Ctx) error {
	teaser, path, err := p.asked(c)
	return p.openNote(c, teaser, err, path)
}

var errNoVersion = fault.New(fault.NotFound, "version_not_found", "The note has no such version.")

// openNote asks for the decision and shows what it opens, at its own address.
func (p *Portal) openNote(c *fiber.Ctx, t *content.Teaser, err error, path func(slug string) string) error {
	var moved *content.Moved
	if errors.As(err, &moved) {
		return kit.Moved(c, path(moved.Slug))
	}
	if err != nil {
		return p.withdrawn(c, err)
	}
	decide := p.Gate.Decide
	if kit.Reads(c) {
		decide = p.Gate.Read
	}
	decision, err := decide(c.UserContext(), t.Access(), reader(c))
	if err != nil {
		return err
	}
	if err := p.showNote(c, t, decision, path(t.Slug)); err != nil {
		return err
	}
	p.opened(c, t, decision)
	return nil
}

func (p *Portal) showNote(c *fiber.Ctx, t *content.Teaser, d access.Decision, path string) error {
	pg, err := p.page(c, path, first(t.SEOTitle, t.Title))
	if err != nil {
		return err
	}
	pg.Canonical = p.BaseURL + notePath(t.Slug)
	own, changed := p.ownNote(c, t, d), p.changedSince(c, t, d)
	return p.fromShelf(c, noteKey(pg, t, d, own, changed), "note", func() (*page, error) {
		return pg, p.fillNote(c.UserContext(), pg, t, d, own, changed)
	})
}

// fillNote puts the note into its page, with what it has for this reader alone.
func (p *Portal) fillNote(ctx context.Context, pg *page, t *content.Teaser, d access.Decision, own *noteOwn, changed *changedView) error {
	v, err := p.noteView(ctx, pg, t, d)
	if err != nil {
		return err
	}
	v.Own, v.Changed = own, changed
	own.resume(v.Contents)
	p.sharePicture(ctx, pg, &v, t)
	pg.Section, pg.Main, pg.Kind, pg.Script = "notes", v, "article", v.script() || v.Own != nil
	pg.Description = first(t.SEODescription, t.Abstract)
	pg.Article = articleOf(pg, v)
	pg.tell(noteData(pg, v), crumbData(pg, noteWay(v)...))
	return nil
}

// noteView is what the decision opens of a note, and what belongs to it.
func (p *Portal) noteView(ctx context.Context, pg *page, t *content.Teaser, d access.Decision) (v noteView, err error) {
	v = noteView{
		entry: p.entry(ctx, &t.Summary), Notice: pastDueNotice(d.Grant()),
		Shown: t.Shown, Newest: t.Newest(), Corrections: t.Corrections(), Past: past(t),
	}
	if d.Full() {
		v.Metered = freeLeft(pg.Language, d)
		err = p.fillWhole(ctx, &v, t, d)
	} else {
		err = p.fillPreview(ctx, &v, pg, t, d)
	}
	if err != nil {
		return v, err
	}
	if err := p.fillIssue(ctx, &v); err != nil {
		return v, err
	}
	if err := p.fillAround(ctx, &v, t); err != nil {
		return v, err
	}
	if err := p.fillFiles(ctx, &v, t, d); err != nil {
		return v, err
	}
	v.Copy = p.copyLink(pg, t, d)
	if !t.Pending() {
		cite := t.Cite(inEnglish(pg.Language), pg.Site.Name, p.BaseURL)
		v.Cite = &cite
	}
	v.Picture, err = p.picture(ctx, t.CoverID, lookOf(t))
	return v, err
}

// fillWhole puts the whole text in, which the library gives for a full decision
// only.
func (p *Portal) fillWhole(ctx context.Context, v *noteView, t *content.Teaser, d access.Decision) error {
	opened, err := p.Library.Open(d)
	if err != nil {
		return err
	}
	if t.Pending() {
		opened.Derived = content.Derived{}
	}
	said := p.speech(ctx)
	shown, err := content.Derive(ctx, &opened.Derived, t.Edition+derivedAs(t, said), func(ctx context.Context) (shownText, error) {
		text, err := opened.Text(ctx)
		if err != nil {
			return shownText{}, err
		}
		return p.shown(ctx, said, text.HTML, text.Contents, t)
	})
	v.shownText = shown
	return err
}

// fillPreview puts in what stands above the paywall, and the gate.
func (p *Portal) fillPreview(ctx context.Context, v *noteView, pg *page, t *content.Teaser, d access.Decision) error {
	said := p.speech(ctx)
	shown, err := content.Derive(ctx, &t.Derived, derivedAs(t, said), func(ctx context.Context) (shownText, error) {
		return p.shown(ctx, said, t.HTML, t.Contents, t)
	})
	if err != nil {
		return err
	}
	v.shownText = shown
	v.Gate, err = p.gate(ctx, pg, t, d)
	return err
}

// derivedBody is the key under which shownText is kept.
const derivedBody = "portal body "

// derivedAs is the same in a language, and for a version: a revision can be an
// old version, with the pictures of its time, and the newest one.
func derivedAs(t *content.Teaser, said speech) string {
	if as := lookOf(t); !as.at.IsZero() {
		return derivedBody + said.name() + " as of " + as.at.UTC().Format(time.RFC3339Nano)
	}
	return derivedBody + said.name()
}

// lookOf is how the pictures of a note looked: for a version in the record, as
// when it was published.
func lookOf(t *content.Teaser) look {
	if t.Pending() || t.Newest() {
		return look{}
	}
	return look{t.Shown.Seen}
}

// past lists the versions before the one that is shown, without those that
// readers were not told of.
func past(t *content.Teaser) (out []content.VersionInfo) {
	for _, v := range t.Versions {
		if v.Number < t.Shown.Number && v.Change != content.Silent {
			out = append(out, v)
		}
	}
	return out
}

// fillIssue finds the note's issue and its neighbours there.
func (p *Portal) fillIssue(ctx context.Context, v *noteView) error {
	if v.Summary.Issue == nil || v.Series == nil || v.Summary.Issue.PublishedAt == nil {
		return nil
	}
	v.Issue = &issueView{Issue: v.Summary.Issue, Series: v.Series, in: v.in}
	v.Steps = "issue"
	var err error
	if err = p.pictured(ctx, v.Issue); err != nil {
		return err
	}
	v.Issue.Notes, err = p.notesOf(ctx, v.Summary.Issue)
	for i := range v.Issue.Notes {
		if v.Issue.Notes[i].ID != v.ID {
			continue
		}
		v.Place = inEnglish(v.in).Text("note.place", "n", i+1, "all", len(v.Issue.Notes))
		if i > 0 {
			v.Before = &v.Issue.Notes[i-1]
		}
		if i+1 < len(v.Issue.Notes) {
			v.After = &v.Issue.Notes[i+1]
		}
	}
	return err
}

// noteNow finds a note by its address, or by one that it had before.
func (p *Portal) noteNow(ctx context.Context, slug string) (*content.Teaser, error) {
	t, err := p.Library.Note(ctx, slug)
	var moved *content.Moved
	if errors.As(err, &moved) {
		return p.Library.Note(ctx, moved.Slug)
	}
	return t, err
}

// noteSlug takes the slug out of the address of a note.
func noteSlug(path string) (string, bool) { return strings.CutPrefix(path, "/notes/") }
