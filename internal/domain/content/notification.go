package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Notification is what the desk tells one staff user. A letter goes out with
// it.
type Notification struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	StaffID   uuid.UUID `gorm:"type:uuid"`
	Kind      string
	NoteID    *uuid.UUID `gorm:"type:uuid"`
	IssueID   *uuid.UUID `gorm:"type:uuid"`
	CommentID *uuid.UUID `gorm:"type:uuid"`
	Title     string     // of the note or issue
	Text      string     // a message or reason, in somebody's words
	ByID      *uuid.UUID `gorm:"type:uuid"`
	ByName    string
	CreatedAt time.Time
	ReadAt    *time.Time
}

// TableName implements gorm's Tabler.
func (Notification) TableName() string { return "notifications" }

// By is who caused it.
func (n *Notification) By() Person { return personOf(n.ByID, n.ByName) }

var errNoNotification = fault.New(fault.NotFound, "notification_not_found", "There is no such notification.")

// news is what is told, to whomever.
type news struct {
	kind        string
	note        *Note
	issue       *uuid.UUID
	comment     *uuid.UUID
	title, text string
}

// tell notifies people, each once and never who acts, and asks for a letter to
// each.
func (s *Desk) tell(ctx context.Context, people []Person, what news) error {
	who := actor.From(ctx)
	seen := map[uuid.UUID]bool{who.ID: true}
	for _, p := range people {
		if p.ID == nil || seen[*p.ID] {
			continue
		}
		seen[*p.ID] = true
		n := &Notification{
			ID: db.NewID(), StaffID: *p.ID, Kind: what.kind, IssueID: what.issue, CommentID: what.comment, Title: what.title, Text: what.text, CreatedAt: s.Clock.Now(),
		}
		n.ByID, _, n.ByName = me(ctx)
		if what.note != nil {
			n.NoteID = &what.note.ID
		}
		if err := s.store.addNotification(ctx, n); err != nil {
			return err
		}
		if err := s.DB.Enqueue(ctx, NotifyArgs{n.ID}, nil); err != nil {
			return err
		}
	}
	return nil
}

// Notification is one, for the letter that goes out with it.
func (s *Desk) Notification(ctx context.Context, id uuid.UUID) (*Notification, error) {
	return s.store.notification(ctx, id)
}

// Inbox is a part of a person's notifications, newest first.
type Inbox struct {
	Notifications []*Notification
	Unread        int
	Next          string
}

// Notifications lists those of whoever asks. A key has none.
func (s *Desk) Notifications(ctx context.Context, unread bool, after string, limit int) (Inbox, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return Inbox{}, err
	}
	from, err := parseCursor(after)
	if err != nil {
		return Inbox{}, err
	}
	if limit = min(limit, 200); limit <= 0 {
		limit = 50
	}
	who := actor.From(ctx).ID
	list, err := s.store.notifications(ctx, who, unread, from, limit+1)
	if err != nil {
		return Inbox{}, err
	}
	box := Inbox{Notifications: list}
	if len(list) > limit {
		last := list[limit-1]
		box.Notifications, box.Next = list[:limit], cursor{last.CreatedAt, last.ID}.String()
	}
	n, err := s.store.countUnread(ctx, who)
	box.Unread = int(n)
	return box, err
}

// Read marks a notification of whoever asks as read.
func (s *Desk) Read(ctx context.Context, id uuid.UUID) error {
	return s.markRead(ctx, func(ctx context.Context, staff uuid.UUID) error {
		n, err := s.store.readNotifications(ctx, staff, &id, s.Clock.Now())
		if err == nil && n == 0 {
			return errNoNotification
		}
		return err
	})
}

// ReadAll marks all of them.
func (s *Desk) ReadAll(ctx context.Context) error {
	return s.markRead(ctx, func(ctx context.Context, staff uuid.UUID) error {
		_, err := s.store.readNotifications(ctx, staff, nil, s.Clock.Now())
		return err
	})
}

func (s *Desk) markRead(ctx context.Context, mark func(context.Context, uuid.UUID) error) error {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return err
	}
	who := actor.From(ctx)
	if who.Kind != actor.Staff {
		return errPersonRequired
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error { return mark(ctx, who.ID) })
}
