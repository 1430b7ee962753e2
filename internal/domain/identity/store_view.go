package identity

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// viewNameTaken says that two views of one list would have one name.
func viewNameTaken(err error) error {
	if !db.IsDuplicate(err) {
		return err
	}
	const text = "There is a view with this name already."
	f := fault.New(fault.Conflict, "view_exists", text)
	f.Fields = []fault.Field{{Path: "name", Code: "taken", Message: text}}
	return f
}

func (s *Service) insertView(ctx context.Context, v View) error {
	return viewNameTaken(s.db.Write(ctx).Create(&v).Error)
}

func (s *Service) saveView(ctx context.Context, v View) error {
	return viewNameTaken(s.db.Write(ctx).Model(&View{}).Where("id = ?", v.ID).
		Select("name", "name_folded", "filters", "sort", "reverse", "columns", "density", "shared", "version", "updated_at").Updates(&v).Error)
}

func (s *Service) deleteView(ctx context.Context, id uuid.UUID) error {
	return s.db.Write(ctx).Where("id = ?", id).Delete(&View{}).Error
}

func (s *Service) lockView(ctx context.Context, id uuid.UUID) (View, error) {
	v, err := one[View](locked(s.db.Write(ctx)).Where("id = ?", id), func() error { return errNoView })
	if err != nil {
		return v, err
	}
	seen := []View{v}
	err = s.dressViews(ctx, seen)
	return seen[0], err
}

func (s *Service) readView(ctx context.Context, id uuid.UUID) (View, error) {
	v, err := one[View](s.db.Read(ctx).Where("id = ?", id), func() error { return errNoView })
	if err != nil {
		return v, err
	}
	seen := []View{v}
	err = s.dressViews(ctx, seen)
	return seen[0], err
}

func (s *Service) selectViews(ctx context.Context, staff uuid.UUID, list ListKind) ([]View, error) {
	var out []View
	q := s.db.Read(ctx).Where("list = ? AND (staff_id = ? OR shared)", list, staff)
	order := clause.OrderBy{Expression: gorm.Expr("CASE WHEN staff_id = ? THEN 0 ELSE 1 END, name_folded, id", staff)}
	if err := q.Clauses(order).Find(&out).Error; err != nil {
		return nil, err
	}
	return out, s.dressViews(ctx, out)
}

// dressViews adds whose the views are, and which one the actor begins with.
func (s *Service) dressViews(ctx context.Context, views []View) error {
	if len(views) == 0 {
		return nil
	}
	var names []struct {
		ID   uuid.UUID
		Name string
	}
	owners := make([]uuid.UUID, len(views))
	for i, v := range views {
		owners[i] = v.StaffID
	}
	if err := s.db.Read(ctx).Model(&Staff{}).Select("id, name").Where("id IN ?", owners).Scan(&names).Error; err != nil {
		return err
	}
	var first []viewDefault
	if err := s.db.Read(ctx).Where("staff_id = ?", actor.From(ctx).ID).Find(&first).Error; err != nil {
		return err
	}
	name, begun := map[uuid.UUID]string{}, map[uuid.UUID]bool{}
	for _, n := range names {
		name[n.ID] = n.Name
	}
	for _, d := range first {
		begun[d.ViewID] = true
	}
	for i, v := range views {
		views[i].Owner, views[i].Default = name[v.StaffID], begun[v.ID]
	}
	return nil
}

// countViews holds the owner's row, so that two at once do not both pass the
// limit.
func (s *Service) countViews(ctx context.Context, staff uuid.UUID) (int64, error) {
	if _, err := one[Staff](locked(s.db.Write(ctx)).Where("id = ?", staff), func() error { return errNoView }); err != nil {
		return 0, err
	}
	var n int64
	return n, s.db.Write(ctx).Model(&View{}).Where("staff_id = ?", staff).Count(&n).Error
}

func (s *Service) putViewDefault(ctx context.Context, d viewDefault) error {
	over := clause.OnConflict{Columns: []clause.Column{{Name: "staff_id"}, {Name: "list"}}, DoUpdates: clause.AssignmentColumns([]string{"view_id"})}
	return s.db.Write(ctx).Clauses(over).Create(&d).Error
}

func (s *Service) dropViewDefault(ctx context.Context, staff, view uuid.UUID) error {
	return s.db.Write(ctx).Where("staff_id = ? AND view_id = ?", staff, view).Delete(&viewDefault{}).Error
}
