package portal

import (
	"context"

	"github.com/google/uuid"
)

// ownAccount is what the account page shows of a member's library.
type ownAccount struct {
	Remembers bool
	Follows   []followable
}

func (p *Portal) ownAccount(ctx context.Context, member uuid.UUID) (v *ownAccount, err error) {
	if p.Reading == nil {
		return nil, nil
	}
	v = &ownAccount{}
	if v.Remembers, err = p.Reading.Remembers(ctx, member); err != nil {
		return nil, err
	}
	v.Follows, err = p.follows(ctx, member)
	return v, err
}
