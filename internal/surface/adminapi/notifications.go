package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Notification is what the desk tells one staff user.
type Notification struct {
	ID        string     `json:"id" format:"uuid"`
	Kind      string     `json:"kind" example:"review_requested" doc:"review_requested, review_withdrawn, approved, sent_back, published, updated, retracted, schedule_failed, commented, comment_reply, mentioned, comment_resolved, comment_reopened"`
	Title     string     `json:"title" doc:"Of the note or issue"`
	Text      string     `json:"text" doc:"A message or reason, in somebody's words"`
	By        Person     `json:"by"`
	Note      string     `json:"note,omitempty" format:"uuid"`
	Issue     string     `json:"issue,omitempty" format:"uuid"`
	Comment   string     `json:"comment,omitempty" format:"uuid" doc:"On the note: what was said or settled"`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at,omitempty"`
}

type (
	notificationsInput struct {
		Unread bool   `query:"unread" doc:"Only those that were not read"`
		Cursor string `query:"cursor" maxLength:"64"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	notificationsOutput struct {
		Body struct {
			Notifications []Notification `json:"notifications"`
			Unread        int            `json:"unread" doc:"How many were not read, in all"`
			Next          string         `json:"next,omitempty"`
		}
	}
	notificationID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
)

func (s *service) notifications() {
	const tag = "Notifications"
	add(s, route{method: http.MethodGet, path: "/notifications", id: "list-notifications", tag: tag, need: actor.NotesRead,
		summary: "List what the desk tells you", text: "Those of the staff user who asks, newest first. A key has none."}, s.listNotifications)
	add(s, route{method: http.MethodPut, path: "/notifications/{id}/read", id: "read-notification", pure: true, tag: tag, need: actor.NotesRead, status: http.StatusNoContent,
		summary: "Mark a notification as read"}, func(ctx context.Context, in *notificationID) (*None, error) {
		return &None{}, s.Desk.Read(ctx, in.ID)
	})
	add(s, route{method: http.MethodPut, path: "/notifications/read", id: "read-notifications", pure: true, tag: tag, need: actor.NotesRead, status: http.StatusNoContent,
		summary: "Mark all your notifications as read"}, func(ctx context.Context, _ *struct{}) (*None, error) {
		return &None{}, s.Desk.ReadAll(ctx)
	})
}

func (s *service) listNotifications(ctx context.Context, in *notificationsInput) (*notificationsOutput, error) {
	box, err := s.Desk.Notifications(ctx, in.Unread, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	var out notificationsOutput
	out.Body.Unread, out.Body.Next, out.Body.Notifications = box.Unread, box.Next, make([]Notification, len(box.Notifications))
	for i, n := range box.Notifications {
		x := Notification{ID: n.ID.String(), Kind: n.Kind, Title: n.Title, Text: n.Text, By: personOf(n.By()), CreatedAt: n.CreatedAt, ReadAt: n.ReadAt}
		if n.NoteID != nil {
			x.Note = n.NoteID.String()
		}
		if n.IssueID != nil {
			x.Issue = n.IssueID.String()
		}
		if n.CommentID != nil {
			x.Comment = n.CommentID.String()
		}
		out.Body.Notifications[i] = x
	}
	return &out, nil
}
