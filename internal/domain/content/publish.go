package content

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Publish is how a draft goes live.
type Publish struct {
	Version int64     // as in Save; 0 asks for no check
	At      time.Time // of a first publication, for notes that appeared elsewhere; zero means now
	Change  Change    // of an update; "" means Minor
	Notice  string    // with Major, for readers

	moment time.Time // of an update, as readers are told
	by     *Person   // who decided it, when that is not who acts
	pens   pens      // who wrote it, where that is known already
}

func (p *Publish) check(now time.Time) error {
	var f fault.Fields
	checkNotice(&f, p.Change, &p.Notice)
	if err := f.Err(); err != nil {
		return err
	}
	if p.At = p.At.UTC().Truncate(time.Microsecond); p.At.IsZero() {
		p.At = now
	}
	if p.moment.IsZero() {
		p.moment = now
	}
	if p.At.After(now) {
		return errFuture
	}
	return nil
}

// Publish pins the draft as what readers see. Publishing what is live already
// changes nothing.
func (s *Desk) Publish(ctx context.Context, id uuid.UUID, p Publish) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesPublish); err != nil {
		return nil, err
	}
	if err := p.check(s.Clock.Now()); err != nil {
		return nil, err
	}
	var view *DraftView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		note, rev, text, err := s.draftForUpdate(ctx, id, p.Version)
		if err != nil {
			return err
		}
		if p.pens, err = s.ready(ctx, note, rev, text); err != nil {
			return err
		}
		if err := s.goLive(ctx, note, rev, text, p); err != nil {
			return err
		}
		view, err = s.view(ctx, note, rev, text)
		return err
	})
	return view, err
}

func (s *Desk) draftForUpdate(ctx context.Context, id uuid.UUID, version int64) (*Note, *Revision, revisionText, error) {
	note, err := s.store.noteForUpdate(ctx, id)
	if err != nil {
		return nil, nil, revisionText{}, err
	}
	if err := checkVersion(note, version); err != nil {
		return nil, nil, revisionText{}, err
	}
	rev, text, err := s.store.revision(ctx, note.DraftRevision)
	return note, rev, text, err
}

// ready lists what stands in the way of publishing a revision, and says who
// wrote it.
func (s *Desk) ready(ctx context.Context, n *Note, r *Revision, t revisionText) (pens, error) {
	if n.Status == Archived {
		return nil, errArchived
	}
	if err := s.publishable(r, t.Body); err != nil {
		return nil, err
	}
	pens, err := s.pens(ctx, n, r)
	if err != nil {
		return nil, err
	}
	return pens, s.mayPublish(ctx, r, pens)
}

// goLive publishes a revision, with everything that follows from it: the
// former address, the issue's date, the end of its review, the search, the
// journal, letters, the copies in memory. What readers see already is left as
// it is.
func (s *Desk) goLive(ctx context.Context, n *Note, r *Revision, t revisionText, p Publish) error {
	before := n.Slug
	if n.PublishedAt == nil {
		before = r.Slug // nobody knew it by another address
	}
	pens, err := p.pens, error(nil)
	if pens == nil {
		pens, err = s.pens(ctx, n, r)
	}
	if err != nil {
		return err
	}
	version, err := n.update(r, &p)
	if err != nil {
		return err
	}
	verb := n.publish(r, version, s.Clock.Now())
	if verb == "" {
		return s.repeated(ctx, n, p)
	}
	told, err := s.endReview(ctx, n, r, pens)
	if err != nil {
		return err
	}
	if err := s.store.savePublication(ctx, n, r, before); err != nil {
		return err
	}
	if version.Number > 0 {
		version.PublishedBy, _, version.PublishedByName = me(ctx)
		if p.by != nil {
			version.PublishedBy, version.PublishedByName = p.by.ID, p.by.Name
		}
		if err := s.store.addVersion(ctx, &version); err != nil {
			return err
		}
	}
	if n.IssueID != nil {
		opened, err := s.openIssueWith(ctx, n)
		if err != nil {
			return err
		}
		if opened {
			ctx = withRenamed(ctx)
		}
	}
	if err := s.index(ctx, n, r, t); err != nil {
		return err
	}
	if err := s.closePreviews(ctx, n, linkPublished); err != nil {
		return err
	}
	if err := s.record(withLive(ctx, r), verb, n, map[string]any{
		"revision": r.Number, "kind": n.Kind, "gate": n.Gate, "version": n.LiveVersion, "change": version.Change, "notice": version.Notice,
	}); err != nil {
		return err
	}
	if err := s.drop(ctx, n, DoPublish, DoUpdate); err != nil {
		return err
	}
	if err := s.tell(ctx, told, news{kind: strings.TrimPrefix(verb, "note."), note: n, title: n.Title}); err != nil {
		return err
	}
	return s.announce(ctx, before, n.Slug)
}

