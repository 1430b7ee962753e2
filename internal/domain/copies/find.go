package copies

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Find tells whose copy a serial names. It needs members.read: who read what
// is the members' own business.
func (c *Copier) Find(ctx context.Context, serial string) (*Copy, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	s := readSerial(serial)
	if s == "" {
		return nil, errNoCopy
	}
	return c.bySerial(ctx, s)
}

// Of lists the copies that a member has, newest first, for the member and for
// staff who may read about members. A limit below zero is none.
func (c *Copier) Of(ctx context.Context, member uuid.UUID, limit int) ([]Copy, error) {
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersRead); err != nil {
			return nil, err
		}
	}
	return c.byMember(ctx, member, limit)
}
