package transfer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/transfer/source"
)

// note carries a note: it is made, changed when only the source has changed
// since, or left as it is.
func (in *intake) note(ctx context.Context, l porter.Line, n *source.Note) error {
	base := slugOf(n)
	defer func() { in.paths[n.Path] = true }()
	p, err := in.plan(ctx, n)
	if err != nil {
		in.slugs[base] = true
		return in.run.Step(ctx, l, func(context.Context, *porter.Line) error { return unreadable(err) })
	}
	print := fingerprint(p)
	known, err := in.run.Book().Origin(ctx, in.system, porter.NoteKind, n.ID)
	if err != nil {
		return err
	}
	l.Title = p.Title
	if known != nil && known.SourceHash == print {
		in.slugs[base] = true
		return in.run.Step(ctx, l, func(_ context.Context, l *porter.Line) error {
			l.Outcome, l.SubjectID = porter.WasUnchanged, &known.OurID
			return nil
		})
	}
	w := &write{in: in, plan: p, source: n.ID, print: print, known: known}
	var whole bool
	if w.body, w.cover, whole = in.bring(ctx, p); !whole { // before the transaction: it takes time
		w.print += " in part"
	}
	err = in.run.Step(ctx, l, func(ctx context.Context, l *porter.Line) error {
		l.Say(p.says...)
		err := w.note(ctx, l)
		if in.run.DryRun || err != nil {
			in.catalogue = nil // what it knows is rolled back
		}
		return err
	})
	in.slugs[base] = true
	return err
}

const changedTwice = "it was changed here and there since the last import; nothing was written over"

// write is a note on its way into the database.
type write struct {
	in     *intake
	plan   *plan
	source string
	print  string
	known  *porter.Origin
	body   string
	cover  *uuid.UUID
}

func (w *write) note(ctx context.Context, l *porter.Line) error {
	if w.known == nil {
		return w.make(ctx, l)
	}
	view, err := w.in.Desk.Draft(ctx, w.known.OurID)
	if fault.HasCode(err, "note_not_found") {
		return &porter.Verdict{Outcome: porter.WasSkipped, Text: "it was imported before and is not here any more"}
	}
	if err != nil {
		return err
	}
	l.SubjectID = &view.Note.ID
	switch {
	case view.Note.Status == content.Archived:
		return &porter.Verdict{Outcome: porter.WasSkipped, Text: "it was put into the archive here", Subject: &view.Note.ID}
	case w.known.OurHash != ours(view) && !w.in.run.Options.Overwrite:
		return &porter.Verdict{Outcome: porter.InConflict, Text: changedTwice, Subject: &view.Note.ID}
	}
	return w.change(ctx, l, view)
}

// make makes the note, under an address that is free.
func (w *write) make(ctx context.Context, l *porter.Line) error {
	input, err := w.input(ctx, content.Input{})
	if err != nil {
		return err
	}
	there, err := w.in.Desk.DraftBySlug(ctx, w.plan.Slug)
	if err == nil && !w.in.slugs[w.plan.Slug] {
		mine, err := w.in.run.Book().CameFrom(ctx, w.in.system, there.Note.ID)
		if err != nil {
			return err
		}
		if !mine {
			return &porter.Verdict{Outcome: porter.InConflict, Subject: &there.Note.ID,
				Text: "a note that did not come from there has the address /notes/" + w.plan.Slug + "; nothing was written"}
		}
	} else if err != nil && !fault.HasCode(err, "note_not_found") {
		return err
	}
	view, err := w.create(ctx, input)
	if err != nil {
		return err
	}
	if view.Note.Slug != w.plan.Slug {
		l.Say("its address was taken; it is at /notes/" + view.Note.Slug)
	}
	l.Outcome = porter.WasMade
	return w.finish(ctx, l, view)
}

// create tries addresses until one is free.
func (w *write) create(ctx context.Context, input content.Input) (*content.DraftView, error) {
	base := w.plan.Slug
	for n := 1; ; n++ {
		if n > 1 {
			tail := fmt.Sprintf("-%d", n)
			input.Slug = strings.TrimRight(base[:min(len(base), 96-len(tail))], "-") + tail
		}
		if n > 1 && w.in.slugs[input.Slug] || n == 1 && w.in.run.DryRun && w.in.slugs[base] {
			continue
		}
		view, err := w.in.Desk.Create(ctx, input)
		if fault.HasCode(err, "slug_taken") && n < 100 {
			continue
		}
		if err == nil {
			w.in.slugs[input.Slug] = true
		}
		return view, err
	}
}

