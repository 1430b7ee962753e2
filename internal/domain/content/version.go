package content

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Change says how much an update changes for readers.
type Change string

// The kinds of update. A first publication has none.
const (
	Silent Change = "silent" // a typo: readers are not told
	Minor  Change = "minor"  // the date of the update is shown
	Major  Change = "major"  // with a notice of what was wrong
)

// Version is what readers saw from one moment on. It never changes and can be
// cited by its number.
type Version struct {
	NoteID          uuid.UUID `gorm:"type:uuid;primaryKey"`
	Number          int       `gorm:"primaryKey;autoIncrement:false"`
	RevisionID      uuid.UUID `gorm:"type:uuid"`
	Change          Change
	Notice          string // with Major: what was corrected, for readers
	PublishedAt     time.Time
	PublishedBy     *uuid.UUID `gorm:"type:uuid"`
	PublishedByName string
}

// TableName implements gorm's Tabler.
func (Version) TableName() string { return "note_versions" }

// ListedVersion is a version as the desk lists it.
type ListedVersion struct {
	Version  `gorm:"embedded"`
	Revision int // its number
}

// By is who published it.
func (v *Version) By() Person { return personOf(v.PublishedBy, v.PublishedByName) }

// Faults of updating.
var (
	errNothingNew  = fault.New(fault.Conflict, "nothing_to_publish", "Readers see this draft already. There is nothing to publish.")
	errNoVersion   = fault.New(fault.NotFound, "version_not_found", "The note has no such version.")
	errNotAnUpdate = func() error {
		var f fault.Fields
		f.Add("/change", "not_an_update", "Readers have not seen this note yet: a first publication changes nothing.")
		return f.Err()
	}()
)

const maxNotice = 1000

// checkNotice checks what is said of an update.
func checkNotice(f *fault.Fields, change Change, notice *string) {
	*notice = strings.TrimSpace(*notice)
	f.Check(change == "" || change == Silent || change == Minor || change == Major, "/change", "unknown", "silent, minor or major.")
	f.Check(change != Major || *notice != "", "/notice", "required", "Say what was wrong and what is right now; readers see it.")
	f.Check(change == Major || *notice == "", "/notice", "not_a_correction", "Only a major change carries a notice.")
	f.MaxRunes("/notice", *notice, maxNotice)
	f.Check(printable(*notice), "/notice", "bad_characters", "Control characters are not allowed.")
}

// update finds out what a publication of r is to readers: the first, or an
// update of some kind; "" with Number 0 when they see r already.
func (n *Note) update(r *Revision, p *Publish) (Version, error) {
	v := Version{NoteID: n.ID, Number: n.LiveVersion + 1, RevisionID: r.ID, Change: p.Change, Notice: p.Notice, PublishedAt: p.moment}
	switch {
	case n.PublishedAt == nil:
		v.PublishedAt = p.At
		if p.Change != "" {
			return v, errNotAnUpdate
		}
	case *n.LiveRevision == r.ID && (n.Status != Retracted || p.Change == ""):
		return Version{}, nil
	case p.Change == "":
		v.Change = Minor
	}
	return v, nil
}

// VersionInfo is what readers may know of a version.
type VersionInfo struct {
	Number int
	Change Change
	Notice string
	At     time.Time
	// Seen is when readers first saw it, as far as that is known: a first
	// version may be dated back, but not before it was written.
	Seen time.Time
}

func infoOf(v *Version) VersionInfo {
	return VersionInfo{v.Number, v.Change, v.Notice, v.PublishedAt, v.PublishedAt}
}

// Corrections are the versions that corrected something, newest first.
func (t *Teaser) Corrections() (out []VersionInfo) {
	for _, v := range t.Versions {
		if v.Change == Major {
			out = append(out, v)
		}
	}
	return out
}

// Newest tells whether this is what readers get without asking for a version.
func (t *Teaser) Newest() bool { return t.Shown.Number == t.Versions[0].Number }

// Versions lists what readers of a note saw over time, newest first.
func (s *Desk) Versions(ctx context.Context, id uuid.UUID) (*Note, []*ListedVersion, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, nil, err
	}
	note, err := s.store.note(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	list, err := s.store.versions(ctx, id)
	return note, list, err
}

// Version gives one version of a published note, as Note does the newest. It
// stands behind the gate that the note has today: a note that was opened opens
// its past, and one that was closed closes it.
func (l *Library) Version(ctx context.Context, slug string, number int) (*Teaser, error) {
	now, err := l.Note(ctx, slug)
	if err != nil || now.Shown.Number == number {
		return now, err
	}
	t, err := l.olds.Get(ctx, versionKey(slug, number), func(ctx context.Context) (*Teaser, error) { return l.loadVersion(ctx, slug, number) })
	if err != nil {
		return nil, err
	}
	return t, l.visible(t.gate)
}

func (l *Library) loadVersion(ctx context.Context, slug string, number int) (*Teaser, error) {
	announced := l.announced.Load()
	note, err := l.store.noteBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	v, err := l.store.version(ctx, note.ID, number)
	if err != nil {
		return nil, err
	}
	rev, err := l.store.revisionHead(ctx, v.RevisionID)
	if err != nil {
		return nil, err
	}
	t, err := l.teaser(ctx, note, rev)
	if err != nil {
		return nil, err
	}
	cat, err := l.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	meta := rev.Meta
	meta.Gate, meta.GatePlans = note.Gate, note.GatePlans
	if meta.Gate == access.Public {
		meta.Behind = Behind{}
	}
	t.Meta, t.Shown, t.ChangedAt = meta, infoOf(v), v.PublishedAt
	if rev.SavedAt.After(t.Shown.Seen) {
		t.Shown.Seen = rev.SavedAt
	}
	t.Series, t.Issue = find(cat.series, meta.SeriesID), l.out(find(cat.issues, meta.IssueID))
	t.Authors, t.Topics = cat.authorsOf(rev.Authors), cat.topicsOf(rev.Topics)
	t.gate.Revision = rev.ID
	return l.name(t, announced)
}
