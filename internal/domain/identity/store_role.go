package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func errNoRole() error {
	return fault.New(fault.NotFound, "role_not_found", "There is no such role.")
}

// nameTaken says that two roles would have one name.
func nameTaken(err error) error {
	if !db.IsDuplicate(err) {
		return err
	}
	f := fault.New(fault.Conflict, "role_exists", "There is a role with this name already.")
	f.Fields = []fault.Field{{Path: "name", Code: "taken", Message: "There is a role with this name already."}}
	return f
}

func (s *Service) insertRole(ctx context.Context, r OwnRole) error {
	return nameTaken(s.db.Write(ctx).Create(&r).Error)
}

func (s *Service) saveRole(ctx context.Context, r OwnRole) error {
	return nameTaken(s.db.Write(ctx).Model(&OwnRole{}).Where("id = ?", r.ID).
		Select("name", "name_folded", "capabilities", "updated_at").Updates(&r).Error)
}

func (s *Service) deleteRole(ctx context.Context, id uuid.UUID) error {
	return s.db.Write(ctx).Where("id = ?", id).Delete(&OwnRole{}).Error
}

func (s *Service) lockRole(ctx context.Context, id uuid.UUID) (OwnRole, error) {
	return one[OwnRole](locked(s.db.Write(ctx)).Where("id = ?", id), errNoRole)
}

// holdRole reads a role; within a transaction nobody deletes it before the
// end.
func (s *Service) holdRole(ctx context.Context, id uuid.UUID) (OwnRole, error) {
	if s.db.InTx(ctx) {
		return s.lockRole(ctx, id)
	}
	return one[OwnRole](s.db.Read(ctx).Where("id = ?", id), errNoRole)
}

func (s *Service) selectRoles(ctx context.Context) ([]OwnRole, error) {
	var out []OwnRole
	return out, s.db.Read(ctx).Order("name_folded, id").Find(&out).Error
}

func (s *Service) countByRole(ctx context.Context) (map[Role]int64, error) {
	var rows []struct {
		Role Role
		N    int64
	}
	err := s.db.Read(ctx).Model(&Staff{}).Select("role, COUNT(*) AS n").Group("role").Scan(&rows).Error
	out := map[Role]int64{}
	for _, r := range rows {
		out[r.Role] = r.N
	}
	return out, err
}

// roleInUse tells whether somebody has the role.
func (s *Service) roleInUse(ctx context.Context, r Role) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&Staff{}).Where("role = ?", r).Count(&n).Error
	return n > 0, err
}
