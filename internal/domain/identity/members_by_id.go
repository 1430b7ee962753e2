package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// MembersByID finds members for a list that knows their ids, deleted ones too.
// Who does not exist is left out. It needs members.read.
func (s *Service) MembersByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Member, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Member, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := s.readMembers(ctx, ids)
	for _, m := range rows {
		out[m.ID] = m
	}
	return out, err
}
