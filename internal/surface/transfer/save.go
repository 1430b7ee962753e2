package transfer

import (
	"context"
	"slices"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

// save creates the note of this address, or saves it when something differs:
// an import can be repeated without making revisions.
func (r *importRun) save(ctx context.Context, in content.Input) (*content.DraftView, error) {
	in.Normalize()
	old, err := r.Desk.DraftBySlug(ctx, in.Slug)
	if fault.HasCode(err, "note_not_found") {
		view, err := r.Desk.Create(ctx, in)
		if err == nil {
			r.report.Created++
		}
		return view, err
	}
	if err != nil {
		return nil, err
	}
	if same(old.Input(), in) {
		r.report.Unchanged++
		return old, nil
	}
	if r.guard != nil {
		if err := r.guard(old); err != nil {
			return nil, err
		}
	}
	view, err := r.Desk.Save(ctx, old.Note.ID, old.Note.Version, in)
	if err == nil {
		r.report.Updated++
	}
	return view, err
}

func same(a, b content.Input) bool {
	cover := (a.Cover == nil) == (b.Cover == nil) && (a.Cover == nil || *a.Cover == *b.Cover)
	return cover && a.Title == b.Title && a.Slug == b.Slug && a.Abstract == b.Abstract && a.Body == b.Body &&
		a.Kind == b.Kind && a.Series == b.Series && a.Issue == b.Issue && a.Position == b.Position && a.Gate == b.Gate &&
		slices.Equal(a.GatePlans, b.GatePlans) && slices.Equal(a.Authors, b.Authors) && slices.Equal(a.Topics, b.Topics) &&
		a.CoverAlt == b.CoverAlt && a.SEOTitle == b.SEOTitle && a.SEODescription == b.SEODescription
}
