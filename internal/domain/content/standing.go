package content

import (
	"context"

	"github.com/google/uuid"
)

// Standing is what is under way with a note beside its state.
type Standing struct {
	Review    *Submission // nil: not in review
	Schedules []*Schedule // what waits, by time
}

// Standings finds it for the notes of a list.
func (s *Desk) Standings(ctx context.Context, notes ...*Note) (map[uuid.UUID]Standing, error) {
	var subs, ids []uuid.UUID
	for _, n := range notes {
		ids = append(ids, n.ID)
		if n.SubmissionID != nil {
			subs = append(subs, *n.SubmissionID)
		}
	}
	reviews, err := s.store.submissionsByID(ctx, subs)
	if err != nil {
		return nil, err
	}
	plans, err := s.store.waitingForAll(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Standing, len(notes))
	for _, n := range notes {
		st := Standing{Schedules: plans[n.ID]}
		if n.SubmissionID != nil {
			st.Review = reviews[*n.SubmissionID]
		}
		out[n.ID] = st
	}
	return out, nil
}
