package media

import (
	"context"
	"fmt"
	"regexp"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Spot is a kind of place where pictures are shown.
type Spot string

// The spots. A use names the spot and which one of them.
const (
	InRevision    Spot = "revision"    // of a note, saved at some time
	InIssue       Spot = "issue"       // its cover or editorial
	InPublication Spot = "publication" // its logo or a page of its own; there is one
	BesideNote    Spot = "note"        // a file attached to it; never a picture's use
)

// Use says that a picture is shown somewhere.
type Use struct {
	Spot Spot
	Of   uuid.UUID // nil for the publication
}

// Place is somewhere a picture is shown, as people know it.
type Place struct {
	Kind     string    // note, issue or publication
	ID       uuid.UUID // nil for the publication
	Title    string
	Draft    bool  // of a note: in what is being worked on
	Live     bool  // readers see it there
	Versions []int // of a note: numbers that can be cited, newest first
	Earlier  int   // of a note: how many revisions before that show it
}

// Atlas knows the places that uses stand for.
type Atlas interface {
	Places(ctx context.Context, uses []Use) ([]Place, error)
}

// named finds pictures of ours in a text.
var named = regexp.MustCompile(addressRoot + `([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/`)

// Refer writes down which pictures a spot shows: one that it names by itself,
// such as a cover, and those that stand in its texts. What it showed before is
// forgotten. It joins the transaction of whoever saves the spot, so the account
// is right at every moment; a name that stands for no picture counts nothing.
func (s *Shelf) Refer(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error {
	ids := shown(chosen, texts)
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		return s.store.refer(ctx, Use{Spot(spot), of}, ids)
	})
}

// ReferFirst is Refer for a spot that has shown nothing before.
func (s *Shelf) ReferFirst(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error {
	ids := shown(chosen, texts)
	if len(ids) == 0 {
		return nil
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		return s.store.addUses(ctx, Use{Spot(spot), of}, ids)
	})
}

// shown are the pictures that are chosen or stand in texts.
func shown(chosen *uuid.UUID, texts []string) map[uuid.UUID]bool {
	ids := map[uuid.UUID]bool{}
	if chosen != nil {
		ids[*chosen] = true
	}
	for _, text := range texts {
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			if id, err := uuid.Parse(m[1]); err == nil {
				ids[id] = true
			}
		}
	}
	return ids
}

// Uses lists where a picture is shown, for staff who may read drafts.
func (s *Shelf) Uses(ctx context.Context, id uuid.UUID) ([]Place, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	if _, err := s.Item(ctx, id); err != nil {
		return nil, err
	}
	return s.places(ctx, id)
}

// ShownIn gives all places where a picture is shown, by their spots. It is for
// the house itself, which tells others of changes.
func (s *Shelf) ShownIn(ctx context.Context, id uuid.UUID) (map[Spot][]uuid.UUID, error) {
	return s.store.allUses(ctx, id)
}

func (s *Shelf) places(ctx context.Context, id uuid.UUID) ([]Place, error) {
	uses, err := s.store.uses(ctx, id)
	if err != nil || len(uses) == 0 || s.Atlas == nil {
		return nil, err
	}
	return s.Atlas.Places(ctx, uses)
}

// placesNamed is how many places a refusal names.
const placesNamed = 20

// unused refuses when the picture is shown somewhere. The titles of drafts are
// for those who may read them.
func (s *Shelf) unused(ctx context.Context, i *Item) error {
	uses, err := s.store.uses(ctx, i.ID)
	if err != nil || len(uses) == 0 {
		return err
	}
	f := fault.New(fault.Conflict, "media_in_use", "The picture is in use. Take it out there first; what can be cited or restored keeps its pictures.")
	if !actor.From(ctx).Can(actor.NotesRead) || s.Atlas == nil {
		return f
	}
	places, err := s.Atlas.Places(ctx, uses)
	if err != nil {
		return err
	}
	for _, p := range places[:min(len(places), placesNamed)] {
		f.Fields = append(f.Fields, fault.Field{Path: p.pointer(), Code: "used_here", Message: p.sentence()})
	}
	return f
}

func (p *Place) pointer() string {
	if p.ID == uuid.Nil {
		return "/settings"
	}
	return "/" + p.Kind + "s/" + p.ID.String()
}

func (p *Place) sentence() string {
	switch {
	case p.Kind != "note":
		return p.Title
	case p.Live:
		return fmt.Sprintf("“%s”, published", p.Title)
	case p.Draft:
		return fmt.Sprintf("“%s”, draft", p.Title)
	case len(p.Versions) > 0:
		return fmt.Sprintf("“%s”, version %d", p.Title, p.Versions[0])
	}
	return fmt.Sprintf("“%s”, earlier revisions", p.Title)
}
