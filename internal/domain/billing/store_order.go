package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// firstOrder is the number of the first order, so that it does not look like it.
const firstOrder = 1001

// insertOrder writes an order under the next number. Of two at once, one has
// to take the number after.
func (s store) insertOrder(ctx context.Context, x *Order) error {
	for range tries {
		var last int64
		if err := s.db.Read(ctx).Raw("SELECT COALESCE(MAX(number), ?) FROM orders", firstOrder-1).Scan(&last).Error; err != nil {
			return err
		}
		x.Number = last + 1
		res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(x)
		if res.Error != nil || res.RowsAffected == 1 {
			return res.Error
		}
	}
	return errBusy
}

func (s store) saveOrder(ctx context.Context, x *Order) error {
	return s.db.Write(ctx).Model(&Order{}).Where("id = ?", x.ID).Select("*").Omit("id", "number", "created_at", "invoice_id", "invoice_sent", "problem").Updates(x).Error
}

func (s store) order(ctx context.Context, id uuid.UUID) (*Order, error) {
	return one[Order](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) orderForUpdate(ctx context.Context, id uuid.UUID) (*Order, error) {
	return one[Order](s.locked(ctx).Where("id = ?", id))
}

func (s store) orderByHash(ctx context.Context, hash string) (*Order, error) {
	return one[Order](s.db.Read(ctx).Where("token_hash = ?", hash))
}

func (s store) orderByHashForUpdate(ctx context.Context, hash string) (*Order, error) {
	return one[Order](s.locked(ctx).Where("token_hash = ?", hash))
}

func (s store) orderByInvoiceForUpdate(ctx context.Context, invoice string) (*Order, error) {
	return one[Order](s.locked(ctx).Where("invoice_id = ? AND invoice_id <> ''", invoice))
}

// orders lists by the state of the moment, as Standing tells it.
func (s store) orders(ctx context.Context, state OrderState, below int64, limit int, now time.Time) (out []*Order, err error) {
	q := s.db.Read(ctx)
	switch state {
	case "":
	case OrderQuoted:
		q = q.Where("state = 'quoted' AND expires_at > ?", now)
	case OrderExpired:
		q = q.Where("state = 'quoted' AND expires_at <= ?", now)
	case OrderInvoiced:
		q = q.Where("state = 'invoiced' AND (due_at IS NULL OR due_at > ?)", now)
	case OrderOverdue:
		q = q.Where("state = 'invoiced' AND due_at <= ?", now)
	default:
		q = q.Where("state = ?", state)
	}
	if below > 0 {
		q = q.Where("number < ?", below)
	}
	return out, q.Order("number DESC").Limit(limit).Find(&out).Error
}

// ordersWithoutBill finds orders whose bill was not written, or not mailed: a
// webhook may tell of it before the job has come to that.
func (s store) ordersWithoutBill(ctx context.Context, before time.Time) (out []*Order, err error) {
	const waits = "(state = 'accepted' OR state = 'invoiced' AND invoice_sent IS NULL) AND accepted_at < ?"
	return out, s.db.Read(ctx).Where(waits, before).Order("number").Limit(100).Find(&out).Error
}

func (s store) ordersOverdue(ctx context.Context, now time.Time) (out []*Order, err error) {
	return out, s.db.Read(ctx).Where("state = 'invoiced' AND due_at <= ? AND overdue_told IS NULL", now).Order("due_at").Limit(100).Find(&out).Error
}

func (s store) ordersOf(ctx context.Context, member uuid.UUID) (out []*Order, err error) {
	return out, s.db.Read(ctx).Where("member_id = ?", member).Order("number DESC").Find(&out).Error
}

// purgeOrders deletes the orders of owners who are gone, and quotes that came to
// nothing, from before a day.
func (s store) purgeOrders(ctx context.Context, owners []Owner, before time.Time) error {
	for _, o := range owners {
		if err := s.db.Write(ctx).Where("member_id = ? AND updated_at < ?", o.ID, before).Delete(&Order{}).Error; err != nil {
			return err
		}
	}
	return s.db.Write(ctx).Where("accepted_at IS NULL AND expires_at < ? AND updated_at < ?", before, before).Delete(&Order{}).Error
}

// nameBill notes Stripe's id of an order's bill. The first one stays.
func (s store) nameBill(ctx context.Context, id uuid.UUID, invoice string) error {
	return s.db.Write(ctx).Model(&Order{}).Where("id = ? AND invoice_id = ''", id).UpdateColumn("invoice_id", invoice).Error
}

func (s store) noteBillSent(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&Order{}).Where("id = ?", id).UpdateColumn("invoice_sent", now).Error
}

func (s store) noteOrderProblem(ctx context.Context, id uuid.UUID, code string) error {
	return s.db.Write(ctx).Model(&Order{}).Where("id = ? AND problem <> ?", id, code).UpdateColumn("problem", code).Error
}
