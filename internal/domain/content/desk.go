package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Recorder appends to the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// PlanBook knows the plans that a gate may name.
type PlanBook interface {
	KnownPlans(ctx context.Context, slugs []string) (unknown []string, err error)
}

// Deps is what the room needs from outside.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Journal  Recorder
	Search   *search.Index
	Plans    PlanBook // nil accepts every plan
	House    House    // nil: no rule but the defaults
	Pictures Pictures // nil: nobody keeps account of them
	// Colleagues may be nil: nobody can be asked to review.
	Colleagues Colleagues
}

// Desk is where staff write. Every verb checks its capability.
type Desk struct {
	Deps
	store store
	known *names
	sound sound
}

// NewDesk opens the desk.
func NewDesk(d Deps) *Desk { return &Desk{Deps: d, store: store{d.DB}, known: newNames(d.DB)} }

// Faults of this room.
var (
	errNoNote    = fault.New(fault.NotFound, "note_not_found", "There is no such note.")
	errSlugTaken = fault.New(fault.Conflict, "slug_taken", "Another note has, or once had, this address.")
	errNotLive   = fault.New(fault.Conflict, "note_not_published", "Only a published note can be retracted.")
	errFuture    = fault.New(fault.Conflict, "date_in_future", "A publication date cannot lie in the future.")
)

// topicNews is the topic under which changes of notes are announced; the
// payload is the note's slug, or empty for anything.
const topicNews = "content"

// Create makes a note with its first draft.
func (s *Desk) Create(ctx context.Context, in Input) (*DraftView, error) {
	return s.write(ctx, uuid.Nil, 0, in)
}

// Save makes a new draft revision. version is the version the change was made
// from; when the note has moved on, nothing is written and the fault carries
// the current one. 0 asks for no check.
func (s *Desk) Save(ctx context.Context, id uuid.UUID, version int64, in Input) (*DraftView, error) {
	return s.write(ctx, id, version, in)
}

func (s *Desk) write(ctx context.Context, id uuid.UUID, version int64, in Input) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, err
	}
	in.Normalize()
	if err := in.Validate(); err != nil {
		return nil, err
	}
	drawn := render(in.Body) // before the transaction: it takes time and needs nothing
	s.sound.keep(in.Body, drawn)
	var view *DraftView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		note, verb, err := s.openNote(ctx, id, version)
		if err != nil {
			return err
		}
		rev, err := s.newRevision(ctx, note, in)
		if err != nil {
			return err
		}
		rev.apply(drawn.public)
		if err := s.put(ctx, note, rev, drawn.text, verb); err != nil {
			return err
		}
		if id == uuid.Nil { // nothing can wait for a note that has just been made
			view, err = s.viewOf(ctx, note, rev, drawn.text, Standing{})
			return err
		}
		view, err = s.view(ctx, note, rev, drawn.text)
		return err
	})
	if err != nil {
		return nil, err
	}
	view.Problems = drawn.faults
	return view, nil
}

// put stores a save: a revision of its own, or a further state of the last
// one, which is in the journal already.
func (s *Desk) put(ctx context.Context, n *Note, r *Revision, t revisionText, verb string) error {
	fresh := verb == "note.created"
	if !fresh {
		folded, err := s.fold(ctx, n, r)
		if err != nil {
			return err
		}
		if folded {
			n.save(r, s.Clock.Now())
			if err := s.store.saveFolded(ctx, n, r, t); err != nil {
				return err
			}
			return s.referNote(ctx, r, t, false)
		}
	}
	n.save(r, s.Clock.Now())
	if err := s.store.saveDraft(ctx, n, r, t, fresh); err != nil {
		return err
	}
	if err := s.referNote(ctx, r, t, true); err != nil {
		return err
	}
	return s.record(ctx, verb, n, map[string]any{"revision": r.Number})
}

// openNote loads the note for update, or begins a new one.
func (s *Desk) openNote(ctx context.Context, id uuid.UUID, version int64) (*Note, string, error) {
	if id == uuid.Nil {
		return &Note{ID: db.NewID(), Status: Draft, CreatedAt: s.Clock.Now()}, "note.created", nil
	}
	note, err := s.store.noteForUpdate(ctx, id)
	if err != nil {
		return nil, "", err
	}
	if err := checkVersion(note, version); err != nil {
		return nil, "", err
	}
	if note.Status == Archived {
		return nil, "", errArchived
	}
	return note, "note.saved", nil
}

