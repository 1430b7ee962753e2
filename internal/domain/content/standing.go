package content

import (
	"context"

	"github.com/google/uuid"
)

// Standing is what is under way with a note beside its state.
type Standing struct {
	Review *Submission // nil: not in review
}

// Standings finds it for the notes of a list.
func (s *Desk) Standings(ctx context.Context, notes ...*Note) (map[uuid.UUID]Standing, error) {
	var subs []uuid.UUID
	for _, n := range notes {
		if n.SubmissionID != nil {
			subs = append(subs, *n.SubmissionID)
		}
	}
	reviews, err := s.store.submissionsByID(ctx, subs)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Standing, len(notes))
	for _, n := range notes {
		var st Standing
		if n.SubmissionID != nil {
			st.Review = reviews[*n.SubmissionID]
		}
		out[n.ID] = st
	}
	return out, nil
}
