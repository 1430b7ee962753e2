package content

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

var errIssueEmpty = fault.New(fault.Conflict, "issue_empty", "There is no note in this issue.")

// PublishIssue publishes an issue together with every note in it that readers
// do not see yet: all of them or nothing. Notes that were retracted stay so,
// and pending changes of those that are live stay pending.
func (s *Desk) PublishIssue(ctx context.Context, id uuid.UUID, version int64) (*IssueView, error) {
	if err := actor.Require(ctx, actor.NotesPublish); err != nil {
		return nil, err
	}
	var out *IssueView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := s.openIssue(ctx, id, version)
		if err != nil {
			return err
		}
		ready, live, err := s.readyNotes(ctx, x)
		if err != nil {
			return err
		}
		if len(ready)+live == 0 {
			return errIssueEmpty
		}
		now := s.Clock.Now()
		if x.PublishedAt != nil && len(ready) == 0 {
			out, err = s.issueView(ctx, x)
			return err
		}
		ctx = withRenamed(ctx)
		appeared := x.PublishedAt != nil
		if !appeared {
			x.PublishedAt = &now
		}
		x.Version++
		x.UpdatedAt = now
		if err := s.store.put(ctx, x); err != nil {
			return err
		}
		if !appeared {
			if err := s.renamed(ctx, x.ID); err != nil {
				return err
			}
		}
		for _, r := range ready {
			if err := s.goLive(ctx, r.note, r.rev, r.text, Publish{At: now, moment: now}); err != nil {
				return err
			}
		}
		if out, err = s.issueView(ctx, x); err != nil {
			return err
		}
		return s.recordIssue(ctx, out, "issue.published", map[string]any{"published_notes": len(ready)})
	})
	return out, err
}

// readyNote is a note of an issue that can be published.
type readyNote struct {
	note *Note
	rev  *Revision
	text revisionText
}

// readyNotes locks the notes of an issue and finds those to publish, in order;
// if one cannot be, every reason of each is named.
func (s *Desk) readyNotes(ctx context.Context, x *Issue) (ready []readyNote, live int, err error) {
	list, err := s.store.notesOfIssue(ctx, x.ID)
	if err != nil {
		return nil, 0, err
	}
	set := map[uuid.UUID]bool{}
	for _, n := range list {
		set[n.ID] = true
	}
	locked, err := s.lockNotes(ctx, set)
	if err != nil {
		return nil, 0, err
	}
	var missing fault.Fields
	for _, n := range list {
		n = locked[n.ID]
		switch {
		case n == nil, n.IssueID == nil || *n.IssueID != x.ID:
			continue // taken out a moment ago
		case n.Status == Published:
			live++
			continue
		case n.Status == Retracted || n.Status == Archived:
			continue
		}
		rev, text, err := s.store.revision(ctx, n.DraftRevision)
		if err != nil {
			return nil, 0, err
		}
		_, why := s.ready(ctx, n, rev, text)
		if why == nil {
			why = s.store.slugFree(ctx, rev.Slug, n.ID)
		}
		if err := name(&missing, n, rev, why); err != nil {
			return nil, 0, err
		}
		ready = append(ready, readyNote{n, rev, text})
	}
	if f := fault.Of(missing.Err()); f != nil {
		f.Kind, f.Code, f.Message = fault.Conflict, "issue_not_ready", "Some notes of this issue cannot be published yet. Nothing was published."
		return nil, 0, f
	}
	return ready, live, nil
}

// name adds what stands in the way of one note to the list.
func name(list *fault.Fields, n *Note, r *Revision, err error) error {
	f := fault.Of(err)
	if f == nil || f.Kind == fault.Internal {
		return err
	}
	at, title := "/notes/"+n.ID.String(), "“"+r.Title+"”: "
	if len(f.Fields) == 0 {
		list.Add(at, f.Code, title+f.Message)
	}
	for _, x := range f.Fields {
		list.Add(at+x.Path, x.Code, title+x.Message)
	}
	return nil
}

// RetractIssue takes an issue from readers: its page, its editorial and its
// order. Its notes stay, unless they are to go with it.
func (s *Desk) RetractIssue(ctx context.Context, id uuid.UUID, version int64, withNotes bool, reason string) (*IssueView, error) {
	if err := actor.Require(ctx, actor.NotesRetract); err != nil {
		return nil, err
	}
	var f fault.Fields
	checkReason(&f, &reason)
	if err := f.Err(); err != nil {
		return nil, err
	}
	var out *IssueView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := s.openIssue(ctx, id, version)
		if err != nil {
			return err
		}
		if x.PublishedAt == nil {
			return errIssueNotOut
		}
		x.PublishedAt, x.Held, x.UpdatedAt = nil, true, s.Clock.Now()
		x.Version++
		if err := s.store.put(ctx, x); err != nil {
			return err
		}
		if err := s.renamed(ctx, x.ID); err != nil { // its name is not to be found any more
			return err
		}
		gone := 0
		if withNotes {
			if gone, err = s.retractNotes(ctx, x, reason); err != nil {
				return err
			}
		}
		if out, err = s.issueView(ctx, x); err != nil {
			return err
		}
		return s.recordIssue(ctx, out, "issue.retracted", map[string]any{"retracted_notes": gone})
	})
	return out, err
}

func (s *Desk) retractNotes(ctx context.Context, x *Issue, reason string) (n int, err error) {
	list, err := s.store.notesOfIssue(ctx, x.ID)
	if err != nil {
		return 0, err
	}
	slices.SortFunc(list, byID)
	for _, note := range list {
		if note, err = s.store.noteForUpdate(ctx, note.ID); err != nil {
			return n, err
		}
		if note.Status != Published {
			continue
		}
		note.retract(reason, s.Clock.Now())
		if err := s.takeDown(ctx, note); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
