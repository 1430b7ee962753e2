package portal

import (
	"context"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// entry is a note in a list.
type entry struct {
	*content.Summary
	Tag  tag
	Keep *keep // nil: no button that saves it
	in   *phrase.Language
}

// Href is the address of the note.
func (e entry) Href() string { return notePath(e.Slug) }

func notePath(slug string) string { return "/notes/" + slug }

// KindName is what readers call the kind.
func (e entry) KindName() string { return kindIn(e.in, e.Kind) }

func kindIn(l *phrase.Language, k content.Kind) string { return k.In(inEnglish(l)) }

// tag says who may read a note.
type tag struct {
	Text string
	Open bool // nothing has to be paid
}

// tagOf names the gate. For a list of plans it names the plans.
func (p *Portal) tagOf(ctx context.Context, m content.Meta) tag {
	l := p.language(ctx)
	switch m.Gate {
	case access.Public:
		return tag{l.Text("tag.free"), true}
	case access.Members:
		return tag{l.Text("tag.account"), true}
	case access.Plans:
		if names := p.planNames(ctx, m.GatePlans); len(names) > 0 && len(names) < 3 {
			return tag{l.Either(names), false}
		}
	}
	return tag{l.Text("tag.subscribers"), false}
}

// planNames names plans. One that is not known any more is left out.
func (p *Portal) planNames(ctx context.Context, slugs []string) []string {
	var names []string
	for _, slug := range slugs {
		if plan, err := p.Billing.PlanBySlug(ctx, slug); err == nil {
			names = append(names, plan.Name)
		}
	}
	return names
}

func (p *Portal) entries(ctx context.Context, notes []*content.Summary) []entry {
	out := make([]entry, len(notes))
	for i, n := range notes {
		out[i] = p.entry(ctx, n)
	}
	return out
}

// entry is a note as this reader's lists show it.
func (p *Portal) entry(ctx context.Context, n *content.Summary) entry {
	return entry{Summary: n, Tag: p.tagOf(ctx, n.Meta), in: p.language(ctx)}
}

// monthGroup is the notes of a month, or as many of them as a page shows.
type monthGroup struct {
	First   time.Time
	Notes   int        // in the whole month
	Issue   *issueView // the issue of this month that the first of them is in; may be nil
	Entries []entry
}

// Href is the address of the whole month.
func (m monthGroup) Href() string { return "/archive/" + m.First.Format("2006-01") }

// byMonth groups notes that are sorted by date.
func byMonth(list []entry, months []content.Month) []monthGroup {
	total := make(map[time.Time]int, len(months))
	for _, m := range months {
		total[m.First] = m.Notes
	}
	var out []monthGroup
	for _, e := range list {
		first := firstOfMonth(e.PublishedAt)
		if n := len(out); n == 0 || !out[n-1].First.Equal(first) {
			out = append(out, monthGroup{First: first, Notes: total[first], Issue: e.issueOf(first)})
		}
		g := &out[len(out)-1]
		g.Entries = append(g.Entries, e)
	}
	return out
}

// issueOf is the note's issue if it is one of this month.
func (e entry) issueOf(month time.Time) *issueView {
	if e.Issue == nil || e.Series == nil || e.Issue.PublishedAt == nil || !e.Issue.Month.Equal(month) {
		return nil
	}
	return &issueView{Issue: e.Issue, Series: e.Series, in: e.in}
}

func firstOfMonth(t time.Time) time.Time {
	year, month, _ := t.UTC().Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// notThere tells a note that does not exist, or was withdrawn, from a failure.
func notThere(err error) bool {
	f := fault.Of(err)
	return f != nil && (f.Kind == fault.NotFound || f.Kind == fault.Gone)
}
