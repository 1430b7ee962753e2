package content

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Sort of thing that readers see and that changes.
const (
	ChangedNote     = "note"
	ChangedIssue    = "issue" // its subject is "letter/2021-07"
	ChangedSeries   = "series"
	ChangedTopic    = "topic"
	ChangedAuthor   = "author"
	ChangedSettings = "settings" // there is one of these
	ChangedPlans    = "plans"    // and of these
)

// PublicChange is the last thing that happened to something that readers see. There
// is one for each, so nothing is ever forgotten and no cursor becomes too old.
type PublicChange struct {
	Kind     string `gorm:"primaryKey"`
	Subject  string `gorm:"primaryKey"`
	Slug     string
	Gone     bool
	At       time.Time
	Number   int64 // in the order in which changes are told
	Appeared int64 // the number at which it came, or came back
	Pending  bool  // it has no number yet
	Fresh    bool  // it came with the change that is pending

	Former []string `gorm:"-"` // earlier addresses of a note, a topic or an author
}

// TableName implements gorm's Tabler.
func (PublicChange) TableName() string { return "content_changes" }

// Came tells whether it was not there, for somebody who knows all up to a
// number.
func (c *PublicChange) Came(since int64) bool { return !c.Gone && c.Appeared > since }

// Mark remembers that something may have changed for readers, in the
// transaction that changed it. What no reader has ever seen is not remembered.
func (l *Library) Mark(ctx context.Context, kind, subject string) error {
	c := PublicChange{Kind: kind, Subject: subject, Slug: subject, At: l.clock.Now(), Pending: true, Fresh: true}
	switch kind {
	case ChangedNote:
		return l.markNote(ctx, c)
	case ChangedIssue:
		return l.markIssue(ctx, c)
	}
	_, err := l.store.mark(ctx, c, true)
	return err
}

// MarkGone remembers that something is no more for readers.
func (l *Library) MarkGone(ctx context.Context, kind, subject string) error {
	_, err := l.store.mark(ctx, PublicChange{Kind: kind, Subject: subject, Slug: subject, Gone: true, At: l.clock.Now(), Pending: true}, false)
	return err
}

// markNote remembers a note, and the issue it stands in, which shows it. Notes
// come before issues, here and in MarkShowing, so that no two transactions wait
// for each other.
func (l *Library) markNote(ctx context.Context, c PublicChange) error {
	id, err := uuid.Parse(c.Subject)
	if err != nil {
		return err
	}
	n, err := l.noteAtHand(ctx, id)
	if fault.HasCode(err, errNoNote.Code) {
		return nil
	}
	if err != nil {
		return err
	}
	seen := n.seen()
	c.Slug, c.Gone = n.Slug, !seen
	if told, err := l.store.mark(ctx, c, seen); err != nil || !told || n.IssueID == nil {
		return err
	}
	cat, err := l.store.catalogue(ctx)
	if err != nil {
		return err
	}
	if i := find(cat.issues, n.IssueID); i != nil {
		return l.markIssueOf(ctx, PublicChange{Kind: ChangedIssue, At: c.At, Pending: true, Fresh: true}, cat, i)
	}
	return nil
}

func (l *Library) markIssue(ctx context.Context, c PublicChange) error {
	cat, err := l.store.catalogue(ctx)
	if err != nil {
		return err
	}
	series, slug, _ := strings.Cut(c.Subject, "/")
	of := cat.SeriesBySlug(series)
	if of == nil {
		return nil
	}
	if i := cat.IssueBySlug(of.ID, slug); i != nil {
		return l.markIssueOf(ctx, c, cat, i)
	}
	return nil
}

// seen tells whether readers see the note.
func (n *Note) seen() bool { return n.Status == Published && n.LiveRevision != nil }

// addressOf names an issue among changes; "" when its series is gone.
func addressOf(cat *Catalogue, i *Issue) string {
	if of := cat.SeriesOf(i); of != nil {
		return of.Slug + "/" + i.Slug
	}
	return ""
}

func (l *Library) markIssueOf(ctx context.Context, c PublicChange, cat *Catalogue, i *Issue) error {
	if c.Subject = addressOf(cat, i); c.Subject == "" {
		return nil
	}
	c.Slug, c.Gone = c.Subject, l.out(i) == nil
	_, err := l.store.mark(ctx, c, !c.Gone)
	return err
}

// Changes is a part of what changed.
type Changes struct {
	List  []*PublicChange
	Since int64  // what the asker knew already
	Next  string // cursor; there is always one, to ask again with later
	More  bool   // ask again at once
}

// Changes lists what changed after a cursor, in the order in which it was
// committed, each thing once and with its last change. Without a cursor it lists
// all there is.
func (l *Library) Changes(ctx context.Context, since string, limit int) (*Changes, error) {
	from, err := parseChangeCursor(since)
	if err != nil {
		return nil, err
	}
	if err := l.store.number(ctx); err != nil {
		return nil, err
	}
	out := &Changes{Since: from}
	list, last, err := l.store.changesAfter(ctx, from, limit+1)
	if err != nil {
		return nil, err
	}
	if from > last { // of another database, or of this one before it was put back
		return nil, errCursorAhead
	}
	if out.More = len(list) > limit; out.More {
		list = list[:limit]
	}
	out.Next = changeCursor(from)
	if len(list) > 0 {
		out.Next = changeCursor(list[len(list)-1].Number)
	}
	for _, c := range list {
		if !c.Gone || from > 0 { // who begins has nothing to take away
			out.List = append(out.List, c)
		}
	}
	return out, l.store.formerSlugs(ctx, out.List)
}

var errCursorAhead = fault.New(fault.Gone, "cursor_expired", "This cursor is not one of the present record. Begin anew, without one.")

// changesFormat begins every cursor, so that it can be told from those of
// another kind.
const changesFormat = 'c'

func changeCursor(n int64) string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64([]byte{changesFormat}, uint64(n))) //nolint:gosec // never negative
}

func parseChangeCursor(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != 9 || b[0] != changesFormat || b[1] >= 0x80 {
		return 0, errCursor
	}
	return int64(binary.BigEndian.Uint64(b[1:])), nil //nolint:gosec // its first bit was looked at
}
