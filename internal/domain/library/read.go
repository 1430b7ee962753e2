package library

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Read is a note that a member opened in full.
type Read struct {
	MemberID uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID   uuid.UUID `gorm:"type:uuid;primaryKey"`
	Version  int       // by the number it is cited by
	FirstAt  time.Time
	LastAt   time.Time
	Place    `gorm:"embedded"`
}

// TableName implements gorm's Tabler.
func (Read) TableName() string { return "read_notes" }

// Place is how far somebody came in a note: in numbers, because the words of a
// heading may be behind the gate again tomorrow.
type Place struct {
	Heading int // the last that was passed, counted from 1; 0 for none
	Block   int // the paragraph, counted from 1; 0 for none
	Percent int // of the text
}

// What a place may be. A note has no more paragraphs than this.
const maxBlock = 20_000

// Valid tells whether a browser can have meant this.
func (p Place) Valid() bool {
	return p.Heading >= 0 && p.Heading <= maxBlock && p.Block >= 0 && p.Block <= maxBlock && p.Percent >= 0 && p.Percent <= 100
}

// Begun and nearly finished: between them somebody may want to go on.
const (
	begun    = 3
	finished = 95
)

// Open tells whether somebody stopped on the way.
func (p Place) Open() bool { return p.Block > 1 && p.Percent >= begun && p.Percent < finished }

// Done tells whether they came to the end.
func (p Place) Done() bool { return p.Percent >= finished }

// Mark is what a page of a note wants to know of the member who reads it.
type Mark struct {
	Version int       // that was read last; 0 for none
	At      time.Time // when
	Place   Place
	Saved   bool
}

// Marks are kept for a moment, and on the news line's word for less.
const (
	marksFor    = 5 * time.Second
	marksWeight = 4 << 20
)

// Mark says it, in one statement.
func (r *Room) Mark(ctx context.Context, member, note uuid.UUID) (Mark, error) {
	if err := own(ctx, member); err != nil {
		return Mark{}, err
	}
	return r.marks.Get(ctx, pairOf(member, note).key(), func(ctx context.Context) (Mark, error) { return r.mark(ctx, member, note) })
}

// LastRead says which version of a note a member opened in full the last time
// before this moment, and when; 0 when they never did, or want nothing
// remembered.
func (r *Room) LastRead(ctx context.Context, member, note uuid.UUID) (version int, at time.Time, err error) {
	m, err := r.Mark(ctx, member, note)
	return m.Version, m.At, err
}

// again is after how long an opening of the same version is written once more.
const again = 5 * time.Minute

// Opened remembers that a member opened a version of a note in full. It writes
// later and never fails: see [Room.Flush].
func (r *Room) Opened(member, note uuid.UUID, version int, known Mark) {
	now := r.Clock.Now()
	version = max(version, known.Version) // who looks up an old one has not forgotten the new
	if known.Version == version && now.Sub(known.At) < again {
		return
	}
	r.later(func(p *gathered) { p.open(pairOf(member, note), version, now) })
}

// Came remembers how far a member came in a note that they have opened. Of a
// note they have not, nothing is kept.
func (r *Room) Came(ctx context.Context, member, note uuid.UUID, at Place) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	if at.Valid() {
		r.later(func(p *gathered) { p.came(pairOf(member, note), at) })
	}
	return nil
}
