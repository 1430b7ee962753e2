package identity

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// one reads a single row and says missing when there is none.
func one[T any](q *gorm.DB, missing func() error) (T, error) {
	var row T
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return row, missing()
	}
	return row, err
}

func locked(q *gorm.DB) *gorm.DB { return q.Clauses(clause.Locking{Strength: "UPDATE"}) }

// ensureMember finds the member with the address, or makes this one. Of two at
// once, the second waits for the first and finds what it made.
func (s *Service) ensureMember(ctx context.Context, m Member) (Member, bool, error) {
	made := s.db.Write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "email"}}, DoNothing: true}).Create(&m)
	if made.Error != nil || made.RowsAffected == 1 {
		return m, made.RowsAffected == 1, made.Error
	}
	// The address cannot be freed between the two statements by somebody who
	// waits for this row, only by somebody who just left.
	found, err := one[Member](locked(s.db.Write(ctx)).Where("email = ?", m.Email), func() error {
		return errors.New("identity: the account was deleted while it was opened")
	})
	return found, false, err
}

func (s *Service) readMember(ctx context.Context, id uuid.UUID) (Member, error) {
	return one[Member](s.db.Read(ctx).Where("id = ?", id), errNoMember)
}

func (s *Service) readMembers(ctx context.Context, ids []uuid.UUID) (out []Member, err error) {
	return out, s.db.Read(ctx).Where("id IN ?", ids).Find(&out).Error
}

func (s *Service) readMemberByEmail(ctx context.Context, canonical string) (Member, error) {
	return one[Member](s.db.Read(ctx).Where("email = ?", canonical), errNoMember)
}

// lockMember reads a member who was not deleted, for a change.
func (s *Service) lockMember(ctx context.Context, id uuid.UUID) (Member, error) {
	return one[Member](locked(s.db.Write(ctx)).Where("id = ? AND deleted_at IS NULL", id), errNoMember)
}

// saveMember writes everything that can change. The row is locked since it was
// read, so nothing of anybody else's is written over.
func (s *Service) saveMember(ctx context.Context, m Member) error {
	return s.db.Write(ctx).Model(&Member{}).Where("id = ?", m.ID).
		Select("email", "email_given", "name", "name_folded", "access_epoch", "updated_at", "email_verified_at", "deleted_at",
			"organization", "declined_mails", "language", "passkey_card_closed_at").
		Updates(&m).Error
}

func (s *Service) bumpAccess(ctx context.Context, id uuid.UUID) error {
	raised := s.db.Write(ctx).Exec("UPDATE members SET access_epoch = access_epoch + 1 WHERE id = ?", id)
	if raised.Error == nil && raised.RowsAffected == 0 {
		return errNoMember()
	}
	return raised.Error
}

// selectMembers lists the living, newest first, from after on.
func (s *Service) selectMembers(ctx context.Context, in ListMembers, after uuid.UUID, limit int) ([]Member, error) {
	q := s.db.Read(ctx).Where("deleted_at IS NULL").Order("id DESC").Limit(limit)
	if after != uuid.Nil {
		q = q.Where("id < ?", after)
	}
	if len(in.IDs) > 0 {
		q = q.Where("id IN ?", in.IDs)
	}
	if in.Verified != nil {
		q = q.Where("(email_verified_at IS NOT NULL) = ?", *in.Verified)
	}
	if !in.From.IsZero() {
		q = q.Where("created_at >= ?", in.From)
	}
	if !in.Before.IsZero() {
		q = q.Where("created_at < ?", in.Before)
	}
	if s.holders != nil && (in.Status != "" || in.Plan != "") {
		text, args := s.holders(in.Status, in.Plan)
		q = q.Where(text, args...)
	}
	search := fold(strings.TrimSpace(in.Search))
	if search != "" {
		prefix := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(search) + "%"
		q = q.Where(`(email LIKE ? ESCAPE '\' OR name_folded LIKE ? ESCAPE '\')`, prefix, prefix)
	}
	var out []Member
	return out, q.Find(&out).Error
}
