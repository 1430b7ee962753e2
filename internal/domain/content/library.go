package content

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/memo"
)

// Summary is what everybody may know of a published note: what lists show. It
// is shared between readers and must not be changed.
type Summary struct {
	ID          uuid.UUID
	Slug        string
	Meta        // Abstract, gate and the round numbers of what is behind it
	Series      *Series
	Issue       *Issue
	Authors     []*Author
	Topics      []*Topic
	PublishedAt time.Time
	ChangedAt   time.Time  // the last change, told or not
	RevisedAt   *time.Time // the last update readers are told of
	Version     int64
	gate        access.Gate
}

// Access is the gate in front of the note, for access.Decide.
func (s *Summary) Access() access.Gate { return s.gate }

// ETag changes with everything a reader could see of the note.
func (s *Summary) ETag() string { return etag(s.Version) }

// Teaser is a published note as a stranger sees it: the summary and what
// stands above the paywall. It holds nothing from below.
type Teaser struct {
	Summary
	HTML     string
	Plain    string
	Contents []Heading
	Shown    VersionInfo   // which version this is
	Versions []VersionInfo // all there are, newest first
	// Edition names what the teaser says: after any change that readers could see
	// there is another one. What is made of a teaser and a text together is kept
	// under it.
	Edition string
	Derived Derived // what surfaces made of it
}

// Pending says that no reader has this: it is a draft, whose text may change
// at any moment, so nothing made of it is kept.
func (t *Teaser) Pending() bool { return t.Edition == "" }

// Moved says that a note has another address now.
type Moved struct{ Slug string }

func (m *Moved) Error() string { return "the note has moved to " + m.Slug }

// RetractedText is what is said of a note that was retracted, before the reason.
const RetractedText = "This note was withdrawn."

// errGone carries a retraction's reason, which is meant for readers.
func errGone(reason string) error {
	msg := RetractedText
	if reason != "" {
		msg += " " + reason
	}
	return fault.New(fault.Gone, "note_retracted", msg)
}

// Library is where readers come. Everything it gives out is public, except
// what Text gives for a full decision.
type Library struct {
	known   *names
	store   store
	clock   clock.Clock
	search  *search.Index
	teasers *memo.Copies[*Teaser]
	olds    *memo.Copies[*Teaser] // of versions that are not the newest
	derived *memo.Copies[Sized]
	pages   *memo.Copies[*Page]
	cats    *memo.Copies[*Catalogue]
	months  *memo.Copies[[]Month]
	around  *memo.Copies[*Around]
	// editions counts the lists that were loaded, to name them apart.
	editions atomic.Uint64
	// announced counts the changes. It is part of an edition: what surfaces make of
	// a teaser shows more than the teaser says, such as files.
	announced atomic.Uint64
}

// How much memory copies may take. What surfaces made of 4,000 notes of 6 KB
// finds room.
const (
	mib           = 1 << 20
	derivedWeight = 38 * mib
	teaserWeight  = 12 * mib
)

// NewLibrary opens the library. It drops its copies when a change is announced
// on the database's news line.
func NewLibrary(d *db.DB, c clock.Clock, index *search.Index) *Library {
	l := &Library{
		store: store{d}, known: newNames(d), clock: c, search: index,
		teasers: memo.New(teaserWeight, teaserSize),
		olds:    memo.New(teaserWeight/4, teaserSize),
		derived: newDerived(),
		pages:   memo.New(8*mib, func(p *Page) uint32 { return uint32(256 + 1024*len(p.Notes)) }), //nolint:gosec // at most 100 notes
		cats:    memo.New(8*mib, func(*Catalogue) uint32 { return 1 }),
		months:  memo.New(mib, func([]Month) uint32 { return 1 }),
		around:  memo.New(4*mib, func(a *Around) uint32 { return uint32(2048 + 1024*len(a.Related)) }), //nolint:gosec // at most six
	}
	d.Subscribe(topicNews, l.drop)
	return l
}

func teaserSize(t *Teaser) uint32 {
	return weight(1536+64*len(t.Versions), t.HTML, t.Plain, t.Abstract)
}

func weight(base int, texts ...string) uint32 {
	for _, t := range texts {
		base += len(t)
	}
	return uint32(base) //nolint:gosec // bounded by MaxBody
}

// drop forgets what a change may have made old. What was made of the old
// teaser cannot be reached any more; what was made of a text alone stays, for a
// revision never changes, and none is given out without a fresh decision.
func (l *Library) drop(slug string) {
	l.announced.Add(1) // before: what is loaded from here on has another edition
	l.teasers.Drop(slug)
	l.olds.Drop("")
	l.pages.Drop("")
	l.cats.Drop("")
	l.months.Drop("")
	l.around.Drop("")
	if slug == "" {
		l.derived.Drop("")
	}
}

// Catalogue gives all series, issues, topics and authors.
func (l *Library) Catalogue(ctx context.Context) (*Catalogue, error) {
	return l.cats.Get(ctx, "", l.store.catalogue)
}

