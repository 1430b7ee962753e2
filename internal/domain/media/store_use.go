package media

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// useRow says that a picture is shown at a spot.
type useRow struct {
	MediaID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Place   string    `gorm:"primaryKey"`
	PlaceID uuid.UUID `gorm:"type:uuid;primaryKey"`
}

func (useRow) TableName() string { return "media_uses" }

// refer makes these pictures the ones that the spot shows. The pictures are
// held until the transaction ends, so that none is deleted at this moment.
func (s store) refer(ctx context.Context, u Use, ids map[uuid.UUID]bool) error {
	if err := s.db.Write(ctx).Where("place = ? AND place_id = ?", u.Spot, u.Of).Delete(&useRow{}).Error; err != nil || len(ids) == 0 {
		return err
	}
	return s.addUses(ctx, u, ids)
}

func (s store) addUses(ctx context.Context, u Use, ids map[uuid.UUID]bool) error {
	asked := make([]uuid.UUID, 0, len(ids))
	for id := range ids {
		asked = append(asked, id)
	}
	q := s.db.Write(ctx).Model(&Item{}).Where("id IN ?", asked).Where(alive).Order("id")
	if s.db.Engine() == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: "KEY SHARE"})
	}
	var known []uuid.UUID
	if err := q.Pluck("id", &known).Error; err != nil || len(known) == 0 {
		return err
	}
	rows := make([]useRow, len(known))
	for i, id := range known {
		rows[i] = useRow{id, string(u.Spot), u.Of}
	}
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
}

// usesAtMost bounds what is looked at; the newest revisions come first.
const usesAtMost = 5000

func (s store) uses(ctx context.Context, id uuid.UUID) ([]Use, error) {
	var rows []useRow
	if err := s.db.Read(ctx).Where("media_id = ?", id).Order("place_id DESC").Limit(usesAtMost).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Use, len(rows))
	for i, r := range rows {
		out[i] = Use{Spot(r.Place), r.PlaceID}
	}
	return out, nil
}

// allUses has no bound: what is left out would go on showing what is old.
func (s store) allUses(ctx context.Context, id uuid.UUID) (map[Spot][]uuid.UUID, error) {
	var rows []useRow
	err := s.db.Read(ctx).Where("media_id = ?", id).Order("place, place_id").Find(&rows).Error
	out := map[Spot][]uuid.UUID{}
	for _, r := range rows {
		out[Spot(r.Place)] = append(out[Spot(r.Place)], r.PlaceID)
	}
	return out, err
}
