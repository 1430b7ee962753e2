package library

import (
	"context"

	"github.com/google/uuid"
)

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any {
	return []any{&Read{}, &Habits{}, &Saved{}, &Folder{}, &Follow{}, &FeedAddress{}, &Share{}, &Opening{}, &Usage{}}
}

// dropMember deletes every row of a member.
func (r *Room) dropMember(ctx context.Context, member uuid.UUID) error {
	if err := r.dropOpenings(ctx, member); err != nil {
		return err
	}
	for _, model := range Tables() {
		if _, of := model.(*Opening); of { // which belongs to a share
			continue
		}
		if err := r.DB.Write(ctx).Where("member_id = ?", member).Delete(model).Error; err != nil {
			return err
		}
	}
	return nil
}