// Note finds a published note by its address. A former address gives *Moved, a
// retracted note a Gone fault, anything else NotFound.
func (l *Library) Note(ctx context.Context, slug string) (*Teaser, error) {
	t, err := l.teasers.Get(ctx, slug, func(ctx context.Context) (*Teaser, error) { return l.load(ctx, slug) })
	if err != nil {
		return nil, err
	}
	return t, l.visible(t.gate)
}

// visible answers for notes that do not exist for readers. It asks the one
// decision: what is denied to a reader with every grant is denied to all.
func (l *Library) visible(g access.Gate) error {
	switch d := access.Decide(g, nil, l.clock.Now()); {
	case d.Level() != access.Denied:
		return nil
	case d.Reason() == access.Retracted:
		return errGone("")
	default:
		return errNoNote
	}
}

func (l *Library) load(ctx context.Context, slug string) (*Teaser, error) {
	announced := l.announced.Load()
	note, err := l.store.noteBySlug(ctx, slug)
	if errors.Is(err, errNoNote) {
		return nil, l.moved(ctx, slug)
	}
	if err != nil {
		return nil, err
	}
	if note.withdrawn() {
		return nil, errGone(note.Retraction)
	}
	if note.LiveRevision == nil || note.PublishedAt == nil {
		return nil, errNoNote
	}
	rev, err := l.store.revisionHead(ctx, *note.LiveRevision)
	if err != nil {
		return nil, err
	}
	t, err := l.teaser(ctx, note, rev)
	if err != nil {
		return nil, err
	}
	return l.name(t, announced)
}

// teaser joins a note with the public part of a revision.
func (l *Library) teaser(ctx context.Context, n *Note, r *Revision) (*Teaser, error) {
	sums, err := l.summaries(ctx, []*Note{n})
	if err != nil {
		return nil, err
	}
	versions, err := l.store.versions(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	t := &Teaser{Summary: *sums[0], HTML: r.TeaserHTML, Plain: r.TeaserText, Contents: r.TeaserContents}
	for _, v := range versions {
		t.Versions = append(t.Versions, infoOf(&v.Version))
	}
	if len(versions) == 0 || versions[0].Number != n.LiveVersion {
		return nil, fmt.Errorf("content: note %s has no row for version %d", n.ID, n.LiveVersion)
	}
	t.Shown = t.Versions[0]
	return t, nil
}

func versionKey(slug string, number int) string { return fmt.Sprintf("%s/%d", slug, number) }

func (l *Library) moved(ctx context.Context, slug string) error {
	now, err := l.store.formerSlug(ctx, slug)
	if err != nil {
		return err
	}
	return &Moved{Slug: now}
}

// out gives an issue that has appeared, and nil for any other.
func (l *Library) out(i *Issue) *Issue {
	if i == nil || i.PublishedAt == nil || i.PublishedAt.After(l.clock.Now()) {
		return nil
	}
	return i
}

// summaries joins rows with what they refer to.
func (l *Library) summaries(ctx context.Context, notes []*Note) ([]*Summary, error) {
	cat, err := l.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	return l.described(ctx, cat, notes)
}

func (l *Library) described(ctx context.Context, cat *Catalogue, notes []*Note) ([]*Summary, error) {
	ids := make([]uuid.UUID, len(notes))
	for i, n := range notes {
		ids[i] = n.ID
	}
	authors, topics, err := l.store.links(ctx, ids)
	if err != nil {
		return nil, err
	}
	return l.describedWith(ctx, cat, notes, authors, topics)
}

func (l *Library) describedWith(ctx context.Context, cat *Catalogue, notes []*Note, authors, topics map[uuid.UUID][]uuid.UUID) (_ []*Summary, err error) {
	if !slices.ContainsFunc(notes, func(n *Note) bool {
		return !cat.holds(&Revision{Meta: n.Meta, Authors: authors[n.ID], Topics: topics[n.ID]})
	}) {
		return l.named(cat, notes, authors, topics), nil
	}
	// A name that was made a moment ago, here or on another node.
	if cat, err = l.store.catalogue(ctx); err != nil {
		return nil, err
	}
	return l.named(cat, notes, authors, topics), nil
}

func (l *Library) named(cat *Catalogue, notes []*Note, authors, topics map[uuid.UUID][]uuid.UUID) []*Summary {
	out := make([]*Summary, len(notes))
	for i, n := range notes {
		out[i] = &Summary{
			ID: n.ID, Slug: n.Slug, Meta: n.Meta, Version: n.Version, gate: n.gateFor(), RevisedAt: n.RevisedAt,
			Series: find(cat.series, n.SeriesID), Issue: l.out(find(cat.issues, n.IssueID)),
			Authors: cat.authorsOf(authors[n.ID]), Topics: cat.topicsOf(topics[n.ID]),
		}
		if n.PublishedAt != nil {
			out[i].PublishedAt = *n.PublishedAt
		}
		if n.ChangedAt != nil {
			out[i].ChangedAt = *n.ChangedAt
		}
	}
	return out
}
