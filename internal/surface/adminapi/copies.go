package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/copies"
	"lighttrends/internal/platform/actor"
)

// Copies remembers to whom PDF copies went.
type Copies interface {
	Find(ctx context.Context, serial string) (*copies.Copy, error)
}

// FoundCopy is a PDF copy of a note and whose it is.
type FoundCopy struct {
	Serial    string    `json:"serial"`
	At        time.Time `json:"at"`
	Version   int       `json:"version" doc:"The number it is cited by"`
	Paper     string    `json:"paper" enum:"a4,letter"`
	Member    Member    `json:"member" doc:"Without address and name once they have left"`
	NoteID    string    `json:"note_id" format:"uuid"`
	NoteTitle string    `json:"note_title" doc:"As it is called today"`
}

type (
	findCopyInput struct {
		Serial string `query:"serial" required:"true" minLength:"1" maxLength:"60" doc:"As it stands at the foot of each page; blanks, hyphens and case do not matter"`
	}
	copyOutput struct{ Body FoundCopy }
)

func (s *service) copies() {
	add(s, route{method: http.MethodGet, path: "/copies", id: "find-copy", tag: "Members", need: actor.MembersRead,
		summary: "Whose copy it is", text: "Finds the member, note and version of a PDF by the serial on its pages."}, s.findCopy)
}

func (s *service) findCopy(ctx context.Context, in *findCopyInput) (*copyOutput, error) {
	found, err := s.Copies.Find(ctx, in.Serial)
	if err != nil {
		return nil, err
	}
	member, err := s.Identity.Member(ctx, found.MemberID)
	if err != nil {
		return nil, err
	}
	out := FoundCopy{Serial: found.String(), At: found.At, Version: found.Version, Paper: string(found.Paper), Member: memberOf(member), NoteID: found.NoteID.String()}
	if actor.From(ctx).Can(actor.NotesRead) { // who looks after members only is told the number
		notes, err := s.Desk.NotesByID(ctx, []uuid.UUID{found.NoteID})
		if err != nil {
			return nil, err
		}
		if n := notes[found.NoteID]; n != nil {
			out.NoteTitle = n.Title
		}
	}
	return &copyOutput{out}, nil
}
