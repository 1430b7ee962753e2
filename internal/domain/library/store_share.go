package library

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

func (r *Room) putFeed(ctx context.Context, f *FeedAddress) error {
	return r.DB.Write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "member_id"}}, UpdateAll: true}).Create(f).Error
}

func (r *Room) deleteFeed(ctx context.Context, member uuid.UUID) (bool, error) {
	res := r.DB.Write(ctx).Where("member_id = ?", member).Delete(&FeedAddress{})
	return res.RowsAffected > 0, res.Error
}

func (r *Room) feedOf(ctx context.Context, member uuid.UUID) (*FeedAddress, error) {
	var rows []FeedAddress
	err := r.DB.Read(ctx).Where("member_id = ?", member).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

func (r *Room) feedBy(ctx context.Context, hash []byte) (*FeedAddress, error) {
	var rows []FeedAddress
	err := r.DB.Read(ctx).Where("token_hash = ?", hash).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

func (r *Room) countShares(ctx context.Context, member uuid.UUID, since time.Time) (n int64, err error) {
	return n, r.DB.Read(ctx).Model(&Share{}).Where("member_id = ? AND made_at >= ?", member, since).Count(&n).Error
}

func (r *Room) insertShare(ctx context.Context, s *Share) error {
	return r.DB.Write(ctx).Create(s).Error
}

func (r *Room) insertOpening(ctx context.Context, o *Opening) error {
	return r.DB.Write(ctx).Create(o).Error
}

func (r *Room) share(ctx context.Context, member, id uuid.UUID) (Share, error) {
	var rows []Share
	err := r.DB.Read(ctx).Where("id = ? AND member_id = ?", id, member).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = errNoShare
	}
	if err != nil {
		return Share{}, err
	}
	return rows[0], nil
}

func (r *Room) revokeShare(ctx context.Context, id uuid.UUID, at time.Time) error {
	return r.DB.Write(ctx).Model(&Share{}).Where("id = ? AND revoked_at IS NULL", id).Update("revoked_at", at).Error
}

func (r *Room) shareBy(ctx context.Context, hash []byte) (*Shared, error) {
	var rows []Share
	if err := r.DB.Read(ctx).Where("token_hash = ?", hash).Limit(1).Find(&rows).Error; err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errNoShare
	}
	all, err := r.withOpenings(ctx, rows)
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

func (r *Room) sharesOf(ctx context.Context, member uuid.UUID, limit int) ([]Shared, error) {
	var rows []Share
	if err := r.DB.Read(ctx).Where("member_id = ?", member).Order("made_at DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, err
	}
	return r.withOpenings(ctx, rows)
}

func (r *Room) withOpenings(ctx context.Context, rows []Share) ([]Shared, error) {
	out, ids, at := make([]Shared, len(rows)), make([]uuid.UUID, len(rows)), make(map[uuid.UUID]int, len(rows))
	for i, s := range rows {
		out[i].Share, ids[i], at[s.ID] = s, s.ID, i
	}
	if len(rows) == 0 {
		return out, nil
	}
	var openings []Opening
	err := r.DB.Read(ctx).Where("share_id IN ?", ids).Order("at, id").Find(&openings).Error
	for _, o := range openings {
		s := &out[at[o.ShareID]]
		s.Openings = append(s.Openings, o)
	}
	return out, err
}

// dropOpenings deletes how a member's shares were opened.
func (r *Room) dropOpenings(ctx context.Context, member uuid.UUID) error {
	shares := r.DB.Read(ctx).Model(&Share{}).Select("id").Where("member_id = ?", member)
	return r.DB.Write(ctx).Where("share_id IN (?)", shares).Delete(&Opening{}).Error
}
