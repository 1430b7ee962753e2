package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// oneOrNil reads a single row; nil when there is none.
func oneOrNil[T any](q *gorm.DB) (*T, error) {
	var row T
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return &row, err
}

func (s *Service) insertEmailChange(ctx context.Context, row EmailChange) error {
	return s.db.Write(ctx).Create(&row).Error
}

func (s *Service) readEmailChange(ctx context.Context, id uuid.UUID) (*EmailChange, error) {
	return oneOrNil[EmailChange](s.db.Read(ctx).Where("id = ?", id))
}

func (s *Service) pendingEmailChange(ctx context.Context, member uuid.UUID, now time.Time) (*EmailChange, error) {
	return oneOrNil[EmailChange](s.db.Read(ctx).Where("member_id = ? AND done_at IS NULL AND expires_at > ?", member, now))
}

// dropEmailChange forgets what a member asked for and nobody confirmed.
func (s *Service) dropEmailChange(ctx context.Context, member uuid.UUID) error {
	return s.db.Write(ctx).Where("member_id = ? AND done_at IS NULL", member).Delete(&EmailChange{}).Error
}

// finishEmailChange spends a link; false when somebody else has.
func (s *Service) finishEmailChange(ctx context.Context, id uuid.UUID, old string, now time.Time) (bool, error) {
	done := s.db.Write(ctx).Model(&EmailChange{}).Where("id = ? AND done_at IS NULL AND expires_at > ?", id, now).
		UpdateColumns(map[string]any{"done_at": now, "old_given": old})
	return done.RowsAffected == 1, done.Error
}

// addressTaken tells whether somebody else has an address.
func (s *Service) addressTaken(ctx context.Context, canonical string, but uuid.UUID) (bool, error) {
	found, err := oneOrNil[Member](s.db.Read(ctx).Where("email = ? AND id <> ?", canonical, but))
	return found != nil, err
}

func (s *Service) readLeaving(ctx context.Context, member uuid.UUID) (*Leaving, error) {
	return oneOrNil[Leaving](s.db.Read(ctx).Where("member_id = ?", member))
}

// insertLeaving writes the wish to leave; false when there is one.
func (s *Service) insertLeaving(ctx context.Context, row Leaving) (bool, error) {
	made := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	return made.RowsAffected == 1, made.Error
}

// dropLeaving takes a wish back; false when there is none. It and takeLeaving
// are one statement each, so one of the two has the row.
func (s *Service) dropLeaving(ctx context.Context, member uuid.UUID) (bool, error) {
	gone := s.db.Write(ctx).Where("member_id = ?", member).Delete(&Leaving{})
	return gone.RowsAffected == 1, gone.Error
}

// takeLeaving takes a wish that is due, to carry it out; false when there is
// none.
func (s *Service) takeLeaving(ctx context.Context, member uuid.UUID, now time.Time) (bool, error) {
	taken := s.db.Write(ctx).Where("member_id = ? AND due_at <= ?", member, now).Delete(&Leaving{})
	return taken.RowsAffected == 1, taken.Error
}

func (s *Service) dueLeavings(ctx context.Context, now time.Time) (out []Leaving, err error) {
	return out, s.db.Read(ctx).Where("due_at <= ?", now).Order("due_at").Limit(500).Find(&out).Error
}

// forgetWishes drops what a member who is erased had under way.
func (s *Service) forgetWishes(ctx context.Context, member uuid.UUID) error {
	if err := s.db.Write(ctx).Where("member_id = ?", member).Delete(&EmailChange{}).Error; err != nil {
		return err
	}
	if err := s.forgetMemberKeys(ctx, member); err != nil {
		return err
	}
	return s.db.Write(ctx).Where("member_id = ?", member).Delete(&Leaving{}).Error
}
