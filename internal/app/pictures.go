package app

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
)

// uses tells the media room where notes, issues and the publication show
// pictures. The rooms that save such places are built before it.
type uses struct{ *rooms }

func (u uses) Refer(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error {
	return u.media.Refer(ctx, spot, of, chosen, texts...)
}

func (u uses) ReferFirst(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error {
	return u.media.ReferFirst(ctx, spot, of, chosen, texts...)
}

// atlas names the places where pictures are shown. It looks as the house; who
// may be told is for the media room to say.
type atlas struct{ *rooms }

func (a atlas) Places(ctx context.Context, all []media.Use) ([]media.Place, error) {
	ctx = actor.With(ctx, actor.Machine("media"))
	of := map[media.Spot][]uuid.UUID{}
	for _, u := range all {
		of[u.Spot] = append(of[u.Spot], u.Of)
	}
	shown, err := a.desk.ShownBy(ctx, of[media.InRevision])
	if err != nil {
		return nil, err
	}
	var out []media.Place
	for _, x := range shown {
		out = append(out, media.Place{Kind: "note", ID: x.Note.ID, Title: x.Note.Title, Draft: x.Draft, Live: x.Live, Versions: x.Versions, Earlier: x.Earlier})
	}
	notes, err := a.desk.NotesByID(ctx, of[media.BesideNote])
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		out = append(out, media.Place{Kind: "note", ID: n.ID, Title: n.Title, Live: n.Status == content.Published})
	}
	issues, err := a.issues(ctx, of[media.InIssue])
	out = append(out, issues...)
	if len(of[media.InPublication]) > 0 {
		out = append(out, media.Place{Kind: "publication", Title: "Settings: logo or pages", Live: true})
	}
	return out, err
}

func (a atlas) issues(ctx context.Context, ids []uuid.UUID) (out []media.Place, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	cat, err := a.desk.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	wanted := map[uuid.UUID]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	for _, i := range cat.Issues {
		if wanted[i.ID] {
			out = append(out, media.Place{Kind: "issue", ID: i.ID, Title: cat.SeriesOf(i).Name + ", " + i.Label, Live: i.PublishedAt != nil})
		}
	}
	return out, nil
}

// fourEyes is the owner's rule that two people look at everything.
func (r *rooms) fourEyes(ctx context.Context) (bool, error) {
	rules, err := r.publication.Rules(ctx)
	return rules.FourEyes, err
}
