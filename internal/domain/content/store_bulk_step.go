package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// putStep keeps a step. One act does one thing to a note: a second one under
// its name would have nothing right to go back to.
func (s store) putStep(ctx context.Context, b *bulkStep) error {
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(b)
	if res.Error == nil && res.RowsAffected == 0 {
		return errActUsed
	}
	return res.Error
}

func (s store) stepsOf(ctx context.Context, who, act uuid.UUID, since time.Time) *gorm.DB {
	return s.db.Read(ctx).Model(&bulkStep{}).Where("actor_id = ? AND act_id = ? AND done_at > ?", who, act, since)
}

// openSteps lists what can still be taken back of an act.
func (s store) openSteps(ctx context.Context, who, act uuid.UUID, since time.Time, most int) (out []*bulkStep, err error) {
	return out, s.stepsOf(ctx, who, act, since).Where("state = ?", stepDone).Order("note_id").Limit(most).Find(&out).Error
}

func (s store) countOpenSteps(ctx context.Context, who, act uuid.UUID, since time.Time) (n int64, err error) {
	return n, s.stepsOf(ctx, who, act, since).Where("state = ?", stepDone).Count(&n).Error
}

func (s store) knowsAct(ctx context.Context, who, act uuid.UUID, since time.Time) (bool, error) {
	var n int64
	err := s.stepsOf(ctx, who, act, since).Count(&n).Error
	return n > 0, err
}

// takeStep tells whether the step was still to be taken back.
func (s store) takeStep(ctx context.Context, b *bulkStep, state string) (bool, error) {
	res := s.db.Write(ctx).Model(&bulkStep{}).Where("actor_id = ? AND act_id = ? AND note_id = ? AND state = ?", b.ActorID, b.ActID, b.NoteID, stepDone).Update("state", state)
	return res.RowsAffected == 1, res.Error
}

func (s store) dropSteps(ctx context.Context, until time.Time) error {
	return s.db.Write(ctx).Where("done_at <= ?", until).Delete(&bulkStep{}).Error
}