// repeated answers a publication of what readers see already: nothing happens,
// unless a change is spoken of that is not the one they saw.
func (s *Desk) repeated(ctx context.Context, n *Note, p Publish) error {
	if p.Change == "" {
		return nil
	}
	last, err := s.store.version(ctx, n.ID, n.LiveVersion)
	if err == nil && (last.Change != p.Change || last.Notice != p.Notice) {
		return errNothingNew
	}
	return err
}

// endReview closes the submission of what is published, and says whom the
// publication concerns. One about later changes stays open.
func (s *Desk) endReview(ctx context.Context, n *Note, r *Revision, pens pens) ([]Person, error) {
	if err := s.store.seal(ctx, r); err != nil {
		return nil, err
	}
	sub, err := s.store.openSubmission(ctx, n)
	if err != nil || sub == nil || sub.Revision > r.Number {
		return pens.and(), err
	}
	sub.State, n.SubmissionID = Done, nil
	return pens.and(sub.Submitter()), s.store.saveReviewState(ctx, n, sub, nil)
}

// announce tells every node that pages at these addresses have changed.
func (s *Desk) announce(ctx context.Context, slugs ...string) error {
	told := map[string]bool{}
	for _, slug := range slugs {
		if told[slug] {
			continue
		}
		told[slug] = true
		if err := s.DB.Announce(ctx, topicNews, slug); err != nil {
			return err
		}
	}
	return nil
}

// Retract takes a note from readers at once; its address answers that it was
// withdrawn, with the reason. Retracting twice changes nothing.
func (s *Desk) Retract(ctx context.Context, id uuid.UUID, version int64, reason string) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesRetract); err != nil {
		return nil, err
	}
	var f fault.Fields
	checkReason(&f, &reason)
	if err := f.Err(); err != nil {
		return nil, err
	}
	var view *DraftView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		note, rev, text, err := s.draftForUpdate(ctx, id, version)
		if err != nil {
			return err
		}
		switch note.Status {
		case Published:
			note.retract(reason, s.Clock.Now())
			err = s.takeDown(ctx, note)
		case Retracted:
		default:
			err = errNotLive
		}
		if err != nil {
			return err
		}
		view, err = s.view(ctx, note, rev, text)
		return err
	})
	return view, err
}

// checkReason checks why a note is retracted, in words for readers.
func checkReason(f *fault.Fields, reason *string) {
	*reason = strings.TrimSpace(*reason)
	f.MaxRunes("/reason", *reason, 500)
	f.Check(printable(*reason), "/reason", "bad_characters", "Control characters are not allowed.")
}

// takeDown stores a retraction and everything that follows from it.
func (s *Desk) takeDown(ctx context.Context, n *Note) error {
	if err := s.store.saveNote(ctx, n); err != nil {
		return err
	}
	if err := s.Search.Drop(ctx, n.ID); err != nil {
		return err
	}
	if err := s.closePreviews(ctx, n, linkRetracted); err != nil {
		return err
	}
	if err := s.record(ctx, "note.retracted", n, nil); err != nil {
		return err
	}
	if err := s.drop(ctx, n, DoUpdate, DoRetract); err != nil {
		return err
	}
	writers, err := s.store.pens(ctx, n.ID, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, writers.and(), news{kind: "retracted", note: n, title: n.Title, text: n.Retraction}); err != nil {
		return err
	}
	return s.announce(ctx, n.Slug)
}
