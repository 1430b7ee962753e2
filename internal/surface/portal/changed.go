package portal

import (
	"errors"
	"html/template"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/content/compare"
	"lighttrends/internal/surface/kit"
)

// changedView tells a member that a note has a newer version than they read.
type changedView struct {
	At   time.Time // when they read it
	Href string    // what is different
}

// changesPath is where the differences between a version and the newest are.
func changesPath(slug string, version int) string { return versionPath(slug, version) + "/changes" }

// Changes is the address of what changed since a version.
func (v noteView) Changes(number int) string { return changesPath(v.Slug, number) }

// changedSince looks up which version a member read last, if there is more than
// one. Silent changes are not told of, and what cannot be looked up spoils no
// page.
func (p *Portal) changedSince(c *fiber.Ctx, t *content.Teaser, d access.Decision) *changedView {
	if p.Reading == nil || !d.Full() || t.Pending() || !t.Newest() || len(t.Versions) < 2 || !kit.VisitorOf(c).Signed() {
		return nil
	}
	read, at, err := p.Reading.LastRead(c.UserContext(), kit.VisitorOf(c).Member(), t.ID)
	if err != nil || read == 0 || len(toldSince(t, read)) == 0 {
		return nil
	}
	return &changedView{at, changesPath(t.Slug, read)}
}

// toldSince lists the versions after one that readers were told of, newest
// first.
func toldSince(t *content.Teaser, number int) (out []content.VersionInfo) {
	for _, v := range t.Versions {
		if v.Number > number && v.Change != content.Silent {
			out = append(out, v)
		}
	}
	return out
}

// changesView is the page of the differences.
type changesView struct {
	Title, Href     string
	From, To        content.VersionInfo
	Told            []content.VersionInfo // what readers were told of in between, newest first
	Others          []content.VersionInfo // from which one may also look
	Slug            string
	Titles, Summary []compare.Span
	Rows            []changedRow
}

// Since is the address of the differences from another version on.
func (v changesView) Since(number int) string { return changesPath(v.Slug, number) }

// changedRow is a block as it was and as it is, or a run of blocks that are the
// same.
type changedRow struct {
	Op          compare.Op
	Before, Now template.HTML
	Count       int
}

// Same tells whether the block stands there only to show the place.
func (r changedRow) Same() bool { return r.Op == compare.Same }

// Skipped tells whether blocks that are the same were left out here.
func (r changedRow) Skipped() bool { return r.Op == compare.Skip }

// changes shows what is different between a version and the newest. It holds
// words of both texts, so both decisions have to be full; whoever gets less gets
// nothing of it.
func (p *Portal) changes(c *fiber.Ctx) error {
	from, path, err := p.asked(c)
	var moved *content.Moved
	if errors.As(err, &moved) {
		return kit.Moved(c, path(moved.Slug)+"/changes")
	}
	if err != nil {
		return err
	}
	if from.Newest() {
		return seeOther(c, notePath(from.Slug))
	}
	to, err := p.Library.Note(c.UserContext(), from.Slug)
	if err != nil {
		return err
	}
	before, err := p.Gate.Decide(c.UserContext(), from.Access(), reader(c))
	if err != nil {
		return err
	}
	now, err := p.Gate.Decide(c.UserContext(), to.Access(), reader(c))
	if err != nil {
		return err
	}
	if !now.Full() || !before.Full() {
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		return p.closed(c, to, now, closedChanges, changesPath(to.Slug, from.Shown.Number))
	}
	return p.showChanges(c, from, to, before, now)
}

func (p *Portal) showChanges(c *fiber.Ctx, from, to *content.Teaser, before, now access.Decision) error {
	d, err := p.Library.Differences(c.UserContext(), from, to, before, now)
	if err != nil {
		return err
	}
	pg, err := p.page(c, changesPath(to.Slug, from.Shown.Number), p.says(c, "changes.of", "title", to.Title))
	if err != nil {
		return err
	}
	v := changesView{
		Title: to.Title, Href: notePath(to.Slug), Slug: to.Slug, From: from.Shown, To: to.Shown, Told: toldSince(to, from.Shown.Number),
		Titles: d.Title, Summary: d.Abstract, Rows: make([]changedRow, len(d.Rows)),
	}
	said := p.speech(c.UserContext())
	for i, r := range d.Rows {
		v.Rows[i] = changedRow{r.Op, template.HTML(said.of(r.Left)), template.HTML(said.of(r.Right)), r.Count} //nolint:gosec // drawn by the markdown room
	}
	for _, other := range past(to) {
		if other.Number != from.Shown.Number {
			v.Others = append(v.Others, other)
		}
	}
	pg.Section, pg.Main, pg.NoIndex = "notes", v, true
	if now.Gate() == access.Public {
		return p.public(c, "changes", pg)
	}
	return p.private(c, "changes", pg)
}
