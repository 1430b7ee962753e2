package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// undoFor is how long an act on many notes can be taken back.
const undoFor = 24 * time.Hour

// What became of a step of an act.
const (
	stepDone   = "done"
	stepUndone = "undone"
	stepKept   = "kept" // it was to be taken back, and could not be
)

// bulkStep is what an act on many notes did to one of them.
type bulkStep struct {
	ActorID uuid.UUID `gorm:"type:uuid;primaryKey"`
	ActID   uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	Action  string
	Version int64  // of the note after it
	Before  Before `gorm:"type:jsonb;serializer:json"`
	State   string
	DoneAt  time.Time
}

// TableName implements gorm's Tabler.
func (bulkStep) TableName() string { return "bulk_steps" }

// Before is how a note stood before an act on many: what it takes to go back.
type Before struct {
	Title    string      `json:"title"`
	Version  int64       `json:"version"`
	Status   Status      `json:"status"`
	Revision int         `json:"revision"`       // of the draft
	Live     bool        `json:"live,omitempty"` // the draft was what readers see
	SeriesID *uuid.UUID  `json:"series,omitempty"`
	IssueID  *uuid.UUID  `json:"issue,omitempty"`
	Position int         `json:"position,omitempty"`
	Review   *Submission `json:"review,omitempty"`
	Waiting  []*Schedule `json:"waiting,omitempty"`
}

// reversible are the acts that can be taken back, by their names in the API.
// What readers have seen cannot be unseen: publishing and retracting are not
// among them.
var reversible = map[string]actor.Capability{
	"add_topic": actor.NotesWrite, "remove_topic": actor.NotesWrite, "set_topics": actor.NotesWrite,
	"add_author": actor.NotesWrite, "remove_author": actor.NotesWrite, "set_authors": actor.NotesWrite,
	"set_series": actor.NotesWrite, "set_kind": actor.NotesWrite, "set_gate": actor.NotesWrite,
	"submit": actor.NotesWrite, "schedule": actor.NotesPublish,
	"archive": actor.NotesArchive, "unarchive": actor.NotesArchive,
}

// Reversible tells whether an act can be taken back.
func Reversible(action string) bool { return reversible[action] != "" }

// Before reads how a note stands. Within a transaction it holds the note.
func (s *Desk) Before(ctx context.Context, id uuid.UUID) (b Before, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return b, err
	}
	read := s.store.note
	if s.DB.InTx(ctx) {
		read = s.store.noteForUpdate
	}
	n, err := read(ctx, id)
	if err != nil {
		return b, err
	}
	r, err := s.store.revisionHead(ctx, n.DraftRevision)
	if err != nil {
		return b, err
	}
	b = Before{
		Title: r.Title, Version: n.Version, Status: n.Status, Revision: r.Number, Live: n.LiveRevision != nil && !n.Changed(),
		SeriesID: n.SeriesID, IssueID: n.IssueID, Position: n.Position,
	}
	if n.LiveRevision != nil { // the note's own place is that of what readers see
		m := n.metaOf(r)
		b.SeriesID, b.IssueID, b.Position = m.SeriesID, m.IssueID, m.Position
	}
	if b.Review, err = s.store.openSubmission(ctx, n); err != nil {
		return b, err
	}
	b.Waiting, err = s.store.waitingFor(ctx, id)
	return b, err
}

// Remember keeps what an act did to a note, in the transaction of the act, so
// that whoever did it can take it back for a day.
func (s *Desk) Remember(ctx context.Context, act uuid.UUID, action string, b Before, after *Note) error {
	if !Reversible(action) || b.Version == after.Version {
		return nil
	}
	return s.store.putStep(ctx, &bulkStep{
		ActorID: actor.From(ctx).ID, ActID: act, NoteID: after.ID, Action: action, Version: after.Version,
		Before: b, State: stepDone, DoneAt: s.Clock.Now(),
	})
}

// ForgetSteps drops what cannot be taken back any more.
func (s *Desk) ForgetSteps(ctx context.Context) error {
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		return s.store.dropSteps(ctx, s.Clock.Now().Add(-undoFor))
	})
}
