package copies

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/platform/typeset"
)

// Copy is one file that was given out.
type Copy struct {
	ID       uuid.UUID `gorm:"type:uuid;primaryKey"`
	Serial   string    // as it is kept; String writes it for people
	MemberID uuid.UUID `gorm:"type:uuid"`
	NoteID   uuid.UUID `gorm:"type:uuid"`
	Version  int
	Paper    Paper
	At       time.Time
}

// TableName implements gorm's Tabler.
func (Copy) TableName() string { return "copies" }

// Paper is a size of page.
type Paper string

// The papers.
const (
	A4     Paper = "a4"
	Letter Paper = "letter"
)

// Valid tells whether this is a paper we have.
func (p Paper) Valid() bool { return p == A4 || p == Letter }

func (p Paper) size() typeset.Paper {
	if p == Letter {
		return typeset.Letter
	}
	return typeset.A4
}

// Imprint is what a copy says of the publication.
type Imprint struct {
	Name   string
	Logo   string // address of a picture; "" for the name in letters
	Accent string // "" for the house's own

	Language string // that notes are written in; "" for English
}

// words are the language of the publication.
func (i Imprint) words() *phrase.Language { return phrase.In(i.Language) }

// Deps is what the room needs.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Journal *journal.Journal
	Library *content.Library
	Imprint func(ctx context.Context) (Imprint, error)
	// Picture gives the file of a picture of ours as it looked at a moment
	// (zero: now), or nil for one that is not there.
	Picture func(ctx context.Context, address string, at time.Time) ([]byte, error)
	BaseURL string
}

// Copier makes copies. It is safe for several goroutines.
type Copier struct {
	Deps
	press *typeset.Press
	queue queue
}

// New opens the room.
func New(d Deps) (*Copier, error) {
	press, err := typeset.New()
	return &Copier{Deps: d, press: press, queue: newQueue()}, err
}

// Reader is whose copy it becomes.
type Reader struct {
	Member uuid.UUID
	Name   string // printed on every page
}

// File is a finished copy.
type File struct {
	Copy
	Name string // for Content-Disposition
	PDF  []byte
}

// Faults of the room.
var (
	errSignIn   = fault.New(fault.Unauthenticated, "sign_in_required", "Copies are made for members who are signed in.")
	errNoPaper  = fault.New(fault.Invalid, "unknown_paper", "Paper is a4 or letter.")
	errNoAccess = fault.New(fault.Forbidden, "no_access", "A copy is for those who may read the full text.")
	errNoCopy   = fault.New(fault.NotFound, "copy_not_found", "There is no copy with this serial.")
)

// Ask is what a copy is asked for with.
type Ask struct {
	Note     *content.Teaser // the version it is of
	Decision access.Decision // about that version
	Reader   Reader
	Paper    Paper
	Language *phrase.Language // of the words of ours on the paper; nil: the publication's
}

// May tells whether a copy would be made, without making one.
func (a *Ask) May() error {
	switch {
	case a.Reader.Member == uuid.Nil:
		return errSignIn
	case !a.Paper.Valid():
		return errNoPaper
	case !a.Decision.Full() || a.Decision.Note() != a.Note.ID || a.Note.Pending():
		return errNoAccess
	}
	return nil
}

// Name is what the file is called.
func (a *Ask) Name() string { return a.Note.Slug + "-v" + itoa(a.Note.Shown.Number) + ".pdf" }

// Make makes a copy. How many a member may have in an hour is limited; it is
// asked before pages are set, which is dear, and again when the row is written.
func (c *Copier) Make(ctx context.Context, a Ask) (*File, error) {
	if err := a.May(); err != nil {
		return nil, err
	}
	if err := c.within(ctx, a.Reader.Member, c.Clock.Now()); err != nil {
		return nil, err
	}
	imprint, err := c.Imprint(ctx)
	if err != nil {
		return nil, err
	}
	if a.Language == nil {
		a.Language = imprint.words()
	}
	body, err := c.set(ctx, &a, imprint)
	if err != nil {
		return nil, err
	}
	serial, err := newSerial()
	if err != nil {
		return nil, err
	}
	one := Copy{ID: db.NewID(), Serial: serial, MemberID: a.Reader.Member, NoteID: a.Note.ID, Version: a.Note.Shown.Number, Paper: a.Paper, At: c.Clock.Now()}
	if err := c.remember(ctx, &one, a.Note.Title); err != nil {
		return nil, err
	}
	return &File{Copy: one, Name: a.Name(), PDF: body.Stamp(one.stamp(a.Language, a.Reader.Name))}, nil
}

// remember writes the row and the line of the journal. Copies that a member
// makes at once are counted one by one.
func (c *Copier) remember(ctx context.Context, one *Copy, title string) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.DB.Lock(ctx, "copies of "+one.MemberID.String()); err != nil {
			return err
		}
		if err := c.within(ctx, one.MemberID, one.At); err != nil {
			return err
		}
		if err := c.insert(ctx, one); err != nil {
			return err
		}
		return c.Journal.Record(ctx, journal.Event{
			Verb: "note.copied", Subject: "note", ID: one.NoteID.String(), Payload: map[string]any{"title": title, "version": one.Version},
		})
	})
}

// mostAnHour is how many copies a member may have in an hour.
const mostAnHour = 30

// within refuses a member who has had enough for now.
func (c *Copier) within(ctx context.Context, member uuid.UUID, now time.Time) error {
	times, err := c.lately(ctx, member, now.Add(-time.Hour), mostAnHour)
	if err != nil || len(times) < mostAnHour {
		return err
	}
	f := fault.New(fault.TooMany, "too_many_copies", "You have made many copies within an hour.")
	f.RetryAfter = max(times[len(times)-1].Add(time.Hour).Sub(now).Truncate(time.Second)+time.Second, time.Second)
	return f
}

func (c *Copy) stamp(l *phrase.Language, name string) typeset.Stamp {
	return typeset.Stamp{
		Lines: []string{
			l.Text("paper.copy", "name", name, "date", c.At, "number", c.Version),
			l.Text("paper.serial", "number", c.String()),
		},
		Subject: l.Text("paper.subject", "number", c.String()), Serial: c.String(), At: c.At,
	}
}