// change saves what the source says now over what it said before. What only
// this house knows, such as series and issue, stays.
func (w *write) change(ctx context.Context, l *porter.Line, view *content.DraftView) error {
	before := view.Input()
	input, err := w.input(ctx, before)
	if err != nil {
		return err
	}
	if tail, ok := strings.CutPrefix(before.Slug, w.plan.Slug); ok && (tail == "" || numbered.MatchString(tail)) {
		input.Slug = before.Slug
	}
	input.Normalize()
	if l.Outcome = porter.WasUpdated; same(before, input) {
		l.Outcome = porter.WasUnchanged
	} else {
		if view, err = w.in.Desk.Save(ctx, view.Note.ID, view.Note.Version, input); err != nil {
			return err
		}
	}
	if view.Note.Status == content.Published && !w.plan.Live {
		l.Say("it is published here and a draft there; it stays published, with the changes as a draft")
	}
	return w.finish(ctx, l, view)
}

var numbered = regexp.MustCompile(`^-\d+$`)

// input lays the plan over what is known of the note.
func (w *write) input(ctx context.Context, in content.Input) (content.Input, error) {
	p := w.plan
	in.Title, in.Slug, in.Body, in.Gate, in.GatePlans = p.Title, p.Slug, w.body, p.Gate, p.Plans
	in.SEOTitle, in.SEODescription, in.CoverAlt, in.Why = p.SEOTitle, p.SEODescription, p.CoverAlt, "Imported"
	if p.Abstract != "" {
		in.Abstract = p.Abstract
	}
	in.Cover = w.cover
	var err error
	if in.Authors, err = w.in.all(ctx, p.Authors, w.in.author); err != nil {
		return in, err
	}
	in.Topics, err = w.in.all(ctx, p.Topics, w.in.topic)
	return in, err
}

// finish publishes, leads the old address here and marks the book.
func (w *write) finish(ctx context.Context, l *porter.Line, view *content.DraftView) (err error) {
	for _, p := range view.Problems {
		l.Say(fmt.Sprintf("line %d of its text: %s", p.Line, p.Message))
	}
	id := view.Note.ID
	l.SubjectID = &id
	if w.plan.Live {
		live, err := w.publish(ctx, view)
		if err != nil {
			return err
		}
		view = live
	}
	if err := w.lead(ctx, l, view.Note.Slug); err != nil {
		return err
	}
	now, err := w.in.Desk.Draft(ctx, id)
	if err != nil {
		return err
	}
	return w.in.run.Book().Enter(ctx, porter.Origin{
		System: w.in.system, Kind: porter.NoteKind, SourceID: w.source, OurID: id, SourceHash: w.print, OurHash: ours(now),
	})
}

func (w *write) publish(ctx context.Context, view *content.DraftView) (*content.DraftView, error) {
	if view.Note.Status == content.Published {
		return w.in.Desk.Publish(ctx, view.Note.ID, content.Publish{})
	}
	return w.in.Desk.Publish(ctx, view.Note.ID, content.Publish{At: w.plan.At})
}

// lead makes the redirect from where the note was.
func (w *write) lead(ctx context.Context, l *porter.Line, slug string) error {
	from, to := w.plan.Path, "/notes/"+slug
	if from == "" || from == "/" || from == to || w.in.House == nil || w.in.paths[from] {
		return nil
	}
	_, err := w.in.House.BringRedirect(ctx, from, to)
	if err != nil && fault.Of(err).Kind != fault.Internal {
		l.Say("no redirect leads from " + clean(from, 100) + ": " + said(err))
		return nil
	}
	return err
}

// ours is the fingerprint of a note as it is here.
func ours(v *content.DraftView) string {
	in := v.Input()
	in.Why, in.Autosave = "", false
	if in.GatePlans = slices.Clone(in.GatePlans); len(in.GatePlans) == 0 {
		in.GatePlans = nil
	}
	return fingerprint(struct {
		Input  content.Input
		Status content.Status
	}{in, v.Note.Status})
}

// all finds or makes names, in their order.
func (in *intake) all(ctx context.Context, names []source.Name, one func(context.Context, source.Name) (string, error)) (slugs []string, err error) {
	for _, n := range names {
		n.Name = clean(n.Name, 100)
		slug, err := one(ctx, n)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(slugs, slug) {
			slugs = append(slugs, slug)
		}
	}
	return slugs, nil
}
