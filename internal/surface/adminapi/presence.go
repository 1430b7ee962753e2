package adminapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

type (
	enterInput struct {
		NoteID
		Body struct {
			Window uuid.UUID `json:"window" format:"uuid" doc:"Of the browser window; made by the client, the same as long as the note is open there"`
		}
	}
	leaveInput struct {
		NoteID
		Window uuid.UUID `path:"window" format:"uuid"`
	}
	presenceOutput struct {
		Body struct {
			People []Person `json:"people" doc:"Who else has the note open"`
		}
	}
)

func (s *service) presence() {
	const tag = "Presence"
	add(s, route{method: http.MethodPut, path: "/notes/{id}/presence", id: "enter-note", pure: true, tag: tag, need: actor.NotesRead,
		summary: "Say that you have the note open",
		text:    "Answers who else has. Repeat it about every 20 seconds while the window can be seen; without it you are gone within a minute. For people only: a key is refused."}, s.enterNote)
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/presence/{window}", id: "leave-note", pure: true, tag: tag, need: actor.NotesRead, status: http.StatusNoContent,
		summary: "Say that you have closed the note"}, func(ctx context.Context, in *leaveInput) (*None, error) {
		return &None{}, s.Desk.Leave(ctx, in.ID, in.Window)
	})
}

func (s *service) enterNote(ctx context.Context, in *enterInput) (*presenceOutput, error) {
	there, err := s.Desk.Enter(ctx, in.ID, in.Body.Window)
	if err != nil {
		return nil, err
	}
	var out presenceOutput
	out.Body.People = people(there)
	return &out, nil
}
