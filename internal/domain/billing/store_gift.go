package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

func (s store) insertGift(ctx context.Context, g *Present) error {
	return s.db.Write(ctx).Create(g).Error
}

func (s store) gift(ctx context.Context, id uuid.UUID) (*Present, error) {
	return one[Present](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) giftByHash(ctx context.Context, hash string) (*Present, error) {
	return one[Present](s.db.Read(ctx).Where("code_hash = ?", hash))
}

func (s store) giftsOf(ctx context.Context, giver uuid.UUID) (out []*Present, err error) {
	return out, s.db.Read(ctx).Where("giver_id = ? AND state <> 'draft'", giver).Order("id DESC").Find(&out).Error
}

func (s store) giftsRedeemedBy(ctx context.Context, member uuid.UUID) (out []*Present, err error) {
	return out, s.db.Read(ctx).Where("redeemed_by = ?", member).Order("redeemed_at DESC, id DESC").Find(&out).Error
}

// giftsDue lists presents whose day has come.
func (s store) giftsDue(ctx context.Context, now time.Time) (out []*Present, err error) {
	return out, s.db.Read(ctx).Where("state = 'paid' AND deliver_at <= ?", now).Order("deliver_at").Limit(500).Find(&out).Error
}

func (s store) payGift(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&Present{}).Where("id = ? AND state = 'draft'", id).Updates(map[string]any{"state": GiftPaid, "paid_at": now}).Error
}

// deliverGift notes that a present is on its way; false when it was before.
func (s store) deliverGift(ctx context.Context, id uuid.UUID, now time.Time, expires *time.Time) (bool, error) {
	res := s.db.Write(ctx).Model(&Present{}).Where("id = ? AND state = 'paid'", id).
		Updates(map[string]any{"state": GiftDelivered, "delivered_at": now, "expires_at": expires})
	return res.RowsAffected == 1, res.Error
}

// redeemGift takes a present; false when somebody was faster, or it was taken
// back meanwhile.
func (s store) redeemGift(ctx context.Context, id, member uuid.UUID, now time.Time) (bool, error) {
	res := s.db.Write(ctx).Model(&Present{}).Where("id = ? AND state IN ('paid', 'delivered')", id).
		Updates(map[string]any{"state": GiftRedeemed, "redeemed_at": now, "redeemed_by": member})
	return res.RowsAffected == 1, res.Error
}

func (s store) revokeGift(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&Present{}).Where("id = ? AND state <> 'revoked'", id).Updates(map[string]any{"state": GiftRevoked, "revoked_at": now}).Error
}

// giftsSold lists presents that were paid for by their state of the moment, as
// Standing tells it, the newest first.
func (s store) giftsSold(ctx context.Context, state GiftState, below uuid.UUID, limit int, now time.Time) (out []*Present, err error) {
	q := s.db.Read(ctx).Where("state <> 'draft'")
	switch state {
	case "":
	case GiftExpired:
		q = q.Where("state = 'delivered' AND expires_at <= ?", now)
	case GiftDelivered:
		q = q.Where("state = 'delivered' AND (expires_at IS NULL OR expires_at > ?)", now)
	default:
		q = q.Where("state = ?", state)
	}
	if below != uuid.Nil {
		q = q.Where("id < ?", below)
	}
	return out, q.Order("id DESC").Limit(limit).Find(&out).Error
}

// salesOfGifts finds what was paid for presents, by the present.
func (s store) salesOfGifts(ctx context.Context, gifts []*Present) (map[uuid.UUID]*sale, error) {
	ids := make([]uuid.UUID, len(gifts))
	for i, g := range gifts {
		ids[i] = g.ID
	}
	var rows []*sale
	err := s.db.Read(ctx).Where("kind = 'gift' AND subject_id IN ? AND paid_at IS NOT NULL", ids).Find(&rows).Error
	out := make(map[uuid.UUID]*sale, len(rows))
	for _, x := range rows {
		out[x.SubjectID] = x
	}
	return out, err
}
