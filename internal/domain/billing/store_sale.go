package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

const liveSales = "state IN ('open', 'processing', 'paid')"

// insertSale writes a sale unless the owner has a live one of the same thing.
func (s store) insertSale(ctx context.Context, x *sale) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(x).Error
}

// liveSale finds the owner's live sale of the same thing, or nil.
func (s store) liveSale(ctx context.Context, x *sale) (*sale, error) {
	return one[sale](s.db.Read(ctx).Where("kind = ? AND owner_kind = ? AND owner_id = ? AND subject_id = ? AND "+liveSales,
		x.Kind, x.Owner.Kind, x.Owner.ID, x.SubjectID))
}

func (s store) saleBySession(ctx context.Context, session string) (*sale, error) {
	return one[sale](s.db.Read(ctx).Where("session_id = ? AND session_id <> ''", session))
}

func (s store) saleByInvoice(ctx context.Context, invoice string) (*sale, error) {
	return one[sale](s.db.Read(ctx).Where("invoice_id = ? AND invoice_id <> ''", invoice))
}

// lockPurchase keeps the sale or the visit that a bill names from being paid
// until the transaction ends.
func (s store) lockPurchase(ctx context.Context, meta map[string]string) (err error) {
	if id, bad := uuid.Parse(meta[metaSale]); bad == nil {
		_, err = one[sale](s.locked(ctx).Where("id = ?", id))
	} else if id, bad := uuid.Parse(meta[metaCheckout]); bad == nil {
		_, err = one[checkout](s.locked(ctx).Where("id = ?", id))
	}
	return err
}

// nameSale notes Stripe's id of an open sale; false when it was closed meanwhile.
func (s store) nameSale(ctx context.Context, id uuid.UUID, session string) (bool, error) {
	res := s.db.Write(ctx).Model(&sale{}).Where("id = ? AND state = 'open'", id).Update("session_id", session)
	return res.RowsAffected == 1, res.Error
}

// closeSale closes a sale that was never paid, as it was seen: when the page
// got its name meanwhile it stays, because somebody must shut the page first.
func (s store) closeSale(ctx context.Context, seen *sale, now time.Time) error {
	changes := map[string]any{"state": saleClosed, "closed_at": now}
	if seen.InvoiceID != "" {
		changes["invoice_id"] = seen.InvoiceID
	}
	return s.db.Write(ctx).Model(&sale{}).Where("id = ? AND state IN ('open', 'processing') AND session_id = ?", seen.ID, seen.SessionID).
		Updates(changes).Error
}

func (s store) processSale(ctx context.Context, id uuid.UUID, invoice string) error {
	return s.db.Write(ctx).Model(&sale{}).Where("id = ? AND state = 'open'", id).Updates(map[string]any{"state": saleProcessing, "invoice_id": invoice}).Error
}

// paySale notes a payment; false when it was noted before.
func (s store) paySale(ctx context.Context, id uuid.UUID, invoice string, now time.Time) (bool, error) {
	res := s.db.Write(ctx).Model(&sale{}).Where("id = ? AND state IN ('open', 'processing')", id).
		Updates(map[string]any{"state": salePaid, "invoice_id": invoice, "paid_at": now})
	return res.RowsAffected == 1, res.Error
}

// refundSale notes that a sale was paid back; false when it was noted before.
func (s store) refundSale(ctx context.Context, x *sale, now time.Time, revoke bool) (bool, error) {
	changes := map[string]any{"refunded_at": now}
	if revoke {
		changes["state"], changes["revoked_at"] = saleRevoked, now
	}
	res := s.db.Write(ctx).Model(&sale{}).Where("id = ? AND state = 'paid' AND refunded_at IS NULL", x.ID).Updates(changes)
	return res.RowsAffected == 1, res.Error
}

// unsettledSales finds sales to look for: those whose payment is on its way, and
// open ones that began before a moment. What is older than since is left alone.
func (s store) unsettledSales(ctx context.Context, begun, since time.Time) (out []*sale, err error) {
	const late = "state IN ('open', 'processing') AND created_at > ? AND (state = 'processing' OR created_at < ?)"
	return out, s.db.Read(ctx).Where(late, since, begun).Order("id").Limit(500).Find(&out).Error
}

// pendingSales lists an owner's sales whose payment is on its way, and those
// whose payment failed since a moment, unless another try came after it.
func (s store) pendingSales(ctx context.Context, o Owner, since time.Time) (out []*sale, err error) {
	const waiting = `owner_kind = ? AND owner_id = ? AND (state = 'processing' OR state = 'closed' AND invoice_id <> '' AND closed_at > ?
		AND NOT EXISTS (SELECT 1 FROM sales x WHERE x.kind = sales.kind AND x.owner_kind = sales.owner_kind AND x.owner_id = sales.owner_id
			AND x.subject_id = sales.subject_id AND x.created_at > sales.created_at AND x.state IN ('processing', 'paid')))`
	return out, s.db.Read(ctx).Where(waiting, o.Kind, o.ID, since).Order("id DESC").Find(&out).Error
}

// notesOf lists the ids of the notes that an owner has bought.
func (s store) notesOf(ctx context.Context, o Owner) (ids []uuid.UUID, err error) {
	return ids, s.db.Read(ctx).Model(&sale{}).Where("kind = 'note' AND owner_kind = ? AND owner_id = ? AND state = 'paid'", o.Kind, o.ID).
		Order("paid_at DESC").Pluck("subject_id", &ids).Error
}

// noteSalesUntil lists the notes that an owner had paid for by a moment, those
// taken back since too.
func (s store) noteSalesUntil(ctx context.Context, o Owner, at time.Time) (out []*sale, err error) {
	return out, s.db.Read(ctx).Where("kind = 'note' AND owner_kind = ? AND owner_id = ? AND paid_at <= ?", o.Kind, o.ID, at).
		Order("paid_at DESC").Find(&out).Error
}

// paidNotes lists the sales of notes that an owner paid, the newest first, and
// their bills by Stripe's id.
func (s store) paidNotes(ctx context.Context, o Owner) (sales []*sale, bills map[string]*Invoice, err error) {
	err = s.db.Read(ctx).Where("kind = 'note' AND owner_kind = ? AND owner_id = ? AND paid_at IS NOT NULL", o.Kind, o.ID).
		Order("paid_at DESC, id DESC").Find(&sales).Error
	if err != nil || len(sales) == 0 {
		return nil, nil, err
	}
	ids := make([]string, 0, len(sales))
	for _, x := range sales {
		if x.InvoiceID != "" {
			ids = append(ids, x.InvoiceID)
		}
	}
	var rows []*Invoice
	err = s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ? AND stripe_id IN ?", o.Kind, o.ID, ids).Find(&rows).Error
	bills = make(map[string]*Invoice, len(rows))
	for _, b := range rows {
		bills[b.StripeID] = b
	}
	return sales, bills, err
}

func (s store) notePrice(ctx context.Context, note uuid.UUID) (*NotePrice, error) {
	return one[NotePrice](s.db.Read(ctx).Where("note_id = ?", note))
}

func (s store) putNotePrice(ctx context.Context, p *NotePrice) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(p).Error
}

func (s store) dropNotePrice(ctx context.Context, note uuid.UUID) error {
	return s.db.Write(ctx).Where("note_id = ?", note).Delete(&NotePrice{}).Error
}
