package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// AssistantUse is what programs read of one note in a member's place on one day.
type AssistantUse struct {
	Day     string    `json:"day" format:"date" doc:"Of UTC"`
	Surface string    `json:"surface" example:"mcp" doc:"mcp; mcp.public for what needs no licence; mcp.search for what searches showed of its text"`
	Note    string    `json:"note" format:"uuid"`
	Version int       `json:"version" doc:"Read last; 0 of what searches showed"`
	Words   int       `json:"words" doc:"That were given out"`
	Opens   int       `json:"opens" doc:"How often it was read, in whole or in part"`
	LastAt  time.Time `json:"last_at" doc:"When it was read last"`
}

type (
	assistantInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Days int       `query:"days" default:"30" minimum:"1" maximum:"3660" doc:"How far back"`
	}
	assistantOutput struct {
		Body struct {
			Used []AssistantUse `json:"used"`
		}
	}
)

func (s *service) assistants() {
	add(s, route{method: http.MethodGet, path: "/members/{id}/assistants", id: "list-assistant-use", tag: "Members", need: actor.MembersRead,
		summary: "List what assistants read for a member", text: "By day and note, the last read first: the record of use of a licence. It goes with the account."}, s.listAssistantUse)
}

func (s *service) listAssistantUse(ctx context.Context, in *assistantInput) (*assistantOutput, error) {
	if _, err := s.Identity.Member(ctx, in.ID); err != nil {
		return nil, err
	}
	rows, err := s.Sharing.UsageSince(ctx, in.ID, time.Now().AddDate(0, 0, -in.Days))
	out := &assistantOutput{}
	out.Body.Used = make([]AssistantUse, len(rows))
	for i, r := range rows {
		out.Body.Used[i] = AssistantUse{r.Day, r.Surface, r.NoteID.String(), r.Version, r.Words, r.Opens, r.LastAt}
	}
	return out, err
}
