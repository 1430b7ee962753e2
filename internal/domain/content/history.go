package content

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/markdown"
)

// Entry is a revision in the history of a note, with what became of it.
type Entry struct {
	*Revision
	Version   *Version // readers saw it as this one; nil if they never did
	Submitted bool
	Approved  bool
}

// History lists the revisions of a note, newest first, without texts.
func (s *Desk) History(ctx context.Context, id uuid.UUID) (*Note, []Entry, error) {
	revs, err := s.Revisions(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	note, err := s.store.note(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	versions, err := s.store.versions(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	subs, err := s.store.submissions(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	out := make([]Entry, len(revs))
	at := map[uuid.UUID]*Entry{}
	for i, r := range revs {
		out[i].Revision = r
		at[r.ID] = &out[i]
	}
	mark := func(id uuid.UUID, do func(*Entry)) {
		if e := at[id]; e != nil {
			do(e)
		}
	}
	for _, v := range versions {
		mark(v.RevisionID, func(e *Entry) { e.Version = &v.Version })
	}
	for _, sub := range subs {
		mark(sub.RevisionID, func(e *Entry) { e.Submitted = true })
		for _, d := range sub.Decisions {
			mark(d.RevisionID, func(e *Entry) { e.Submitted, e.Approved = true, e.Approved || d.Decision == Approve })
		}
	}
	return note, out, nil
}

// NameRevision gives a revision a name to find it by; "" takes it away. A
// named revision never changes.
func (s *Desk) NameRevision(ctx context.Context, id uuid.UUID, number int, name string) (*Note, *Revision, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, nil, err
	}
	name = strings.TrimSpace(name)
	var f fault.Fields
	f.MaxRunes("/name", name, 100)
	f.Check(printable(name) && !strings.ContainsAny(name, "\n\t"), "/name", "bad_characters", "A name is one line of text.")
	if err := f.Err(); err != nil {
		return nil, nil, err
	}
	var note *Note
	var rev *Revision
	err := s.DB.Tx(ctx, func(ctx context.Context) (err error) {
		if note, err = s.store.noteForUpdate(ctx, id); err != nil { // no autosave in between
			return err
		}
		rid, err := s.store.revisionID(ctx, id, number)
		if err != nil {
			return err
		}
		if rev, err = s.store.revisionHead(ctx, rid); err != nil || rev.Name == name {
			return err
		}
		if err := s.store.nameRevision(ctx, rev, name); err != nil {
			return err
		}
		return s.record(ctx, "note.revision_named", note, map[string]any{"revision": number, "name": name})
	})
	return note, rev, err
}

// Restore makes a new draft revision of an old one. Nothing is taken back: the
// revisions in between stay.
func (s *Desk) Restore(ctx context.Context, id uuid.UUID, version int64, number int, why string) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, err
	}
	in := Input{Title: "-", Why: why} // only the reason is checked
	in.Normalize()
	in.Kind, in.Slug = Data, "x"
	if err := in.Validate(); err != nil {
		return nil, err
	}
	if in.Why == "" {
		in.Why = fmt.Sprintf("Brought back revision %d", number)
	}
	var view *DraftView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		note, _, err := s.openNote(ctx, id, version)
		if err != nil {
			return err
		}
		rid, err := s.store.revisionID(ctx, id, number)
		if err != nil {
			return err
		}
		old, text, err := s.store.revision(ctx, rid)
		if err != nil {
			return err
		}
		rev, text, err := s.again(ctx, note, old, text)
		if err != nil {
			return err
		}
		rev.Why = in.Why
		note.save(rev, s.Clock.Now())
		if err := s.store.saveDraft(ctx, note, rev, text, false); err != nil {
			return err
		}
		if err := s.referNote(ctx, rev, text, true); err != nil {
			return err
		}
		if err := s.record(ctx, "note.restored", note, map[string]any{"revision": rev.Number, "from": number}); err != nil {
			return err
		}
		view, err = s.view(ctx, note, rev, text)
		return err
	})
	return view, err
}

// again makes a new revision with the content of an old one. What the old one
// refers to and is not there any more is left out.
func (s *Desk) again(ctx context.Context, n *Note, old *Revision, text revisionText) (*Revision, revisionText, error) {
	number, err := s.store.nextRevision(ctx, n.ID)
	if err != nil {
		return nil, text, err
	}
	cat, err := s.store.catalogue(ctx)
	if err != nil {
		return nil, text, err
	}
	now := s.Clock.Now()
	r := *old
	r.Meta = n.metaOf(old)
	r.ID, r.Number, r.RestoredFrom, r.CreatedAt, r.SavedAt = db.NewID(), number, old.Number, now, now
	r.Name, r.Autosave, r.Sealed = "", false, false
	r.CreatedBy, r.CreatedByKind, r.CreatedByName = me(ctx)
	r.Authors, r.Topics = idsOf(cat.authorsOf(old.Authors)), idsOf(cat.topicsOf(old.Topics))
	if find(cat.series, r.SeriesID) == nil {
		r.SeriesID = nil
	}
	if find(cat.issues, r.IssueID) == nil {
		r.IssueID, r.Position = nil, 0
	}
	if r.Renderer != markdown.Version {
		drawn := render(text.Body)
		r.apply(drawn.public)
		text = drawn.text
	}
	return &r, text, nil
}

func idsOf[P named[T], T any](list []P) []uuid.UUID {
	out := make([]uuid.UUID, len(list))
	for i, x := range list {
		out[i], _ = x.called()
	}
	return out
}