func checkVersion(n *Note, version int64) error {
	if version == 0 || version == n.Version {
		return nil
	}
	f := fault.New(fault.PreconditionFailed, "stale_version", "The note was changed by somebody else in the meantime. Nothing was overwritten.")
	f.Current = n.ETag()
	return f
}

// newRevision resolves the names of the input.
func (s *Desk) newRevision(ctx context.Context, note *Note, in Input) (*Revision, error) {
	number, err := 1, error(nil)
	if note.DraftRevision != uuid.Nil {
		number, err = s.store.nextRevision(ctx, note.ID)
	}
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	rev := &Revision{
		ID: db.NewID(), NoteID: note.ID, Number: number, Slug: in.Slug, Why: in.Why,
		Meta: Meta{
			Kind: in.Kind, Title: in.Title, Abstract: in.Abstract, Position: in.Position,
			Gate: in.Gate, GatePlans: append([]string{}, in.GatePlans...),
			CoverID: in.Cover, CoverAlt: in.CoverAlt, SEOTitle: in.SEOTitle, SEODescription: in.SEODescription,
		},
		Autosave: in.Autosave, CreatedAt: now, SavedAt: now,
	}
	rev.CreatedBy, rev.CreatedByKind, rev.CreatedByName = me(ctx)
	return rev, s.resolve(ctx, rev, in)
}

// resolve turns slugs into ids and lists every name that is not known. Another
// node may have made a name a moment ago: what is not known is looked for again
// in the database.
func (s *Desk) resolve(ctx context.Context, rev *Revision, in Input) error {
	cat, err := s.known.catalogue(ctx)
	if err != nil {
		return err
	}
	if err = s.resolveIn(ctx, cat, rev, in); err == nil {
		return nil
	}
	if cat, err = s.store.catalogue(ctx); err != nil {
		return err
	}
	return s.resolveIn(ctx, cat, rev, in)
}

func (s *Desk) resolveIn(ctx context.Context, cat *Catalogue, rev *Revision, in Input) error {
	var f fault.Fields
	if in.Series != "" {
		if x := cat.SeriesBySlug(in.Series); x == nil {
			f.Add("/series", "unknown", "There is no such series.")
		} else {
			rev.SeriesID = &x.ID
			if i := cat.IssueBySlug(x.ID, in.Issue); i != nil {
				rev.IssueID = &i.ID
			} else if in.Issue != "" {
				f.Add("/issue", "unknown", "The series has no such issue.")
			}
		}
	}
	rev.Authors = resolveAll(&f, "/authors", in.Authors, func(slug string) *uuid.UUID {
		if a := cat.AuthorAt(slug); a != nil {
			return &a.ID
		}
		return nil
	})
	rev.Topics = resolveAll(&f, "/topics", in.Topics, func(slug string) *uuid.UUID {
		if t := cat.TopicAt(slug); t != nil {
			return &t.ID
		}
		return nil
	})
	if err := s.checkPlans(ctx, &f, in.GatePlans); err != nil {
		return err
	}
	return f.Err()
}

func resolveAll(f *fault.Fields, path string, slugs []string, find func(string) *uuid.UUID) []uuid.UUID {
	ids := []uuid.UUID{}
	seen := map[uuid.UUID]bool{}
	for _, slug := range slugs {
		id := find(slug)
		if id == nil {
			f.Add(path, "unknown", "Not known: "+slug)
		} else if !seen[*id] {
			seen[*id] = true
			ids = append(ids, *id)
		}
	}
	return ids
}

// checkPlans refuses a gate that names a plan nobody sells: a slip of the pen
// there would open the note to nobody.
func (s *Desk) checkPlans(ctx context.Context, f *fault.Fields, slugs []string) error {
	if s.Plans == nil || len(slugs) == 0 {
		return nil
	}
	unknown, err := s.Plans.KnownPlans(ctx, slugs)
	for _, slug := range unknown {
		f.Add("/gate_plans", "unknown", "Not known: "+slug)
	}
	return err
}

func (s *Desk) record(ctx context.Context, verb string, n *Note, more map[string]any) error {
	payload := map[string]any{"slug": n.Slug, "title": n.Title, "status": n.Status}
	for k, v := range more {
		payload[k] = v
	}
	return s.Journal.Record(withNote(ctx, n), journal.Event{Verb: verb, Subject: "note", ID: n.ID.String(), Payload: payload})
}
