package copies

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Busiest lists the members who took so many copies or more since a moment, and
// how many they took. It needs members.read.
func (c *Copier) Busiest(ctx context.Context, since time.Time, copies int) (map[uuid.UUID]int64, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	return c.busiest(ctx, since, copies)
}
