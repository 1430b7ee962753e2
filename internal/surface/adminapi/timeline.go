package adminapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Moment is one thing that happened to a member.
type Moment struct {
	ID   string          `json:"id"`
	At   time.Time       `json:"at"`
	Kind string          `json:"kind" enum:"happened,letter,stripe" doc:"Something in the journal, a letter to them, or a call of Stripe's"`
	What string          `json:"what" doc:"The journal's verb, the letter's category, or the event's type"`
	By   string          `json:"by,omitempty" doc:"Who did it"`
	Bad  bool            `json:"bad,omitempty" doc:"A letter that was not taken, or an event that could not be worked on yet"`
	More json.RawMessage `json:"more,omitempty" doc:"What the journal keeps of it"`
	Note string          `json:"note,omitempty" doc:"Why an event changed nothing"`
}

// TimelineFilter says which part of a timeline is wanted.
type TimelineFilter struct {
	Member uuid.UUID
	Cursor string
	Limit  int
}

// Timeline puts together what happened to a member.
type Timeline interface {
	Of(ctx context.Context, f TimelineFilter) (moments []Moment, next string, err error)
}

type (
	timelineInput struct {
		ID     uuid.UUID `path:"id" format:"uuid"`
		Cursor string    `query:"cursor" maxLength:"200"`
		Limit  int       `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	timelineOutput struct {
		Body struct {
			Moments []Moment `json:"moments"`
			Next    string   `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
)

func (s *service) timeline() {
	const tag = "Members"
	add(s, route{method: http.MethodGet, path: "/members/{id}/timeline", id: "get-timeline", tag: tag, need: actor.MembersRead,
		summary: "What happened to a member", text: "Newest first: the journal, letters to them, and what Stripe told of them."},
		func(ctx context.Context, in *timelineInput) (*timelineOutput, error) {
			var out timelineOutput
			moments, next, err := s.Timeline.Of(ctx, TimelineFilter{Member: in.ID, Cursor: in.Cursor, Limit: in.Limit})
			out.Body.Moments, out.Body.Next = list(moments), next
			return &out, err
		})
	add(s, route{method: http.MethodGet, path: "/members/{id}/access", id: "get-member-access", tag: tag, need: actor.MembersRead,
		summary: "Why a member can or cannot read a note", text: "Today or at another moment, with what they held then. The note's own gate is today's."}, s.memberAccess)
}
