package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/stripeapi"
)

// invoice reads a bill by Stripe's id, or nil.
func (s store) invoice(ctx context.Context, stripeID string) (*Invoice, error) {
	return one[Invoice](s.db.Read(ctx).Where("stripe_id = ?", stripeID))
}

func (s store) invoicesOfCustomer(ctx context.Context, customer string) (out []*Invoice, err error) {
	return out, s.db.Read(ctx).Where("stripe_customer_id = ?", customer).Find(&out).Error
}

// saveInvoice writes a row that apply has changed, unless somebody wrote it
// meanwhile: then the error is errOvertaken.
func (s store) saveInvoice(ctx context.Context, in *Invoice) error {
	if in.SyncNumber == 1 {
		in.ID = db.NewID()
		res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(in)
		if res.Error == nil && res.RowsAffected == 0 {
			return errOvertaken
		}
		return res.Error
	}
	res := s.db.Write(ctx).Model(&Invoice{}).Where("id = ? AND sync_number = ?", in.ID, in.SyncNumber-1).
		Select("*").Omit("id", "owner_kind", "owner_id", "stripe_id", "created_at").Updates(in)
	if res.Error == nil && res.RowsAffected == 0 {
		return errOvertaken
	}
	return res.Error
}

// invoicesOf lists an owner's bills, newest first, from after a place in the
// list on.
func (s store) invoicesOf(ctx context.Context, o Owner, after *Invoice, limit int) (out []Invoice, err error) {
	q := s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID)
	if after != nil {
		q = q.Where("billed_at < ? OR billed_at = ? AND id < ?", after.BilledAt, after.BilledAt, after.ID)
	}
	return out, q.Order("billed_at DESC, id DESC").Limit(limit).Find(&out).Error
}

// ownInvoice reads one bill of an owner by our id, or nil.
func (s store) ownInvoice(ctx context.Context, o Owner, id uuid.UUID) (*Invoice, error) {
	return one[Invoice](s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ? AND id = ?", o.Kind, o.ID, id))
}

// putRefund writes a refund, new or changed. fresh tells that it was not known,
// changed that anything was written.
func (s store) putRefund(ctx context.Context, r *Refund) (fresh, changed bool, err error) {
	known, err := one[Refund](s.db.Read(ctx).Where("stripe_id = ?", r.StripeID))
	if err != nil {
		return false, false, err
	}
	if known == nil {
		r.ID = db.NewID()
		res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(r)
		return res.RowsAffected == 1, res.RowsAffected == 1, res.Error
	}
	r.ID = known.ID
	if known.Status == r.Status && known.Amount == r.Amount {
		return false, false, nil
	}
	changes := map[string]any{"status": r.Status, "amount": r.Amount}
	return false, true, s.db.Write(ctx).Model(&Refund{}).Where("id = ?", known.ID).Updates(changes).Error
}

// putDispute writes a dispute, new or changed, and answers the journal's verb
// for it, or "". One that is over stays over, whatever comes late.
func (s store) putDispute(ctx context.Context, d *Dispute) (verb string, err error) {
	known, err := one[Dispute](s.db.Read(ctx).Where("stripe_id = ?", d.StripeID))
	if err != nil {
		return "", err
	}
	if known == nil {
		d.ID = db.NewID()
		res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(d)
		switch {
		case res.Error != nil || res.RowsAffected == 0:
			return "", res.Error
		case statusOver(d.Status):
			return verbDisputeClosed, nil
		}
		return verbDisputed, nil
	}
	d.ID = known.ID
	if known.Status == d.Status && sameMoment(known.AnswerBy, d.AnswerBy) || statusOver(known.Status) {
		return "", nil
	}
	changes := map[string]any{"status": d.Status, "answer_by": d.AnswerBy, "amount": d.Amount}
	err = s.db.Write(ctx).Model(&Dispute{}).Where("id = ?", known.ID).Updates(changes).Error
	if err != nil || !statusOver(d.Status) {
		return "", err
	}
	return verbDisputeClosed, nil
}

// lostDispute tells whether a dispute of a bill's payment was lost.
func (s store) lostDispute(ctx context.Context, invoice string) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&Dispute{}).Where("invoice_id = ? AND status = ?", invoice, stripeapi.DisputeLost).Count(&n).Error
	return n > 0, err
}

func (s store) refundsOf(ctx context.Context, o Owner) (out []Refund, err error) {
	return out, s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("made_at DESC, id DESC").Find(&out).Error
}

func (s store) disputesOf(ctx context.Context, o Owner) (out []Dispute, err error) {
	return out, s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("made_at DESC, id DESC").Find(&out).Error
}

// ownersBilledBefore lists who has bills or orders from before a moment. A bill
// that was paid late is older than its order.
func (s store) ownersBilledBefore(ctx context.Context, before time.Time) (out []Owner, err error) {
	const query = `SELECT owner_kind AS kind, owner_id AS id FROM invoices WHERE billed_at < ?
		UNION SELECT 'member', member_id FROM orders WHERE member_id IS NOT NULL AND updated_at < ?`
	return out, s.db.Read(ctx).Raw(query, before, before).Scan(&out).Error
}

// purgeInvoices deletes the bills, refunds and disputes of owners who are gone
// whose time is over.
func (s store) purgeInvoices(ctx context.Context, owners []Owner, before time.Time) (n int64, err error) {
	for _, o := range owners {
		for _, q := range []struct {
			model any
			when  string
		}{{&Refund{}, "made_at"}, {&Dispute{}, "made_at"}, {&Invoice{}, "billed_at"}} {
			res := s.db.Write(ctx).Where("owner_kind = ? AND owner_id = ? AND "+q.when+" < ?", o.Kind, o.ID, before).Delete(q.model)
			if res.Error != nil {
				return n, res.Error
			}
			n += res.RowsAffected
		}
	}
	return n, nil
}

func (s store) invoicesByStripeID(ctx context.Context, ids []string) (map[string]*Invoice, error) {
	var rows []*Invoice
	if err := s.db.Read(ctx).Where("stripe_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[string]*Invoice, len(rows))
	for _, r := range rows {
		out[r.StripeID] = r
	}
	return out, nil
}
